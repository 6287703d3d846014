// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {OnchainModelStore as Store} from "./OnchainModelStore.sol";

/// @title Which cells of a frame have a value.
library OnchainModelCells {
    /// @notice A cell is not in the frame.
    error CellOutOfRange(uint256 first, uint256 count);
    /// @notice A cell is read, or left out of what is written, before it has a value.
    error CellUndefined(uint256 first, uint256 count);
    /// @notice The extent of an axis is 0, or an axis is larger than any frame.
    error ExtentInvalid(uint256 extent);

    /// @notice Cells that a frame has at most. Memory of that size costs 8.6 million gas.
    uint256 internal constant MOST = 65_536;

    /// @notice A set of cells: a bit for each.
    struct Set {
        uint256 cells;
        uint256[] bits;
    }

    /// @notice Cells from … end − 1.
    struct Span {
        uint256 from;
        uint256 end;
    }

    function make(uint256 cells) internal pure returns (Set memory s) {
        if (cells > MOST) revert CellOutOfRange(0, cells);
        s.cells = cells;
        s.bits = new uint256[]((cells + 255) / 256);
    }

    function clear(Set memory s) internal pure {
        uint256[] memory bits = s.bits;
        assembly ("memory-safe") {
            calldatacopy(add(bits, 0x20), calldatasize(), shl(5, mload(bits)))
        }
    }

    /// @notice Gives cells a value.
    function give(Set memory s, uint256 first, uint256 count) internal pure {
        unchecked {
            _inside(s, first, count);
            while (count > 0) {
                (uint256 word, uint256 mask, uint256 n) = _part(first, count);
                s.bits[word] |= mask;
                first += n;
                count -= n;
            }
        }
    }

    /// @notice Reverts unless all of the cells have a value.
    function need(Set memory s, uint256 first, uint256 count) internal pure {
        unchecked {
            _inside(s, first, count);
            while (count > 0) {
                (uint256 word, uint256 mask, uint256 n) = _part(first, count);
                if (s.bits[word] & mask != mask) revert CellUndefined(first, n);
                first += n;
                count -= n;
            }
        }
    }

    function needSpan(Set memory s, Span memory span) internal pure {
        unchecked {
            need(s, span.from, span.end - span.from);
        }
    }

    /// @notice Reverts unless each of `count` cells, numbers of three bytes in the data, has a value.
    function needPicked(Set memory s, address[] memory pieces, uint256 data, uint256 count)
        internal
        view
    {
        unchecked {
            uint256 pos;
            assembly ("memory-safe") {
                pos := mload(0x40)
                mstore(0x40, add(pos, and(add(mul(3, count), 0x3f), not(0x1f))))
            }
            Store.copy(pieces, data, 3 * count, pos);
            for (; count > 0; --count) {
                uint256 cell;
                assembly ("memory-safe") {
                    cell := shr(232, mload(pos))
                }
                pos += 3;
                if (cell >= s.cells) revert CellOutOfRange(cell, 1);
                if ((s.bits[cell / 256] >> (cell % 256)) & 1 == 0) revert CellUndefined(cell, 1);
            }
        }
    }

    /// @notice Returns the cells that axes reach from cell `first`: the stride number `which` of `strides`.
    function reach(uint256 first, uint256[] memory axes, uint256 strides, uint256 which)
        internal
        pure
        returns (Span memory)
    {
        unchecked {
            return further(Span(first, first + 1), axes, strides, which);
        }
    }

    /// @notice Returns the cells that axes reach from all cells of a span.
    function further(Span memory span, uint256[] memory axes, uint256 strides, uint256 which)
        internal
        pure
        returns (Span memory)
    {
        unchecked {
            uint256 from = span.from;
            uint256 end = span.end;
            for (uint256 i = 0; i < axes.length; i += strides + 1) {
                uint256 extent = axes[i];
                if (extent == 0 || extent > MOST) revert ExtentInvalid(extent);
                // At most 2¹⁶⋅2³¹ in magnitude for each of at most 255 axes.
                int256 distance = int256(extent - 1) * int256(axes[i + which]);
                if (distance < 0) from += uint256(distance);
                else end += uint256(distance);
            }
            if (int256(from) < 0) revert CellOutOfRange(from, 1);
            return Span(from, end);
        }
    }

    /// @notice Returns the number of indices of axes.
    function size(uint256[] memory axes, uint256 strides) internal pure returns (uint256 n) {
        unchecked {
            n = 1;
            for (uint256 i = 0; i < axes.length; i += strides + 1) {
                n *= axes[i];
                if (n > MOST) revert ExtentInvalid(axes[i]);
            }
        }
    }

    function _inside(Set memory s, uint256 first, uint256 count) private pure {
        unchecked {
            if (first + count > s.cells) revert CellOutOfRange(first, count);
        }
    }

    /// @dev Returns the word that holds the bit of cell `first`, and the bits of the first n ≤ count cells
    /// that it holds.
    function _part(uint256 first, uint256 count) private pure returns (uint256 word, uint256 mask, uint256 n) {
        unchecked {
            word = first / 256;
            uint256 bit = first % 256;
            n = 256 - bit;
            if (n > count) n = count;
            mask = (type(uint256).max >> (256 - n)) << bit;
        }
    }
}

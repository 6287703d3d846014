// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {OnchainModelLayers as L} from "./OnchainModelLayers.sol";
import {OnchainModelStore as Store} from "./OnchainModelStore.sol";

/// @title Loops over cells, and tables.
/// @notice A run is (count, strides of destination, a and b in bytes); `terms` is a list of pairs of
/// offsets, in bytes, of the operands from the cells where an element of the result starts.
library OnchainModelLoops {
    /// @notice A value has no entry in its table.
    error LookupOutOfRange(int256 value);
    /// @notice A cell would exceed ±2⁶⁰.
    error ValueOutOfRange();

    uint256 private constant LIMIT = 1 << 60;
    uint256 private constant TWICE_LIMIT = 1 << 61;

    /// @notice Returns a list of `count` tuples of offsets in bytes, one for every index of the axes in
    /// list[: length], row-major. Each axis is an extent and `strides` strides in cells.
    function table(uint256[] memory list, uint256 length, uint256 strides)
        internal
        pure
        returns (uint256 pos, uint256 count)
    {
        assembly ("memory-safe") {
            let size := shl(5, strides)
            pos := mload(0x40)
            calldatacopy(pos, calldatasize(), size) // the first tuple: zeros
            let end := add(pos, size)
            let axes := add(list, 0x20)
            // Axes from the innermost outward: what there is so far is repeated at each further index.
            for { let axis := add(axes, shl(5, length)) } gt(axis, axes) {} {
                axis := sub(axis, add(size, 0x20))
                let total := sub(end, pos)
                for { let i := 1 } lt(i, mload(axis)) { i := add(i, 1) } {
                    for { let from := pos } lt(from, add(pos, total)) {} {
                        for { let s := 0x20 } iszero(gt(s, size)) { s := add(s, 0x20) } {
                            mstore(end, add(mload(from), shl(5, mul(i, mload(add(axis, s))))))
                            from := add(from, 0x20)
                            end := add(end, 0x20)
                        }
                    }
                }
            }
            count := div(sub(end, pos), size)
            mstore(0x40, end)
        }
    }

    /// @notice out[i] = ∑ₜ a[i + t]⋅b[i + t]
    function products(uint256[4] memory run, uint256 to, uint256 a, uint256 b, uint256 terms, uint256 n)
        internal
        pure
        returns (bool bad)
    {
        assembly ("memory-safe") {
            let end := add(terms, shl(6, n))
            for { let i := mload(run) } i { i := sub(i, 1) } {
                let y := 0
                for { let t := terms } lt(t, end) { t := add(t, 0x40) } {
                    y := add(y, mul(mload(add(a, mload(t))), mload(add(b, mload(add(t, 0x20))))))
                }
                bad := or(bad, gt(add(y, LIMIT), TWICE_LIMIT))
                mstore(to, y)
                to := add(to, mload(add(run, 0x20)))
                a := add(a, mload(add(run, 0x40)))
                b := add(b, mload(add(run, 0x60)))
            }
        }
    }

    /// @notice out[i] = ∑ₜ a[i + t]
    function sums(uint256[4] memory run, uint256 to, uint256 a, uint256 terms, uint256 n)
        internal
        pure
        returns (bool bad)
    {
        assembly ("memory-safe") {
            let end := add(terms, shl(6, n))
            let odd := and(n, 1)
            for { let i := mload(run) } i { i := sub(i, 1) } {
                let y := 0
                let t := terms
                if odd {
                    y := mload(add(a, mload(t)))
                    t := add(t, 0x40)
                }
                for {} lt(t, end) { t := add(t, 0x80) } {
                    y := add(y, add(mload(add(a, mload(t))), mload(add(a, mload(add(t, 0x40))))))
                }
                bad := or(bad, gt(add(y, LIMIT), TWICE_LIMIT))
                mstore(to, y)
                to := add(to, mload(add(run, 0x20)))
                a := add(a, mload(add(run, 0x40)))
            }
        }
    }

    /// @notice out[i] = maxₜ a[i + t]
    function maxima(uint256[4] memory run, uint256 to, uint256 a, uint256 terms, uint256 n) internal pure {
        assembly ("memory-safe") {
            let end := add(terms, shl(6, n))
            for { let i := mload(run) } i { i := sub(i, 1) } {
                let y := mload(add(a, mload(terms)))
                for { let t := add(terms, 0x40) } lt(t, end) { t := add(t, 0x40) } {
                    let x := mload(add(a, mload(t)))
                    if sgt(x, y) { y := x }
                }
                mstore(to, y)
                to := add(to, mload(add(run, 0x20)))
                a := add(a, mload(add(run, 0x40)))
            }
        }
    }

    /// @notice out[i] = a[i]
    function copy(uint256[4] memory run, uint256 to, uint256 a) internal pure {
        assembly ("memory-safe") {
            let ds := mload(add(run, 0x20))
            let as := mload(add(run, 0x40))
            switch and(eq(ds, 0x20), eq(as, 0x20))
            case 1 { mcopy(to, a, shl(5, mload(run))) }
            default {
                for { let i := mload(run) } i { i := sub(i, 1) } {
                    mstore(to, mload(a))
                    to := add(to, ds)
                    a := add(a, as)
                }
            }
        }
    }

    /// @notice A map with its table in memory.
    struct Mapper {
        uint256 multiplier;
        uint256 half;
        uint256 shift;
        uint256 entries;
        uint256 least;
        uint256 table; // pointer
        uint256 width; // of an entry, bytes
        uint256 unused; // bits of a word beside an entry
        uint256 base;
    }

    function mapper(address[] memory pieces, L.Map memory t) internal view returns (Mapper memory m) {
        unchecked {
            m.multiplier = uint256(t.multiplier);
            m.shift = t.shift;
            m.half = (1 << t.shift) >> 1;
            m.entries = t.entries;
            m.least = uint256(t.least);
            m.width = t.width;
            m.unused = 256 - (t.width << 3);
            m.base = uint256(t.base);
            uint256 size = t.width * t.entries;
            uint256 pos;
            assembly ("memory-safe") {
                pos := mload(0x40)
                // An entry is read as the upper bytes of a word.
                mstore(0x40, and(add(add(pos, size), 0x3f), not(0x1f)))
            }
            m.table = pos;
            Store.copy(pieces, t.data, size, pos);
        }
    }

    function mapped(Mapper memory m, int256 x) internal pure returns (int256 y) {
        unchecked {
            y = (int256(m.multiplier) * x + int256(m.half)) >> m.shift;
            if (m.entries == 0) {
                if (uint256(y) + LIMIT > TWICE_LIMIT) revert ValueOutOfRange();
                return y;
            }
            uint256 index = uint256(y) - m.least;
            if (index >= m.entries) revert LookupOutOfRange(y);
            uint256 entry;
            assembly ("memory-safe") {
                entry := mload(add(mload(add(m, 0xa0)), mul(index, mload(add(m, 0xc0)))))
            }
            y = int256((entry >> m.unused) + m.base);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {OnchainModelKernels as Kernels} from "./OnchainModelKernels.sol";
import {OnchainModelLayers as L} from "./OnchainModelLayers.sol";
import {OnchainModelLoops as Loops} from "./OnchainModelLoops.sol";
import {OnchainModelStore as Store} from "./OnchainModelStore.sol";

/// @title Constant weights times cells: dense layers and convolutions.
library OnchainModelDense {
    /// @notice A cell of the source leaves the range for which the lanes were proved wide enough.
    error SourceOutOfRange(uint256 cell);

    /// @notice Words of weights that are in memory at a time where each is used once.
    uint256 private constant TILE = 1024;

    /// @dev What the loops share; the pointers are to memory.
    struct Plan {
        uint256 run; // cells of a contiguous stretch of terms
        uint256 runs; // their offsets
        uint256 runCount;
        uint256 terms; // number of terms
        uint256 gathered; // the cells of the terms of one place, one after the other
        uint256 places; // offsets of source and destination
        uint256 placeCount;
        uint256 inner; // places along the last axis
        uint256 innerFrom; // its strides
        uint256 innerTo;
        uint256 words; // weights
        uint256 sums; // four sums, four biases
        Loops.Mapper map;
    }

    function run(uint256 frame, address[] memory pieces, L.Dense memory d) internal view {
        unchecked {
            _checkSource(frame, d);
            Plan memory p = _plan(pieces, d);
            uint256 perWord = 256 / d.lane;
            uint256 weights = d.weights;
            uint256 from = frame + (d.from << 5);
            uint256 to = frame + (d.to << 5);
            uint256 rows = d.rows;
            while (rows > 0) {
                uint256 set = setSize((rows + perWord - 1) / perWord);
                uint256 count = set * perWord;
                if (count > rows) count = rows;
                Store.copy(pieces, weights, set << 5, p.sums + 0x80);
                weights += set << 5;
                bool once = p.placeCount * p.inner == 1;
                if (!once) Store.copy(pieces, weights, (set * p.terms) << 5, p.words);
                _places(pieces, d, p, set, count, once ? weights : 0, from, to);
                weights += (set * p.terms) << 5;
                to += count * (d.rowStride << 5);
                rows -= count;
            }
        }
    }

    /// @notice How many words of rows come next if `words` are left.
    function setSize(uint256 words) internal pure returns (uint256) {
        return words >= 4 ? 4 : words >= 2 ? 2 : 1;
    }

    function _checkSource(uint256 frame, L.Dense memory d) private pure {
        unchecked {
            uint256 pos = frame + (d.source << 5);
            uint256 end = pos + (d.sourceCells << 5);
            uint256 least = uint256(d.least);
            uint256 span = uint256(d.greatest) - least;
            uint256 bad;
            assembly ("memory-safe") {
                for { let start := pos } lt(pos, end) { pos := add(pos, 0x20) } {
                    if gt(sub(mload(pos), least), span) {
                        bad := add(shr(5, sub(pos, start)), 1)
                        break
                    }
                }
            }
            if (bad != 0) revert SourceOutOfRange(d.source + bad - 1);
        }
    }

    function _plan(address[] memory pieces, L.Dense memory d) private view returns (Plan memory p) {
        unchecked {
            uint256 n = d.terms.length;
            p.run = 1;
            if (n > 0 && d.terms[n - 1] == 1) {
                n -= 2;
                p.run = d.terms[n];
            }
            (p.runs, p.runCount) = Loops.table(d.terms, n, 1);
            p.terms = p.run * p.runCount;
            n = d.places.length;
            p.inner = 1;
            if (n > 0) {
                n -= 3;
                p.inner = d.places[n];
                p.innerFrom = d.places[n + 1] << 5;
                p.innerTo = d.places[n + 2] << 5;
            }
            (p.places, p.placeCount) = Loops.table(d.places, n, 2);
            p.map = Loops.mapper(pieces, d.map);
            // The rest of free memory is ours until the op ends.
            uint256 free;
            assembly ("memory-safe") {
                free := mload(0x40)
            }
            p.sums = free;
            p.gathered = free + 0x100;
            p.words = p.gathered + (p.terms << 5);
        }
    }

    /// @dev Computes `count` rows of one set at every place. If `weights` is not 0, it is where the words
    /// are in the data, and there is one place; otherwise they are in memory.
    function _places(
        address[] memory pieces,
        L.Dense memory d,
        Plan memory p,
        uint256 set,
        uint256 count,
        uint256 weights,
        uint256 from,
        uint256 to
    ) private view {
        unchecked {
            uint256 end = p.places + (p.placeCount << 6);
            for (uint256 place = p.places; place < end; place += 0x40) {
                uint256 fromAt;
                uint256 toAt;
                assembly ("memory-safe") {
                    fromAt := add(from, mload(place))
                    toAt := add(to, mload(add(place, 0x20)))
                }
                for (uint256 i = p.inner; i > 0; --i) {
                    _gather(p, fromAt);
                    uint256 sums = p.sums;
                    assembly ("memory-safe") {
                        mcopy(sums, add(sums, 0x80), 0x80)
                    }
                    if (weights == 0) _multiply(set, p.sums, p.gathered, p.words, p.terms);
                    else _stream(pieces, p, set, weights);
                    _emit(d, p, toAt, count);
                    fromAt += p.innerFrom;
                    toAt += p.innerTo;
                }
            }
        }
    }

    /// @dev Copies the cells of the terms of one place.
    function _gather(Plan memory p, uint256 from) private pure {
        unchecked {
            uint256 to = p.gathered;
            uint256 pos = p.runs;
            uint256 end = pos + (p.runCount << 5);
            uint256 size = p.run << 5;
            assembly ("memory-safe") {
                for {} lt(pos, end) { pos := add(pos, 0x20) } {
                    mcopy(to, add(from, mload(pos)), size)
                    to := add(to, size)
                }
            }
        }
    }

    /// @dev Multiplies words that are copied to memory tile by tile.
    function _stream(address[] memory pieces, Plan memory p, uint256 set, uint256 weights) private view {
        unchecked {
            uint256 tile = TILE / set;
            for (uint256 term = 0; term < p.terms; term += tile) {
                uint256 n = p.terms - term;
                if (n > tile) n = tile;
                Store.copy(pieces, weights + ((set * term) << 5), (set * n) << 5, p.words);
                _multiply(set, p.sums, p.gathered + (term << 5), p.words, n);
            }
        }
    }

    function _multiply(uint256 set, uint256 sums, uint256 x, uint256 w, uint256 n) private pure {
        if (set == 4) Kernels.four(sums, x, w, n);
        else if (set == 2) Kernels.two(sums, x, w, n);
        else Kernels.one(sums, x, w, n);
    }

    /// @dev Takes `count` rows out of the lanes of the sums, maps them and writes them.
    function _emit(L.Dense memory d, Plan memory p, uint256 to, uint256 count) private pure {
        unchecked {
            uint256 lane = d.lane;
            uint256 perWord = 256 / lane;
            uint256 stride = d.rowStride << 5;
            uint256 sums = p.sums;
            Loops.Mapper memory m = p.map;
            bool plain = m.multiplier == 1 && m.width == 1 && m.base == 0 && m.entries != 0;
            while (count > 0) {
                uint256 n = count < perWord ? count : perWord;
                uint256 sum;
                assembly ("memory-safe") {
                    sum := mload(sums)
                }
                if (plain) _bytes(m, sum, lane, to, stride, n);
                else _any(m, sum, lane, to, stride, n);
                to += n * stride;
                count -= n;
                sums += 0x20;
            }
        }
    }

    /// @dev Lanes through a shift and a table of bytes: the map of most layers.
    function _bytes(Loops.Mapper memory m, uint256 sum, uint256 lane, uint256 to, uint256 stride, uint256 n)
        private
        pure
    {
        unchecked {
            // With the constants of the lane, of rounding and of the table taken together,
            // ⌊(y + half)/2^shift⌋ − least is one shift.
            uint256 shift = m.shift;
            uint256 mask = type(uint256).max >> (256 - lane);
            uint256 constants = m.half - (1 << (lane - 1)) - (m.least << shift);
            uint256 entries = m.entries;
            uint256 list = m.table;
            assembly ("memory-safe") {
                for {} n { n := sub(n, 1) } {
                    let i := sar(shift, add(and(sum, mask), constants))
                    if iszero(lt(i, entries)) { break }
                    mstore(to, byte(0, mload(add(list, i))))
                    sum := shr(lane, sum)
                    to := add(to, stride)
                }
            }
            if (n != 0) revert Loops.LookupOutOfRange((int256((sum & mask) + constants) >> shift) + int256(m.least));
        }
    }

    function _any(Loops.Mapper memory m, uint256 sum, uint256 lane, uint256 to, uint256 stride, uint256 n)
        private
        pure
    {
        unchecked {
            uint256 half = 1 << (lane - 1);
            uint256 mask = (half << 1) - 1;
            for (; n > 0; --n) {
                int256 y = Loops.mapped(m, int256((sum & mask) - half));
                assembly ("memory-safe") {
                    mstore(to, y)
                }
                sum >>= lane;
                to += stride;
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {OnchainModelKernels as Kernels} from "./OnchainModelKernels.sol";
import {OnchainModelLayers as L} from "./OnchainModelLayers.sol";
import {OnchainModelLoops as Loops} from "./OnchainModelLoops.sol";
import {OnchainModelStore as Store} from "./OnchainModelStore.sol";

/// @title Constant weights times cells: dense layers and convolutions.
library OnchainModelDense {
    /// @notice A cell of the source leaves the range for which the lanes were proved wide enough.
    error SourceOutOfRange(uint256 source);

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
        uint256 origin; // first cell of the first place
        uint256 perPlace; // bits of a sum that belong to one place
        uint256 sums; // four sums, four biases
        Emitter emitter;
    }

    function run(uint256 frame, address[] memory pieces, L.Dense memory d) internal view {
        unchecked {
            _checkSource(frame, d);
            Plan memory p = _plan(frame, pieces, d);
            uint256 perWord = 256 / d.lane;
            uint256 weights = d.weights;
            uint256 to = frame + (d.to << 5);
            uint256 rows = d.rows;
            while (rows > 0) {
                uint256 set = setSize((rows + perWord - 1) / perWord);
                uint256 count = set * perWord;
                if (count > rows) count = rows;
                Store.copy(pieces, weights, set << 5, p.sums + 0x80);
                if (d.together > 1) _repeatBiases(p, d.together);
                weights += set << 5;
                bool once = p.placeCount * p.inner == 1;
                if (!once) Store.copy(pieces, weights, (set * p.terms) << 5, p.words);
                _places(pieces, d, p, set, count, once ? weights : 0, to);
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
            uint256 source = frame + (d.source << 5);
            uint256 end = source + (d.sourceCells << 5);
            uint256 least = uint256(d.least);
            uint256 span = uint256(d.greatest) - least;
            bool bad;
            assembly ("memory-safe") {
                for { let most := sub(end, 0x60) } lt(source, most) { source := add(source, 0x80) } {
                    bad := or(or(or(or(bad,
                        gt(sub(mload(source), least), span)),
                        gt(sub(mload(add(source, 0x20)), least), span)),
                        gt(sub(mload(add(source, 0x40)), least), span)),
                        gt(sub(mload(add(source, 0x60)), least), span))
                }
                for {} lt(source, end) { source := add(source, 0x20) } {
                    bad := or(bad, gt(sub(mload(source), least), span))
                }
            }
            if (bad) revert SourceOutOfRange(d.source);
        }
    }

    function _plan(uint256 frame, address[] memory pieces, L.Dense memory d) private view returns (Plan memory p) {
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
            p.emitter = _emitter(d, Loops.mapper(pieces, d.map));
            // The rest of free memory is ours until the op ends: nothing is allocated from here on.
            uint256 free;
            assembly ("memory-safe") {
                free := mload(0x40)
            }
            p.sums = free;
            p.gathered = free + 0x100;
            p.words = p.gathered + (p.terms << 5);
            p.origin = frame + (d.from << 5);
            if (d.together > 1) {
                p.perPlace = d.lane * d.rows;
                uint256 packed = p.words + (p.terms << 5);
                _pack(frame + (d.source << 5), d.sourceCells << 5, p.innerFrom, p.perPlace, packed);
                p.origin = packed + ((d.from - d.source) << 5);
            }
        }
    }

    /// @dev Writes ∑ⱼ x[c + j⋅step]⋅2^(bits⋅j) for every cell c of the source, modulo 2²⁵⁶: times a word of
    /// weights it gives the products for as many places as are `together`. Cells beyond the source count
    /// as 0. They are of places further on than any that there is, whose lanes are above all others.
    function _pack(uint256 source, uint256 size, uint256 step, uint256 bits, uint256 to) private pure {
        assembly ("memory-safe") {
            let there := sub(to, source)
            let next := add(there, step)
            let cell := add(source, size)
            for { let alone := sub(cell, step) } gt(cell, alone) {} {
                cell := sub(cell, 0x20)
                mstore(add(cell, there), mload(cell))
            }
            for {} gt(cell, source) {} {
                cell := sub(cell, 0x20)
                mstore(add(cell, there), add(mload(cell), shl(bits, mload(add(cell, next)))))
            }
        }
    }

    /// @dev Repeats the biases of one place for `together` places.
    function _repeatBiases(Plan memory p, uint256 together) private pure {
        unchecked {
            uint256 biases = p.sums + 0x80;
            uint256 bits = p.perPlace;
            assembly ("memory-safe") {
                let one := and(mload(biases), sub(shl(bits, 1), 1))
                let all := 0
                for {} together { together := sub(together, 1) } { all := or(shl(bits, all), one) }
                mstore(biases, all)
            }
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
        uint256 to
    ) private view {
        unchecked {
            Emitter memory m = p.emitter;
            m.count = count;
            uint256 end = p.places + (p.placeCount << 6);
            for (uint256 place = p.places; place < end; place += 0x40) {
                uint256 fromAt = p.origin;
                uint256 toAt;
                assembly ("memory-safe") {
                    fromAt := add(fromAt, mload(place))
                    toAt := add(to, mload(add(place, 0x20)))
                }
                for (uint256 left = p.inner; left > 0;) {
                    _gather(p, fromAt);
                    if (weights != 0) _stream(pieces, p, set, weights);
                    else if (set == 4) Kernels.four(p.sums, p.gathered, p.words, p.terms);
                    else if (set == 2) Kernels.two(p.sums, p.gathered, p.words, p.terms);
                    else Kernels.one(p.sums, p.gathered, p.words, p.terms);
                    if (d.together == 1) {
                        _emit(m, p.sums, toAt);
                        fromAt += p.innerFrom;
                        toAt += p.innerTo;
                        --left;
                        continue;
                    }
                    uint256 n = left < d.together ? left : d.together;
                    fromAt += n * p.innerFrom;
                    left -= n;
                    uint256 sum = p.sums;
                    assembly ("memory-safe") {
                        sum := mload(sum)
                    }
                    for (; n > 0; --n) {
                        _lanes(m, sum, toAt, count);
                        sum >>= p.perPlace;
                        toAt += p.innerTo;
                    }
                }
            }
        }
    }

    /// @dev Copies the cells of the terms of one place, and the biases to the sums.
    function _gather(Plan memory p, uint256 from) private pure {
        unchecked {
            uint256 sums = p.sums;
            assembly ("memory-safe") {
                mcopy(sums, add(sums, 0x80), 0x80)
            }
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

    /// @dev How to take rows out of lanes. A plain map is a rounded shift and a table of bytes. All lanes
    /// of a word are then shifted at once, and compared with the ends of the table at once: lane v is that
    /// of entry v − K, so that v + 2^(L−1) − K has the top bit of the lane, and v + 2^(L−1) − K − entries
    /// has not.
    struct Emitter {
        Loops.Mapper map;
        bool plain;
        uint256 lane;
        uint256 perWord;
        uint256 stride; // of a row, bytes
        uint256 count; // rows
        uint256 ones; // a bit in every lane
        uint256 shifted; // the bits of every lane that the shift leaves
        uint256 fromLow; // 2^(L−1) − K in every lane
        uint256 fromHigh; // 2^(L−1) − K − entries in every lane
        uint256 list; // the table, from entry −K on
    }

    function _emitter(L.Dense memory d, Loops.Mapper memory m) private pure returns (Emitter memory e) {
        unchecked {
            uint256 lane = d.lane;
            e.map = m;
            e.lane = lane;
            e.perWord = 256 / lane;
            e.stride = d.rowStride << 5;
            uint256 half = 1 << (lane - 1);
            uint256 k = (half >> m.shift) + m.least;
            if (m.multiplier != 1 || m.width != 1 || m.base != 0) return e;
            if (m.shift == 0 || m.shift >= lane || k == 0 || k >= half || k + m.entries > half) return e;
            e.plain = true;
            for (uint256 bit = 0; bit + lane <= 256; bit += lane) {
                e.ones |= 1 << bit;
            }
            e.shifted = e.ones * ((1 << (lane - m.shift)) - 1);
            e.fromLow = e.ones * (half - k);
            e.fromHigh = e.ones * (half - k - m.entries);
            e.list = m.table - k;
        }
    }

    /// @dev Takes all rows out of the lanes of the sums, maps them and writes them.
    function _emit(Emitter memory e, uint256 sums, uint256 to) private pure {
        unchecked {
            for (uint256 count = e.count; count > 0;) {
                uint256 n = count < e.perWord ? count : e.perWord;
                uint256 sum;
                assembly ("memory-safe") {
                    sum := mload(sums)
                }
                _lanes(e, sum, to, n);
                to += n * e.stride;
                count -= n;
                sums += 0x20;
            }
        }
    }

    /// @dev Takes n rows out of the lanes of one word.
    function _lanes(Emitter memory e, uint256 sum, uint256 to, uint256 n) private pure {
        unchecked {
            if (!e.plain) return _anyLanes(e, sum, to, n);
            uint256 lane = e.lane;
            uint256 mask = (1 << lane) - 1;
            uint256 v = e.map.shift;
            // To the nearest: the last bit that falls out is added.
            v = ((sum >> v) & e.shifted) + ((sum >> (v - 1)) & e.ones);
            uint256 wrong = ~(v + e.fromLow) | (v + e.fromHigh);
            if ((wrong & (e.ones << (lane - 1))) << (256 - n * lane) != 0) return _anyLanes(e, sum, to, n);
            uint256 list = e.list;
            uint256 stride = e.stride;
            assembly ("memory-safe") {
                for {} n { n := sub(n, 1) } {
                    mstore(to, byte(0, mload(add(list, and(v, mask)))))
                    v := shr(lane, v)
                    to := add(to, stride)
                }
            }
        }
    }

    /// @dev The same whatever the map is; says which value is wrong.
    function _anyLanes(Emitter memory e, uint256 sum, uint256 to, uint256 n) private pure {
        unchecked {
            uint256 half = 1 << (e.lane - 1);
            uint256 mask = (half << 1) - 1;
            for (; n > 0; --n) {
                int256 y = Loops.mapped(e.map, int256((sum & mask) - half));
                assembly ("memory-safe") {
                    mstore(to, y)
                }
                sum >>= e.lane;
                to += e.stride;
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {OnchainModelCells as Cells} from "./OnchainModelCells.sol";
import {OnchainModelDense as Dense} from "./OnchainModelDense.sol";
import {OnchainModelLanes as Lanes} from "./OnchainModelLanes.sol";
import {OnchainModelLayers as L} from "./OnchainModelLayers.sol";

/// @title Checks a layer list before anybody may evaluate it.
/// @notice What a check has accepted reads only cells that have a value and bytes that are there, writes
/// inside the frame, and has lanes that hold every sum: evaluation is exact or reverts. What depends on
/// values alone (ranges of cells, domains of tables, divisors, indices) is checked when it happens.
library OnchainModelCheck {
    using L for L.Reader;
    using Cells for Cells.Set;

    /// @notice The list has no such op.
    error OpUnknown(uint256 op);
    /// @notice A parameter of an op is none of those that the layer list allows.
    error ParameterInvalid();
    /// @notice Loops would write what they read. Other ops run through their elements in order, so that it
    /// is plain what they do.
    error RegionsOverlap();
    /// @notice Bytes are not among the model's pieces.
    error DataOutOfRange(uint256 offset, uint256 length);

    uint256 private constant MOST_TERMS = 8192;
    uint256 private constant MOST_SHIFT = 48;
    int256 private constant MOST_BASE = 1 << 59;

    /// @dev What the checks of one layer share.
    struct State {
        Cells.Set cells; // those that have a value
        address[] pieces;
        uint256 dataLength;
    }

    /// @notice Checks a boundary of the list and gives its cells a value.
    function boundary(State memory s, L.Reader memory r) internal pure {
        unchecked {
            s.cells.clear();
            for (uint256 n = r.u16(); n > 0; --n) {
                L.Region memory g = _region(r);
                s.cells.give(g.first, g.count);
            }
        }
    }

    /// @notice Checks that a boundary follows whose cells all have a value.
    function reached(State memory s, L.Reader memory r) internal pure {
        unchecked {
            for (uint256 n = r.u16(); n > 0; --n) {
                L.Region memory g = _region(r);
                s.cells.need(g.first, g.count);
            }
        }
    }

    function _region(L.Reader memory r) private pure returns (L.Region memory g) {
        unchecked {
            g = r.region();
            _bounds(g.least, g.greatest);
            if (g.count == 0 || !(g.width == 1 || g.width == 2 || g.width == 4 || g.width == 7 || g.width == 8)) {
                revert ParameterInvalid();
            }
            int256 half = int256(1 << (8 * g.width - 1));
            if (g.least < 0 ? g.least < -half || g.greatest >= half : g.greatest >= 2 * half) revert ParameterInvalid();
        }
    }

    /// @notice Checks the next op.
    function step(State memory s, L.Reader memory r) internal view {
        unchecked {
            uint256 op = r.u8();
            if (op == L.DENSE) return _dense(s, r.dense());
            if (op == L.NEST) return _nest(s, r.nest());
            if (op < L.DENSE || op > L.GATHER) revert OpUnknown(op);
            uint256 to = r.u32();
            if (op == L.LINEAR) {
                uint256 count = r.u32();
                r.i64();
                for (uint256 n = r.u8(); n > 0; --n) {
                    s.cells.need(r.u32(), count);
                    r.i64();
                }
                return s.cells.give(to, count);
            }
            if (op == L.MAP) {
                uint256 source = r.u32();
                uint256 count = r.u32();
                s.cells.need(source, count);
                _map(s, r.map());
                return s.cells.give(to, count);
            }
            if (op == L.CONST) {
                uint256 count = r.u32();
                uint256 width = r.u8();
                int256 base = r.i64();
                if (width > 7 || base < -MOST_BASE || base > MOST_BASE) revert ParameterInvalid();
                _data(s, r.u32(), width * count);
                return s.cells.give(to, count);
            }
            if (op == L.PICK) {
                uint256 count = r.u32();
                uint256 data = r.u32();
                _data(s, data, 3 * count);
                s.cells.needPicked(s.pieces, data, count);
                return s.cells.give(to, count);
            }
            if (op == L.DIVIDE) {
                uint256 a = r.u32();
                uint256 b = r.u32();
                uint256 count = r.u32();
                s.cells.need(a, count);
                s.cells.need(b, count);
                return s.cells.give(to, count);
            }
            _gather(s, to, r);
        }
    }

    function _gather(State memory s, uint256 to, L.Reader memory r) private pure {
        unchecked {
            uint256 data = r.u32();
            uint256 index = r.u32();
            uint256 batches = r.u32();
            uint256 rows = r.u32();
            uint256 picks = r.u32();
            uint256 width = r.u32();
            if (rows == 0) revert ParameterInvalid();
            uint256 count = _product(_product(batches, picks), width);
            uint256 source = _product(_product(batches, rows), width);
            uint256 indices = _product(batches, picks);
            s.cells.need(data, source);
            s.cells.need(index, indices);
            _disjoint(to, count, Cells.Span(data, data + source));
            _disjoint(to, count, Cells.Span(index, index + indices));
            s.cells.give(to, count);
        }
    }

    /// @dev A product of numbers of cells: more than a frame can have is refused before it can wrap.
    function _product(uint256 a, uint256 b) private pure returns (uint256) {
        unchecked {
            if (a > Cells.MOST || b > Cells.MOST || a * b > Cells.MOST) revert ParameterInvalid();
            return a * b;
        }
    }

    function _nest(State memory s, L.Nest memory n) private pure {
        unchecked {
            if (n.kind > L.SUM) revert ParameterInvalid();
            Cells.Span memory to = Cells.reach(n.to, n.outer, 3, 1);
            Cells.Span memory a = Cells.reach(n.a, n.outer, 3, 2);
            a = Cells.further(a, n.inner, 2, 1);
            s.cells.needSpan(to); // so that none stays without a value
            s.cells.needSpan(a);
            _disjoint(to.from, to.end - to.from, a);
            if (n.kind != L.PRODUCTS) return;
            Cells.Span memory b = Cells.reach(n.b, n.outer, 3, 3);
            b = Cells.further(b, n.inner, 2, 2);
            s.cells.needSpan(b);
            _disjoint(to.from, to.end - to.from, b);
        }
    }

    function _dense(State memory s, L.Dense memory d) private view {
        unchecked {
            _bounds(d.least, d.greatest);
            if (d.lane < 8 || d.lane > 60 || d.rows == 0 || (d.rowStride == 0 && d.rows > 1)) revert ParameterInvalid();
            s.cells.need(d.source, d.sourceCells);
            Cells.Span memory from = Cells.further(Cells.reach(d.from, d.places, 2, 1), d.terms, 1, 1);
            if (from.from < d.source || from.end > d.source + d.sourceCells) revert ParameterInvalid();
            Cells.Span memory to = Cells.reach(d.to, d.places, 2, 2);
            to.end += (d.rows - 1) * d.rowStride;
            s.cells.needSpan(to);
            _disjoint(to.from, to.end - to.from, Cells.Span(d.source, d.source + d.sourceCells));
            _map(s, d.map);
            uint256 terms = Cells.size(d.terms, 1);
            uint256 perWord = 256 / d.lane;
            uint256 words = (d.rows + perWord - 1) / perWord;
            if (terms > MOST_TERMS) revert ParameterInvalid();
            _data(s, d.weights, (words * (terms + 1)) << 5);
            // Places together: their lanes are side by side in one word, and the next is further on.
            if (d.together == 0 || (d.together > 1 && !_together(d))) revert ParameterInvalid();
            uint256 weights = d.weights;
            uint256 rows = d.rows;
            while (words > 0) {
                uint256 set = Dense.setSize(words);
                uint256 count = set * perWord < rows ? set * perWord : rows;
                Lanes.check(s.pieces, weights, Lanes.Shape(terms, set, d.lane, count, d.least, d.greatest, d.together > 1));
                weights += (set * (terms + 1)) << 5;
                words -= set;
                rows -= count;
            }
        }
    }

    /// @dev Places together are along the last axis, whose stride then cannot be longer than the source: two of
    /// its places read from there.
    function _together(L.Dense memory d) private pure returns (bool) {
        unchecked {
            uint256 n = d.places.length;
            return d.lane * d.rows * d.together <= 256 && n > 0 && d.together <= d.places[n - 3] && int256(d.places[n - 2]) > 0;
        }
    }

    function _map(State memory s, L.Map memory t) private pure {
        unchecked {
            if (t.multiplier < 1 || t.multiplier > 1 << 62 || t.shift > MOST_SHIFT) revert ParameterInvalid();
            if (t.entries == 0) return;
            if (t.width == 0 || t.width > 7 || t.base < -MOST_BASE || t.base > MOST_BASE) revert ParameterInvalid();
            _data(s, t.data, t.width * t.entries);
        }
    }

    function _bounds(int256 least, int256 greatest) private pure {
        if (least > greatest || least < -L.LIMIT || greatest > L.LIMIT) revert ParameterInvalid();
    }

    function _data(State memory s, uint256 offset, uint256 length) private pure {
        unchecked {
            if (offset + length > s.dataLength) revert DataOutOfRange(offset, length);
        }
    }

    function _disjoint(uint256 to, uint256 count, Cells.Span memory other) private pure {
        unchecked {
            if (to < other.end && other.from < to + count) revert RegionsOverlap();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The layer list of a model, as bytes.
/// @notice A model computes on a frame: `cells` integers, numbered from 0. All numbers are big endian.
///
///     list      cells u32, layers u32, (offset u32) × (layers + 1), boundary and ops of each layer,
///               boundary of the outputs
///     boundary  count u16, region × count: the tensors that are there when a layer begins
///     region    first cell u32, cells u32, bytes per element u8, least i64, greatest i64
///     ops       count u16, op × count; an op starts with its number, u8
///
/// offset i is where boundary i begins in the list. Every other cell has no value when a layer begins.
///
///     1 dense   source u32, cells u32, least i64, greatest i64 | first source cell u32, first
///               destination cell u32, rows u32, row stride u32, lane u8, together u8 | axes of the terms u8,
///               (extent u32, source stride i32) × | axes of the places u8, (extent u32, source stride
///               i32, destination stride i32) × | weights u32 | map
///     2 nest    kind u8, destination u32, a u32, b u32 | outer axes u8, (extent u32, strides of
///               destination, a and b i32) × | inner axes u8, (extent u32, strides of a and b i32) ×
///     3 linear  destination u32, count u32, bias i64, arguments u8, (source u32, coefficient i64) ×
///     4 map     destination u32, source u32, count u32 | map
///     5 const   destination u32, count u32, bytes per element u8, base i64, data u32
///     6 pick    destination u32, count u32, data u32
///     7 divide  destination u32, a u32, b u32, count u32
///     8 gather  destination u32, rows of u32, indices u32, batches u32, rows u32, picks u32, width u32
///     map       multiplier i64, shift u8, entries u32; if not 0: least i64, bytes per entry u8, base
///               i64, data u32
///
/// `weights` and `data` are offsets in the bytes of the model's pieces. Element i of a table or a
/// constant is base plus the unsigned number in its bytes.
library OnchainModelLayers {
    uint256 internal constant DENSE = 1;
    uint256 internal constant NEST = 2;
    uint256 internal constant LINEAR = 3;
    uint256 internal constant MAP = 4;
    uint256 internal constant CONST = 5;
    uint256 internal constant PICK = 6;
    uint256 internal constant DIVIDE = 7;
    uint256 internal constant GATHER = 8;

    /// @notice No cell ever holds an integer of a larger magnitude: 2⁶⁰.
    int256 internal constant LIMIT = 1 << 60;

    uint256 internal constant PRODUCTS = 0;
    uint256 internal constant MAXIMUM = 1;
    uint256 internal constant SUM = 2;

    /// @notice A position in the list.
    struct Reader {
        uint256 pos; // pointer to memory
    }

    /// @notice A tensor at a boundary. Element x is the unsigned number x + offset in `width` bytes, where
    /// offset is 0 if no element is negative, else 2^(8⋅width − 1).
    struct Region {
        uint256 first;
        uint256 count;
        uint256 width;
        int256 least;
        int256 greatest;
    }

    /// @notice y = T[⌊(multiplier⋅x + half)/2^shift⌋], half = ⌊2^shift/2⌋; without entries, T is the
    /// identity.
    struct Map {
        int256 multiplier;
        uint256 shift;
        uint256 entries;
        int256 least;
        uint256 width;
        int256 base;
        uint256 data;
    }

    /// @notice Rows of constant weights times gathered cells: at every place p and for every row r
    ///
    ///     out[to + p + rowStride⋅r] = map(bias_r + ∑ₖ w_rk⋅in[from + p + k])
    ///
    /// The weights are in lanes: word ∑_r w_r⋅2^(lane⋅r) mod 2²⁵⁶ holds those of one term for as many
    /// rows as fit. Words of rows come in sets of four, then two, then one. A set has the biases, plus
    /// 2^(lane−1) each, in as many words, and then the words of its first term, of its second, and so on.
    /// Where all rows fit in one word several times, `together` neighbours along the last axis of places
    /// are computed at once.
    struct Dense {
        uint256 source;
        uint256 sourceCells;
        int256 least;
        int256 greatest;
        uint256 from;
        uint256 to;
        uint256 rows;
        uint256 rowStride;
        uint256 lane;
        uint256 together;
        uint256[] terms; // extent, source stride of each axis; outermost first, as all axes
        uint256[] places; // extent, source stride, destination stride of each axis
        uint256 weights;
        Map map;
    }

    /// @notice Loops over two operands: a sum of products, a maximum or a sum; a copy is a maximum over
    /// no axes.
    struct Nest {
        uint256 kind;
        uint256 to;
        uint256 a;
        uint256 b;
        uint256[] outer; // extent, strides of destination, a and b of each axis
        uint256[] inner; // extent, strides of a and b of each axis
    }

    function u8(Reader memory r) internal pure returns (uint256 v) {
        assembly ("memory-safe") {
            let pos := mload(r)
            v := byte(0, mload(pos))
            mstore(r, add(pos, 1))
        }
    }

    function u16(Reader memory r) internal pure returns (uint256 v) {
        assembly ("memory-safe") {
            let pos := mload(r)
            v := shr(240, mload(pos))
            mstore(r, add(pos, 2))
        }
    }

    function u32(Reader memory r) internal pure returns (uint256 v) {
        assembly ("memory-safe") {
            let pos := mload(r)
            v := shr(224, mload(pos))
            mstore(r, add(pos, 4))
        }
    }

    function i32(Reader memory r) internal pure returns (uint256 v) {
        assembly ("memory-safe") {
            let pos := mload(r)
            v := sar(224, mload(pos))
            mstore(r, add(pos, 4))
        }
    }

    function i64(Reader memory r) internal pure returns (int256 v) {
        assembly ("memory-safe") {
            let pos := mload(r)
            v := sar(192, mload(pos))
            mstore(r, add(pos, 8))
        }
    }

    function region(Reader memory r) internal pure returns (Region memory g) {
        g.first = u32(r);
        g.count = u32(r);
        g.width = u8(r);
        g.least = i64(r);
        g.greatest = i64(r);
    }

    /// @dev Returns axes of an extent and `strides` strides each.
    function axes(Reader memory r, uint256 strides) private pure returns (uint256[] memory list) {
        unchecked {
            uint256 n = u8(r);
            list = new uint256[](n * (strides + 1));
            for (uint256 i = 0; i < list.length; ++i) {
                list[i] = i % (strides + 1) == 0 ? u32(r) : i32(r);
            }
        }
    }

    function map(Reader memory r) internal pure returns (Map memory t) {
        t.multiplier = i64(r);
        t.shift = u8(r);
        t.entries = u32(r);
        if (t.entries == 0) return t;
        t.least = i64(r);
        t.width = u8(r);
        t.base = i64(r);
        t.data = u32(r);
    }

    function dense(Reader memory r) internal pure returns (Dense memory d) {
        d.source = u32(r);
        d.sourceCells = u32(r);
        d.least = i64(r);
        d.greatest = i64(r);
        d.from = u32(r);
        d.to = u32(r);
        d.rows = u32(r);
        d.rowStride = u32(r);
        d.lane = u8(r);
        d.together = u8(r);
        d.terms = axes(r, 1);
        d.places = axes(r, 2);
        d.weights = u32(r);
        d.map = map(r);
    }

    function nest(Reader memory r) internal pure returns (Nest memory n) {
        n.kind = u8(r);
        n.to = u32(r);
        n.a = u32(r);
        n.b = u32(r);
        n.outer = axes(r, 3);
        n.inner = axes(r, 2);
    }
}

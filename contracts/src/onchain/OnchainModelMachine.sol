// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {OnchainModelDense} from "./OnchainModelDense.sol";
import {OnchainModelLayers as L} from "./OnchainModelLayers.sol";
import {OnchainModelLoops as Loops} from "./OnchainModelLoops.sol";
import {OnchainModelStore as Store} from "./OnchainModelStore.sol";

/// @title Executes the ops of a checked layer list.
/// @notice Arithmetic is exact: cells are at most 2⁶⁰ in magnitude, coefficients and multipliers below
/// 2⁶³, so that no sum of the sizes that the check admits comes near 2²⁵⁵.
library OnchainModelMachine {
    using L for L.Reader;

    /// @notice A cell would exceed ±2⁶⁰.
    error ValueOutOfRange();
    /// @notice A divisor is not positive.
    error DivisorNotPositive();
    /// @notice An index is not one of a row.
    error IndexOutOfRange();

    uint256 private constant LIMIT = 1 << 60;
    uint256 private constant TWICE_LIMIT = 1 << 61;

    /// @notice Executes the next op of r on the frame at memory position `frame`.
    function step(uint256 frame, address[] memory pieces, L.Reader memory r) internal view {
        uint256 free;
        assembly ("memory-safe") {
            free := mload(0x40)
        }
        uint256 op = r.u8();
        if (op == L.DENSE) OnchainModelDense.run(frame, pieces, r.dense());
        else if (op == L.NEST) _nest(frame, r.nest());
        else if (op == L.LINEAR) _linear(frame, r);
        else if (op == L.MAP) _map(frame, pieces, r);
        else if (op == L.CONST) _const(frame, pieces, r);
        else if (op == L.PICK) _pick(frame, pieces, r);
        else if (op == L.DIVIDE) _divide(frame, r);
        else _gather(frame, r);
        // What an op wrote beyond the frame is garbage now.
        assembly ("memory-safe") {
            mstore(0x40, free)
        }
    }

    function _nest(uint256 frame, L.Nest memory n) private pure {
        unchecked {
            uint256 last = n.outer.length == 0 ? 0 : n.outer.length - 4;
            (uint256 places, uint256 count) = Loops.table(n.outer, last, 3);
            (uint256 terms, uint256 termCount) = Loops.table(n.inner, n.inner.length, 2);
            uint256[4] memory run = [uint256(1), 0, 0, 0];
            if (n.outer.length != 0) {
                run = [n.outer[last], n.outer[last + 1] << 5, n.outer[last + 2] << 5, n.outer[last + 3] << 5];
            }
            uint256 to = frame + (n.to << 5);
            uint256 a = frame + (n.a << 5);
            uint256 b = frame + (n.b << 5);
            for (uint256 end = places + count * 0x60; places < end; places += 0x60) {
                uint256 toAt;
                uint256 aAt;
                uint256 bAt;
                assembly ("memory-safe") {
                    toAt := add(to, mload(places))
                    aAt := add(a, mload(add(places, 0x20)))
                    bAt := add(b, mload(add(places, 0x40)))
                }
                if (n.kind == L.PRODUCTS) {
                    if (Loops.products(run, toAt, aAt, bAt, terms, termCount)) revert ValueOutOfRange();
                } else if (n.kind == L.SUM) {
                    if (Loops.sums(run, toAt, aAt, terms, termCount)) revert ValueOutOfRange();
                } else if (termCount == 1) {
                    Loops.copy(run, toAt, aAt);
                } else {
                    Loops.maxima(run, toAt, aAt, terms, termCount);
                }
            }
        }
    }

    function _linear(uint256 frame, L.Reader memory r) private pure {
        unchecked {
            uint256 to = frame + (r.u32() << 5);
            uint256 count = r.u32();
            int256 bias = r.i64();
            uint256 n = r.u8();
            uint256 arguments; // pointers and coefficients
            assembly ("memory-safe") {
                arguments := mload(0x40)
                mstore(0x40, add(arguments, shl(6, n)))
            }
            for (uint256 i = 0; i < n; ++i) {
                uint256 source = frame + (r.u32() << 5);
                int256 coefficient = r.i64();
                assembly ("memory-safe") {
                    mstore(add(arguments, shl(6, i)), source)
                    mstore(add(add(arguments, 0x20), shl(6, i)), coefficient)
                }
            }
            bool bad;
            assembly ("memory-safe") {
                let end := add(arguments, shl(6, n))
                let size := shl(5, count)
                for { let pos := 0 } lt(pos, size) { pos := add(pos, 0x20) } {
                    let y := bias
                    for { let g := arguments } lt(g, end) { g := add(g, 0x40) } {
                        y := add(y, mul(mload(add(mload(g), pos)), mload(add(g, 0x20))))
                    }
                    bad := or(bad, gt(add(y, LIMIT), TWICE_LIMIT))
                    mstore(add(to, pos), y)
                }
            }
            if (bad) revert ValueOutOfRange();
        }
    }

    function _map(uint256 frame, address[] memory pieces, L.Reader memory r) private view {
        unchecked {
            uint256 to = frame + (r.u32() << 5);
            uint256 source = frame + (r.u32() << 5);
            uint256 count = r.u32();
            Loops.Mapper memory m = Loops.mapper(pieces, r.map());
            uint256 end = source + (count << 5);
            for (; source < end; source += 0x20) {
                int256 x;
                assembly ("memory-safe") {
                    x := mload(source)
                }
                int256 y = Loops.mapped(m, x);
                assembly ("memory-safe") {
                    mstore(to, y)
                }
                to += 0x20;
            }
        }
    }

    function _const(uint256 frame, address[] memory pieces, L.Reader memory r) private view {
        unchecked {
            uint256 to = frame + (r.u32() << 5);
            uint256 count = r.u32();
            uint256 width = r.u8();
            int256 base = r.i64();
            uint256 from = r.u32();
            if (width == 0 && base == 0) {
                assembly ("memory-safe") {
                    calldatacopy(to, calldatasize(), shl(5, count)) // zeros
                }
                return;
            }
            uint256 data;
            assembly ("memory-safe") {
                data := mload(0x40)
            }
            Store.copy(pieces, from, width * count, data);
            assembly ("memory-safe") {
                let unused := sub(256, shl(3, width))
                for { let end := add(to, shl(5, count)) } lt(to, end) { to := add(to, 0x20) } {
                    mstore(to, add(base, shr(unused, mload(data))))
                    data := add(data, width)
                }
            }
        }
    }

    function _pick(uint256 frame, address[] memory pieces, L.Reader memory r) private view {
        unchecked {
            uint256 to = frame + (r.u32() << 5);
            uint256 count = r.u32();
            uint256 from = r.u32();
            uint256 data;
            assembly ("memory-safe") {
                data := mload(0x40)
            }
            Store.copy(pieces, from, 3 * count, data);
            assembly ("memory-safe") {
                for { let end := add(to, shl(5, count)) } lt(to, end) { to := add(to, 0x20) } {
                    mstore(to, mload(add(frame, shl(5, shr(232, mload(data))))))
                    data := add(data, 3)
                }
            }
        }
    }

    function _divide(uint256 frame, L.Reader memory r) private pure {
        unchecked {
            uint256 to = frame + (r.u32() << 5);
            uint256 a = frame + (r.u32() << 5);
            uint256 b = frame + (r.u32() << 5);
            uint256 count = r.u32();
            bool bad;
            assembly ("memory-safe") {
                for { let end := add(to, shl(5, count)) } lt(to, end) { to := add(to, 0x20) } {
                    let x := mload(a)
                    let d := mload(b)
                    bad := or(bad, slt(d, 1))
                    // Rounded toward zero; one less where the remainder is negative.
                    mstore(to, sub(sdiv(x, d), slt(smod(x, d), 0)))
                    a := add(a, 0x20)
                    b := add(b, 0x20)
                }
            }
            if (bad) revert DivisorNotPositive();
        }
    }

    function _gather(uint256 frame, L.Reader memory r) private pure {
        unchecked {
            uint256 to = frame + (r.u32() << 5);
            uint256 data = frame + (r.u32() << 5);
            uint256 index = frame + (r.u32() << 5);
            uint256 batches = r.u32();
            uint256 rows = r.u32();
            uint256 picks = r.u32();
            uint256 size = r.u32() << 5;
            bool bad;
            assembly ("memory-safe") {
                for {} batches { batches := sub(batches, 1) } {
                    for { let i := picks } i { i := sub(i, 1) } {
                        let row := mload(index)
                        index := add(index, 0x20)
                        // A row that is not there is copied from row 0, and the call reverts.
                        if iszero(lt(row, rows)) {
                            bad := 1
                            row := 0
                        }
                        mcopy(to, add(data, mul(row, size)), size)
                        to := add(to, size)
                    }
                    data := add(data, mul(rows, size))
                }
            }
            if (bad) revert IndexOutOfRange();
        }
    }
}

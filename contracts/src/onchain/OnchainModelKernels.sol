// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The loops in which a model spends its gas.
/// @notice A word of weights holds the weights of several rows in lanes. One multiplication by a cell x
/// multiplies them all: (∑_r w_r⋅2^(L⋅r))⋅x = ∑_r (w_r⋅x)⋅2^(L⋅r), exactly, modulo 2²⁵⁶. So the sum over
/// the terms is ∑_r S_r⋅2^(L⋅r), whatever the partial sums were, and its digits are the S_r as long as
/// each lies in [−2^(L−1), 2^(L−1)), which the check of a model proves from the weights.
library OnchainModelKernels {
    /// @notice Adds n words at w, each times the cell at x that belongs to it, to the sum at `sums`.
    function one(uint256 sums, uint256 x, uint256 w, uint256 n) internal pure {
        assembly ("memory-safe") {
            let a := mload(sums)
            for { let end := add(x, shl(5, and(n, not(7)))) } lt(x, end) {} {
                a := add(add(add(add(add(add(add(add(a,
                    mul(mload(x), mload(w))),
                    mul(mload(add(x, 0x20)), mload(add(w, 0x20)))),
                    mul(mload(add(x, 0x40)), mload(add(w, 0x40)))),
                    mul(mload(add(x, 0x60)), mload(add(w, 0x60)))),
                    mul(mload(add(x, 0x80)), mload(add(w, 0x80)))),
                    mul(mload(add(x, 0xa0)), mload(add(w, 0xa0)))),
                    mul(mload(add(x, 0xc0)), mload(add(w, 0xc0)))),
                    mul(mload(add(x, 0xe0)), mload(add(w, 0xe0))))
                x := add(x, 0x100)
                w := add(w, 0x100)
            }
            for { let end := add(x, shl(5, and(n, 7))) } lt(x, end) {} {
                a := add(a, mul(mload(x), mload(w)))
                x := add(x, 0x20)
                w := add(w, 0x20)
            }
            mstore(sums, a)
        }
    }

    /// @notice The same with two words for every cell and two sums.
    function two(uint256 sums, uint256 x, uint256 w, uint256 n) internal pure {
        assembly ("memory-safe") {
            let a := mload(sums)
            let b := mload(add(sums, 0x20))
            for { let end := add(x, shl(5, and(n, not(3)))) } lt(x, end) {} {
                let v := mload(x)
                a := add(a, mul(v, mload(w)))
                b := add(b, mul(v, mload(add(w, 0x20))))
                v := mload(add(x, 0x20))
                a := add(a, mul(v, mload(add(w, 0x40))))
                b := add(b, mul(v, mload(add(w, 0x60))))
                v := mload(add(x, 0x40))
                a := add(a, mul(v, mload(add(w, 0x80))))
                b := add(b, mul(v, mload(add(w, 0xa0))))
                v := mload(add(x, 0x60))
                a := add(a, mul(v, mload(add(w, 0xc0))))
                b := add(b, mul(v, mload(add(w, 0xe0))))
                x := add(x, 0x80)
                w := add(w, 0x100)
            }
            for { let end := add(x, shl(5, and(n, 3))) } lt(x, end) {} {
                let v := mload(x)
                a := add(a, mul(v, mload(w)))
                b := add(b, mul(v, mload(add(w, 0x20))))
                x := add(x, 0x20)
                w := add(w, 0x40)
            }
            mstore(sums, a)
            mstore(add(sums, 0x20), b)
        }
    }

    /// @notice The same with four.
    function four(uint256 sums, uint256 x, uint256 w, uint256 n) internal pure {
        assembly ("memory-safe") {
            let a := mload(sums)
            let b := mload(add(sums, 0x20))
            let c := mload(add(sums, 0x40))
            let d := mload(add(sums, 0x60))
            for { let end := add(x, shl(5, and(n, not(3)))) } lt(x, end) {} {
                let v := mload(x)
                a := add(a, mul(v, mload(w)))
                b := add(b, mul(v, mload(add(w, 0x20))))
                c := add(c, mul(v, mload(add(w, 0x40))))
                d := add(d, mul(v, mload(add(w, 0x60))))
                v := mload(add(x, 0x20))
                a := add(a, mul(v, mload(add(w, 0x80))))
                b := add(b, mul(v, mload(add(w, 0xa0))))
                c := add(c, mul(v, mload(add(w, 0xc0))))
                d := add(d, mul(v, mload(add(w, 0xe0))))
                v := mload(add(x, 0x40))
                a := add(a, mul(v, mload(add(w, 0x100))))
                b := add(b, mul(v, mload(add(w, 0x120))))
                c := add(c, mul(v, mload(add(w, 0x140))))
                d := add(d, mul(v, mload(add(w, 0x160))))
                v := mload(add(x, 0x60))
                a := add(a, mul(v, mload(add(w, 0x180))))
                b := add(b, mul(v, mload(add(w, 0x1a0))))
                c := add(c, mul(v, mload(add(w, 0x1c0))))
                d := add(d, mul(v, mload(add(w, 0x1e0))))
                x := add(x, 0x80)
                w := add(w, 0x200)
            }
            for { let end := add(x, shl(5, and(n, 3))) } lt(x, end) {} {
                let v := mload(x)
                a := add(a, mul(v, mload(w)))
                b := add(b, mul(v, mload(add(w, 0x20))))
                c := add(c, mul(v, mload(add(w, 0x40))))
                d := add(d, mul(v, mload(add(w, 0x60))))
                x := add(x, 0x20)
                w := add(w, 0x80)
            }
            mstore(sums, a)
            mstore(add(sums, 0x20), b)
            mstore(add(sums, 0x40), c)
            mstore(add(sums, 0x60), d)
        }
    }
}

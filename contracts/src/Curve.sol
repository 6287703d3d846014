// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Statement} from "./Statement.sol";

/// @title Arithmetic over BN254 with the precompiles of EIP-196, EIP-197 and EIP-198.
/// @dev A sum is five words of memory: a point of G1, which functions update, and room for a term, a point
/// and a scalar.
///
/// On a chain without a precompile a call succeeds and returns nothing, hence the checks of returndatasize.
/// The precompiles take any 256-bit scalar, and refuse coordinates that are not reduced and points off
/// their curve; G1 has no points outside its subgroup, those of G2 are refused.
library Curve {
    /// @notice A point of the proof, or of the key, is not on its curve or in its subgroup, or has a
    /// coordinate that is not reduced.
    /// @dev Or the chain lacks the precompiles of EIP-196 and EIP-197, or they ran out of gas.
    error PointInvalid();

    /// @notice A precompile failed: SHA-256 (2), modular exponentiation (5) or the pairing (8).
    /// @dev The chain lacks it or it ran out of gas; for the pairing, or -[τ]₂ of the key is not in G2.
    error PrecompileFailed(uint256 precompile);

    uint256 private constant R = Statement.R;

    /// Order of the field of the coordinates, P = 36⋅t⁴ + 36⋅t³ + 24⋅t² + 6⋅t + 1 with the t of R.
    uint256 internal constant P = 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47;

    // The generator of G2.
    uint256 internal constant G2_X1 = 0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2;
    uint256 internal constant G2_X0 = 0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed;
    uint256 internal constant G2_Y1 = 0x090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b;
    uint256 internal constant G2_Y0 = 0x12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa;

    /// @dev Sets a sum to a point of calldata.
    function set(uint256[5] memory sum, bytes calldata data, uint256 position) internal pure {
        assembly ("memory-safe") {
            calldatacopy(sum, add(data.offset, position), 0x40)
        }
    }

    /// @dev Multiplies a sum by a scalar.
    function scale(uint256[5] memory sum, uint256 scalar) internal view {
        bool done;
        assembly ("memory-safe") {
            mstore(add(sum, 0x40), scalar)
            done := staticcall(gas(), 0x07, sum, 0x60, sum, 0x40)
            done := and(done, eq(returndatasize(), 0x40))
        }
        if (!done) revert PointInvalid();
    }

    /// @dev Adds its term, a point times a scalar, to a sum.
    function addTerm(uint256[5] memory sum) internal view {
        bool done;
        assembly ("memory-safe") {
            let term := add(sum, 0x40)
            done := staticcall(gas(), 0x07, term, 0x60, term, 0x40)
            done := and(done, eq(returndatasize(), 0x40))
            done := and(done, staticcall(gas(), 0x06, sum, 0x80, sum, 0x40))
            done := and(done, eq(returndatasize(), 0x40))
        }
        if (!done) revert PointInvalid();
    }

    /// @dev Adds scalar⋅point to a sum, the point read from calldata.
    function addScaled(uint256[5] memory sum, bytes calldata data, uint256 position, uint256 scalar) internal view {
        assembly ("memory-safe") {
            calldatacopy(add(sum, 0x40), add(data.offset, position), 0x40)
            mstore(add(sum, 0x80), scalar)
        }
        addTerm(sum);
    }

    /// @dev Adds scalar⋅G to a sum, G the generator of G1.
    function addGenerator(uint256[5] memory sum, uint256 scalar) internal view {
        (sum[2], sum[3], sum[4]) = (1, 2, scalar);
        addTerm(sum);
    }

    /// @dev Adds scalar⋅point to a sum, the point the one of another sum, whose term it leaves alone.
    function addScaledSum(uint256[5] memory sum, uint256[5] memory other, uint256 scalar) internal view {
        (sum[2], sum[3], sum[4]) = (other[0], other[1], scalar);
        addTerm(sum);
    }

    /// @dev Continues a Horner sum over the points in the first `length` bytes of `points`, the last one
    /// first.
    function fold(uint256[5] memory sum, bytes calldata points, uint256 length, uint256 factor) internal view {
        while (length > 0) {
            bool folded;
            assembly ("memory-safe") {
                mstore(add(sum, 0x40), factor)
                folded := staticcall(gas(), 0x07, sum, 0x60, sum, 0x40)
                folded := and(folded, eq(returndatasize(), 0x40))
                length := sub(length, 0x40)
                calldatacopy(add(sum, 0x40), add(points.offset, length), 0x40)
                folded := and(folded, staticcall(gas(), 0x06, sum, 0x80, sum, 0x40))
                folded := and(folded, eq(returndatasize(), 0x40))
            }
            if (!folded) revert PointInvalid();
        }
    }

    /// @dev Says whether e(left, [1]₂)⋅e(right, -[τ]₂) = 1, with -[τ]₂ read from calldata.
    function opens(uint256[5] memory left, uint256[5] memory right, bytes calldata data, uint256 position)
        internal
        view
        returns (bool accepted)
    {
        bool done;
        assembly ("memory-safe") {
            let f := mload(0x40)
            mcopy(f, left, 0x40)
            mstore(add(f, 0x40), G2_X1)
            mstore(add(f, 0x60), G2_X0)
            mstore(add(f, 0x80), G2_Y1)
            mstore(add(f, 0xa0), G2_Y0)
            mcopy(add(f, 0xc0), right, 0x40)
            calldatacopy(add(f, 0x100), add(data.offset, position), 0x80)
            done := staticcall(gas(), 0x08, f, 0x180, 0, 0x20)
            done := and(done, eq(returndatasize(), 0x20))
            accepted := eq(mload(0), 1)
        }
        if (!done) revert PrecompileFailed(0x08);
    }

    /// @dev Computes base^exponent modulo R.
    function power(uint256 base, uint256 exponent) internal view returns (uint256 result) {
        bool done;
        uint256 modulus = R;
        assembly ("memory-safe") {
            let f := mload(0x40)
            mstore(f, 0x20)
            mstore(add(f, 0x20), 0x20)
            mstore(add(f, 0x40), 0x20)
            mstore(add(f, 0x60), base)
            mstore(add(f, 0x80), exponent)
            mstore(add(f, 0xa0), modulus)
            done := staticcall(gas(), 0x05, f, 0xc0, 0, 0x20)
            done := and(done, eq(returndatasize(), 0x20))
            result := mload(0)
        }
        if (!done) revert PrecompileFailed(0x05);
    }

    /// @dev Computes base^(R-2) modulo R: the inverse, or 0 for 0.
    function inverse(uint256 base) internal view returns (uint256) {
        return power(base, R - 2);
    }

    /// @dev Reads the word at an offset that the checks of the lengths put inside `data`.
    function word(bytes calldata data, uint256 position) internal pure returns (uint256 w) {
        assembly ("memory-safe") {
            w := calldataload(add(data.offset, position))
        }
    }

    /// @dev Computes a - b modulo R; b must not exceed R.
    function sub(uint256 a, uint256 b) internal pure returns (uint256) {
        unchecked {
            return addmod(a, R - b, R);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Curve} from "./Curve.sol";
import {SumcheckVerifier} from "./SumcheckVerifier.sol";
import {Statement} from "./Statement.sol";

/// @title Verifier of inferences proved with sumcheck, Mercury and a Groth16 wrap over BN254.
/// @notice See SumcheckVerifier for what the proof system is.
///
/// @dev Key, 864 bytes and 64 for each column of the model: that of a Groth16 circuit without a commitment
/// as Groth16InferenceVerifier has it, and then
///
///     0x000  -δ   G2      0x140  -γ       G2      0x2c0  -[τ]₂  G2
///     0x080   α   G1      0x1c0  K₀ … K₃  G1      0x340  n⋅2³² + t₁⋅2¹⁶ + W
///     0x0c0  -β   G2                              0x360  columns of the model  G1
///
/// Proof, 1,216 bytes and 64 for each column of the witness, the wrap after 960 of them:
///
///     0x000  A  G1      0x040  B  G2      0x0c0  C  G1
///
/// With L = K₀ + D'⋅K₁ + Z'⋅K₂ + E'⋅K₃, the wrap is true if
///
///     (3)  e(A, B)⋅e(C, -δ)⋅e(α, -β)⋅e(L, -γ) = 1
///
/// If γ = [1]₂, which is how ceremonies make keys, e(L, -γ)⋅e(λU, [1]₂) is computed as e(L - λU, -γ), one
/// pairing less.
///
/// Of the points, K₁ to K₃ are operands of ecMul, K₀ is one of ecAdd, and A, B, C, -δ, α, -β, -γ and -[τ]₂
/// are operands of the pairing.
contract SumcheckInferenceVerifier is SumcheckVerifier {
    bytes32 private constant SYSTEM = keccak256("sumcheck-groth16-bn254-v1");

    function system() public pure override returns (bytes32) {
        return SYSTEM;
    }

    function _wrapLengths() internal pure override returns (uint256 key, uint256 proof) {
        return (0x340, 0x100);
    }

    function _verifyWrap(
        bytes calldata key,
        uint256[3] memory inputs,
        bytes calldata proof,
        Opening memory opening
    ) internal view override {
        uint256[5] memory sum; // L
        Curve.set(sum, key, 0x1c0);
        Curve.addScaled(sum, key, 0x200, inputs[0]);
        Curve.addScaled(sum, key, 0x240, inputs[1]);
        Curve.addScaled(sum, key, 0x280, inputs[2]);

        // λU is added to L, with the other sign, or stays where it is
        uint256[5] memory left = opening.left;
        uint256[5] memory right = opening.right;
        Curve.addGenerator(left, opening.generator);
        Curve.scale(right, opening.lambda);
        bool unit = _isNegatedGenerator(key, 0x140); // γ = [1]₂
        if (unit) Curve.addScaledSum(sum, left, Statement.R - opening.lambda % Statement.R);
        else Curve.scale(left, opening.lambda);

        bool done;
        bool holds;
        (uint256 x1, uint256 x0, uint256 y1, uint256 y0) = (Curve.G2_X1, Curve.G2_X0, Curve.G2_Y1, Curve.G2_Y0);
        assembly ("memory-safe") {
            // (A, B), (C, -δ), (α, -β), (L, -γ), (λ⋅([H] + δ[q_L]), -[τ]₂), (λU, [1]₂), or without the last
            // (L - λU, -γ) if γ = [1]₂
            let f := mload(0x40)
            calldatacopy(f, proof.offset, 0x100)
            calldatacopy(add(f, 0x100), key.offset, 0x140)
            mcopy(add(f, 0x240), sum, 0x40)
            calldatacopy(add(f, 0x280), add(key.offset, 0x140), 0x80)
            mcopy(add(f, 0x300), right, 0x40)
            calldatacopy(add(f, 0x340), add(key.offset, 0x2c0), 0x80)
            let size := 0x3c0
            if iszero(unit) {
                mcopy(add(f, 0x3c0), left, 0x40)
                mstore(add(f, 0x400), x1)
                mstore(add(f, 0x420), x0)
                mstore(add(f, 0x440), y1)
                mstore(add(f, 0x460), y0)
                size := 0x480
            }
            done := staticcall(gas(), 0x08, f, size, 0, 0x20)
            done := and(done, eq(returndatasize(), 0x20))
            holds := eq(mload(0), 1)
        }
        if (!done) revert Curve.PointInvalid();
        if (!holds) revert ProofInvalid();
    }

    /// @dev Says whether the point of G2 at an offset of the key is the negated generator.
    function _isNegatedGenerator(bytes calldata key, uint256 position) private pure returns (bool) {
        unchecked {
            return Curve.word(key, position) == Curve.G2_X1 && Curve.word(key, position + 0x20) == Curve.G2_X0
                && Curve.word(key, position + 0x40) == Curve.P - Curve.G2_Y1
                && Curve.word(key, position + 0x60) == Curve.P - Curve.G2_Y0;
        }
    }
}

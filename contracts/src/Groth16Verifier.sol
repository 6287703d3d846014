// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InferenceVerifier} from "./InferenceVerifier.sol";

/// @title Verifier of inferences proved with Groth16 over BN254.
/// @notice Verifies proofs of gnark for circuits with three public inputs and at most one BSB22
/// commitment, to private wires only, whose hash to the field is keccak256.
///
/// @dev Points are encoded as in EIP-197: G1 as x‖y, G2 as x₁‖x₀‖y₁‖y₀, 32 bytes each, big endian.
///
/// Key, 704 bytes without commitment and 1,024 bytes with one:
///
///     0x000  -δ   G2        0x200  K₁  G1, of D         0x2c0  K₄   G1, of the commitment's hash
///     0x080   α   G1        0x240  K₂  G1, of Z         0x300  -σG  G2, Pedersen
///     0x0c0  -β   G2        0x280  K₃  G1, of E         0x380   G   G2, Pedersen
///     0x140  -γ   G2
///     0x1c0   K₀  G1
///
/// Proof, 256 bytes without commitment and 384 bytes with one:
///
///     0x000  A  G1          0x0c0  C  G1                0x100  M  G1, the commitment
///     0x040  B  G2                                      0x140  N  G1, its proof of knowledge
///
/// The verifier checks, with L = K₀ + D⋅K₁ + Z⋅K₂ + E⋅K₃ (+ h⋅K₄ + M, h = keccak256(M)),
///
///     (1)  e(A, B)⋅e(C, -δ)⋅e(α, -β)⋅e(L, -γ) = 1
///     (2)  e(M, -σG)⋅e(N, G) = 1
///
/// as one pairing product, (1)⋅(2)^ρ, which saves a call of the precompile and costs two
/// multiplications, ρ⋅M and ρ⋅N:
///
///     ρ = keccak256(tag ‖ keccak256(key) ‖ D ‖ Z ‖ E ‖ A ‖ B ‖ C ‖ M ‖ N)
///
/// Soundness of the merge. The left sides of (1) and (2) are elements u and v of the target group, of
/// prime order: the precompile refuses points off their curves and outside the subgroup of G2, and G1
/// has no other. The merged check accepts if and only if u⋅v^ρ = 1. If v = 1 it is u = 1, both
/// equations. If v ≠ 1 there is exactly one ρ modulo R that passes, and u and v are functions of what ρ
/// hashes: every point of both equations is in the key or in the proof, or is L, which those and D, Z, E
/// determine. So ρ is drawn after u and v, no element is left to be chosen after it, and with the hash
/// as a random oracle one evaluation hits the passing value with probability at most 6/2²⁵⁶, six being
/// the number of 256-bit values in the fullest class modulo R.
contract Groth16InferenceVerifier is InferenceVerifier {
    bytes32 private constant SYSTEM = keccak256("groth16-bn254-v1");

    /// keccak256("zkml.groth16.merge.v1"), a literal because assembly takes no other constant.
    uint256 private constant MERGE_TAG = 0x4eb1314be151ff2e63a3151975099406101e3f01757f3fb16c4e635ff378bc55;

    uint256 private constant KEY_LENGTH = 0x2c0;
    uint256 private constant KEY_LENGTH_COMMITTED = 0x400;
    uint256 private constant PROOF_LENGTH = 0x100;
    uint256 private constant PROOF_LENGTH_COMMITTED = 0x180;

    function system() public pure override returns (bytes32) {
        return SYSTEM;
    }

    function _proofLength(bytes calldata key) internal pure override returns (uint256) {
        if (key.length == KEY_LENGTH_COMMITTED) return PROOF_LENGTH_COMMITTED;
        if (key.length == KEY_LENGTH) return PROOF_LENGTH;
        revert KeyLengthInvalid(key.length);
    }

    function _verifyProof(bytes calldata key, uint256[3] memory publicInputs, bytes calldata proof)
        internal
        view
        override
    {
        bool accepted;
        assembly ("memory-safe") {
            // addScaled adds scalar⋅point, the point read from calldata, to the G1 point at acc. It uses
            // the 0x60 bytes after acc and does nothing when an earlier step has failed. The precompile
            // takes any 256-bit scalar. On a chain without the precompile the call succeeds and returns
            // nothing, hence the checks of returndatasize.
            function addScaled(acc, point, scalar, ok) -> done {
                if ok {
                    let term := add(acc, 0x40)
                    calldatacopy(term, point, 0x40)
                    mstore(add(acc, 0x80), scalar)
                    done := staticcall(gas(), 0x07, term, 0x60, term, 0x40)
                    done := and(done, eq(returndatasize(), 0x40))
                    if done { done := addNext(acc) }
                }
            }
            // addNext adds the G1 point at acc + 0x40 to the one at acc.
            function addNext(acc) -> done {
                done := staticcall(gas(), 0x06, acc, 0x80, acc, 0x40)
                done := and(done, eq(returndatasize(), 0x40))
            }
            // scale writes scalar⋅point, the point read from calldata, to the 0x40 bytes at result, using
            // the 0x20 bytes after it.
            function scale(result, point, scalar, ok) -> done {
                if ok {
                    calldatacopy(result, point, 0x40)
                    mstore(add(result, 0x40), scalar)
                    done := staticcall(gas(), 0x07, result, 0x60, result, 0x40)
                    done := and(done, eq(returndatasize(), 0x40))
                }
            }

            // The pairs of the product lie at f, 0xc0 bytes each: (A, B), (C, -δ), (α, -β), (L, -γ) and,
            // with a commitment, (ρ⋅M, -σG), (ρ⋅N, G).
            let f := mload(0x40)
            let size := 0x300

            // L is computed in place at f + 0x240, before its neighbor at 0x280 is written.
            let acc := add(f, 0x240)
            calldatacopy(acc, add(key.offset, 0x1c0), 0x40)
            let ok := addScaled(acc, add(key.offset, 0x200), mload(publicInputs), 1)
            ok := addScaled(acc, add(key.offset, 0x240), mload(add(publicInputs, 0x20)), ok)
            ok := addScaled(acc, add(key.offset, 0x280), mload(add(publicInputs, 0x40)), ok)

            if eq(key.length, KEY_LENGTH_COMMITTED) {
                let commitment := add(proof.offset, 0x100)
                calldatacopy(f, commitment, 0x40)
                ok := addScaled(acc, add(key.offset, 0x2c0), keccak256(f, 0x40), ok)
                calldatacopy(add(acc, 0x40), commitment, 0x40)
                if ok { ok := addNext(acc) }

                // ρ: 0x220 bytes hashed beyond the pairs.
                let t := add(f, 0x480)
                calldatacopy(t, key.offset, KEY_LENGTH_COMMITTED)
                let keyHash := keccak256(t, KEY_LENGTH_COMMITTED)
                mstore(t, MERGE_TAG)
                mstore(add(t, 0x20), keyHash)
                mcopy(add(t, 0x40), publicInputs, 0x60)
                calldatacopy(add(t, 0xa0), proof.offset, PROOF_LENGTH_COMMITTED)
                let rho := keccak256(t, 0x220)

                ok := scale(add(f, 0x300), commitment, rho, ok)
                ok := scale(add(f, 0x3c0), add(proof.offset, 0x140), rho, ok)
                calldatacopy(add(f, 0x340), add(key.offset, 0x300), 0x80)
                calldatacopy(add(f, 0x400), add(key.offset, 0x380), 0x80)
                size := 0x480
            }

            if ok {
                calldatacopy(f, proof.offset, 0x100)
                calldatacopy(add(f, 0x100), key.offset, 0x140)
                calldatacopy(add(f, 0x280), add(key.offset, 0x140), 0x80)
                ok := staticcall(gas(), 0x08, f, size, 0, 0x20)
                ok := and(ok, eq(returndatasize(), 0x20))
                accepted := and(ok, eq(mload(0), 1))
            }
        }
        if (!accepted) revert ProofInvalid();
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Curve} from "./Curve.sol";
import {Plonk} from "./Plonk.sol";
import {SumcheckVerifier} from "./SumcheckVerifier.sol";
import {Statement} from "./Statement.sol";

/// @title Verifier of inferences proved with sumcheck, Mercury and a PLONK wrap over BN254.
/// @notice See SumcheckVerifier for what the proof system is, and Plonk for the wrap.
///
/// @dev Key, 736 bytes and 64 for each column of the model: that of a PLONK circuit without a commitment as
/// Plonk has it, and then
///
///     0x2c0  n⋅2³² + t₁⋅2¹⁶ + W
///     0x2e0  columns of the model  G1
///
/// The wrap and the columns share an SRS, whose -[τ]₂ is the one in the key of the wrap, at 0x200.
///
/// Proof, 1,728 bytes and 64 for each column of the witness, the wrap, as Plonk has it, after 960 of them.
///
/// Equation (3) of the wrap and (2) of Mercury are of the same form, so that (3)⋅(2)^λ is one product of two
/// pairings. Plonk has merged the two openings of the wrap by a scalar of its own, of which (3) is a
/// function; λ hashes all of it.
contract SumcheckPlonkInferenceVerifier is SumcheckVerifier {
    bytes32 private constant SYSTEM = keccak256("sumcheck-plonk-bn254-v1");

    function system() public pure override returns (bytes32) {
        return SYSTEM;
    }

    function _wrapLengths() internal pure override returns (uint256 key, uint256 proof) {
        return (Plonk.KEY_LENGTH, Plonk.PROOF_LENGTH);
    }

    function _verifyWrap(
        bytes calldata key,
        uint256[3] memory inputs,
        bytes calldata proof,
        Opening memory opening
    ) internal view override {
        Plonk.Openings memory o = Plonk.openings(key, inputs, proof);
        uint256 lambda = opening.lambda;
        Curve.addScaledSum(o.left, opening.left, lambda);
        Curve.addScaledSum(o.right, opening.right, lambda);
        uint256 generator = mulmod(lambda, opening.generator, Statement.R);
        Curve.addGenerator(o.left, addmod(o.generator, generator, Statement.R));
        if (!Curve.opens(o.left, o.right, key, Plonk.KEY_TAU)) revert ProofInvalid();
    }
}

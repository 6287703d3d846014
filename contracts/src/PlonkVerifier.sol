// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Curve} from "./Curve.sol";
import {InferenceVerifier} from "./InferenceVerifier.sol";
import {Plonk} from "./Plonk.sol";

/// @title Verifier of inferences proved with PLONK over BN254.
/// @notice See Plonk for the layout of keys and proofs, and for what is checked.
contract PlonkInferenceVerifier is InferenceVerifier {
    bytes32 private constant SYSTEM = keccak256("plonk-bn254-v1");

    function system() public pure override returns (bytes32) {
        return SYSTEM;
    }

    function _proofLength(bytes calldata key) internal pure override returns (uint256) {
        if (key.length == Plonk.KEY_LENGTH_COMMITTED) return Plonk.PROOF_LENGTH_COMMITTED;
        if (key.length == Plonk.KEY_LENGTH) return Plonk.PROOF_LENGTH;
        revert KeyLengthInvalid(key.length);
    }

    function _verifyProof(bytes calldata key, uint256[3] memory publicInputs, bytes calldata proof)
        internal
        view
        override
    {
        Plonk.Openings memory o = Plonk.openings(key, publicInputs, proof);
        Curve.addGenerator(o.left, o.generator);
        if (!Curve.opens(o.left, o.right, key, Plonk.KEY_TAU)) revert ProofInvalid();
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier} from "./IInferenceVerifier.sol";
import {Statement} from "./Statement.sol";

/// @title What the verifiers of all proof systems share.
/// @notice Names the model, recomputes the public inputs from calldata and leaves the proof to
/// `_verifyProof`.
abstract contract InferenceVerifier is IInferenceVerifier {
    bytes32 private constant MODEL_TAG = keccak256("zkml.model.v1");

    /// @inheritdoc IInferenceVerifier
    function system() public view virtual returns (bytes32);

    /// @inheritdoc IInferenceVerifier
    function modelId(bytes32 modelDigest, bytes calldata key) public view returns (bytes32) {
        return keccak256(abi.encode(MODEL_TAG, modelDigest, system(), keccak256(key)));
    }

    /// @inheritdoc IInferenceVerifier
    function verifyInference(
        bytes32 model,
        bytes32 modelDigest,
        bytes32 context,
        bytes calldata key,
        bytes calldata input,
        bytes calldata output,
        bytes32[] calldata commitments,
        bytes calldata proof
    ) external view {
        if (modelId(modelDigest, key) != model) revert ModelMismatch();
        uint256 expected = 32 + _proofLength(key);
        if (proof.length != expected) revert ProofLengthInvalid(expected, proof.length);
        uint256 z = uint256(bytes32(proof));
        if (z >= Statement.R) revert ChallengeNotInField();
        uint256 d = Statement.digest(model, context, input, output, commitments);
        uint256 e = Statement.evaluate(z, input, output, commitments);
        _checkCommitments(commitments, proof);
        _verifyProof(key, [d, z, e], proof[32:]);
    }

    /// @dev Returns the exact length of the proofs, Z not included, that `key` verifies. Must revert with
    /// KeyLengthInvalid when no circuit of this proof system has a key of this length.
    function _proofLength(bytes calldata key) internal view virtual returns (uint256);

    /// @dev Must revert unless the proof itself contains what those commitments are to that the proof system
    /// has it contain: that `proof` is true of the statement does not show this. There are none unless a proof
    /// system says so.
    /// @param proof the proof with Z, of the length that `_proofLength` says
    function _checkCommitments(bytes32[] calldata commitments, bytes calldata proof) internal view virtual {}

    /// @dev Must revert with ProofInvalid, or a narrower error of the proof system, unless `proof` is
    /// a true proof, under `key`, of the public inputs D, Z, E in this order.
    /// @param key verifying key; its hash is bound by `model`, its length was accepted by `_proofLength`
    /// @param publicInputs D, Z and E, each below R
    /// @param proof the proof system's own part of the proof, `_proofLength(key)` bytes
    function _verifyProof(bytes calldata key, uint256[3] memory publicInputs, bytes calldata proof)
        internal
        view
        virtual;
}

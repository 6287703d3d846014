// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title A verifier of neural network inferences.
/// @notice One deployment serves every model of one proof system. A model is named by a hash that
/// binds its integer program and its verifying key; the key itself travels in calldata. The contract
/// holds no state and has no owner: what it accepts today it accepts forever.
interface IInferenceVerifier {
    /// @notice The model digest and the key in calldata are not those that `model` names.
    error ModelMismatch();

    /// @notice The challenge Z, the first 32 bytes of the proof, is not below the field order.
    error ChallengeNotInField();

    /// @notice The key has a length that no circuit of this proof system has.
    error KeyLengthInvalid(uint256 length);

    /// @notice The proof, Z included, has another length than the key asks for.
    error ProofLengthInvalid(uint256 expected, uint256 length);

    /// @notice The proof is false.
    /// @dev A point may be off its curve or outside its subgroup, a coordinate may not be reduced, the
    /// equation may not hold, or the proof may be a true one of another statement. A verifier may
    /// revert with a narrower error of its proof system instead.
    error ProofInvalid();

    /// @notice Names the proof system: keccak256 of its lower-case name, such as "groth16-bn254-v1".
    function system() external view returns (bytes32);

    /// @notice Names a model for this proof system.
    /// @param modelDigest digest of the integer program, the weights included
    /// @param key verifying key as `verifyInference` takes it
    /// @return keccak256(abi.encode(keccak256("zkml.model.v1"), modelDigest, system(), keccak256(key)))
    function modelId(bytes32 modelDigest, bytes calldata key) external view returns (bytes32);

    /// @notice Reverts unless `proof` shows that the model `model` maps `input` to `output`.
    /// @dev Groth16 proofs are malleable: (-A, -B, C) proves whatever (A, B, C) does. A caller that
    /// wants each inference counted once must key on the statement, never on the proof bytes. A proof
    /// with a malformed point costs 63/64 of the gas of the call, which is what precompiles take when they
    /// refuse: a caller that goes on after a false proof should set a gas limit.
    /// @param model name of the model that the caller trusts, see `modelId`
    /// @param modelDigest digest of the integer program
    /// @param context 32 bytes for the calling contract's own use, bound by the proof: a hash of chain
    /// id, caller and nonce makes the proof useless anywhere else
    /// @param key verifying key
    /// @param input bytes of all public input tensors
    /// @param output bytes of all public output tensors
    /// @param commitments one field element per committed tensor
    /// @param proof the challenge Z (32 bytes), then the proof of the proof system
    function verifyInference(
        bytes32 model,
        bytes32 modelDigest,
        bytes32 context,
        bytes calldata key,
        bytes calldata input,
        bytes calldata output,
        bytes32[] calldata commitments,
        bytes calldata proof
    ) external view;
}

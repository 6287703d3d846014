// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

// The interfaces of ERC-7992 (draft, CC0). The draft declares an event and an error of the name
// ModelDeprecated in one interface, which no compiler accepts: the error is left out here. Errors are in
// no selector and in no ERC-165 identifier, so that both are the draft's.

/// @title ERC-7992: a registry of commitments to models.
/// @dev ERC-165 identifier 0xd28519b1.
interface IERCZKMLRegistry {
    /// @notice What names a model for a verifier.
    /// @param modelHash digest of the model: structure, scales and hashes of the weights
    /// @param circuitHash name of the model for verifiers, see IInferenceVerifier.modelId
    /// @param vkHash keccak256 of the verifying key in its calldata form
    /// @param proofSystemId first four bytes of keccak256 of the proof system's name
    /// @param uri where a description of the model is; not verified by any contract
    struct ModelCommitment {
        bytes32 modelHash;
        bytes32 circuitHash;
        bytes32 vkHash;
        bytes4 proofSystemId;
        string uri;
    }

    /// @notice A model was registered.
    event ModelRegistered(uint256 indexed modelId, address indexed owner, ModelCommitment commitment);

    /// @notice A model has a new version.
    event ModelUpdated(uint256 indexed modelId, ModelCommitment oldCommitment, ModelCommitment newCommitment);

    /// @notice The owner of a model asks not to use it any more.
    event ModelDeprecated(uint256 indexed modelId);

    /// @notice No model has this id.
    error ModelNotFound(uint256 modelId);

    /// @notice The caller does not own the model.
    error NotModelOwner(uint256 modelId, address caller);

    /// @notice Registers a model for the caller.
    /// @return modelId an id that no model had before
    function registerModel(ModelCommitment calldata commitment) external returns (uint256 modelId);

    /// @notice Registers a new version of a model of the caller. The registry says which id it has.
    function updateModel(uint256 modelId, ModelCommitment calldata newCommitment) external;

    /// @notice Marks a model of the caller as one not to use any more.
    function deprecateModel(uint256 modelId) external;

    /// @notice Returns what is known of a model.
    function getModel(uint256 modelId)
        external
        view
        returns (ModelCommitment memory commitment, bool deprecated, address owner);
}

/// @title ERC-7992: a verifier of inferences of registered models.
/// @dev ERC-165 identifier 0x5df65472, or 0x80b171ef without the two optional views.
interface IERCZKMLVerifier {
    /// @notice `caller` showed that the model maps the committed input to `output`.
    event InferenceVerified(
        uint256 indexed modelId, bytes32 indexed inputCommitment, bytes output, address indexed caller
    );

    /// @notice The proof is false.
    error InvalidProof();

    /// @notice The proof is not one of this model.
    error ModelMismatch();

    /// @notice The input does not open the commitment.
    error InputCommitmentMismatch();

    /// @notice The output is not one of the declared form.
    error OutputMismatch();

    /// @notice No verifier is known for the model's proof system, or not any more.
    error UnsupportedProofSystem(bytes4 proofSystemId);

    /// @notice The owner of the model asked not to use it any more.
    error VerificationRefused_ModelDeprecated(uint256 modelId);

    /// @notice Reverts unless `proof` shows that the model maps the committed input to `output`.
    function verifyInference(uint256 modelId, bytes32 inputCommitment, bytes calldata output, bytes calldata proof)
        external;

    /// @notice Returns the proof system of a model.
    function proofSystemOf(uint256 modelId) external view returns (bytes4);

    /// @notice Returns the address of the registry of the models.
    function registry() external view returns (address registryAddress);
}

/// @title ERC-7992: verified inferences kept on chain.
/// @dev ERC-165 identifier 0x29c6ba89.
interface IERCZKMLStorageExtension {
    /// @notice A verified inference was stored.
    event InferenceStored(bytes32 indexed inferenceId);

    /// @notice Verifies an inference and stores it.
    /// @return inferenceId keccak256(abi.encodePacked(modelId, inputCommitment, output))
    function verifyAndStoreInference(
        uint256 modelId,
        bytes32 inputCommitment,
        bytes calldata output,
        bytes calldata proof
    ) external returns (bytes32 inferenceId);

    /// @notice Returns a stored inference.
    function getInference(bytes32 inferenceId)
        external
        view
        returns (uint256 modelId, bytes32 inputCommitment, bytes memory output);
}

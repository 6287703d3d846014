// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC2981} from "@openzeppelin/contracts/token/common/ERC2981.sol";
import {CodeStorage} from "./CodeStorage.sol";
import {IERCZKMLRegistry} from "./IERCZKML.sol";
import {VerifierRouter} from "./VerifierRouter.sol";

/// @title The registry of models (ERC-7992), each of which is a token (ERC-721, ERC-2981).
/// @notice The id of a model is that of its token; ids count from 1. What an id stands for never changes:
/// a new version of a model is a new id that supersedes the old one, and the old one stays valid until its
/// owner deprecates it. The owner of the token sets the fee of an attestation and earns it. The registry
/// itself has no owner.
///
/// Anyone may register any commitment, also one that is registered. An id says who registered it and no
/// more: consumers pin the id or compare the commitment.
contract ModelRegistry is ERC721, ERC2981, IERCZKMLRegistry {
    /// @notice What a market needs to know of a model.
    struct Terms {
        bytes32 modelHash;
        bytes32 circuitHash;
        bytes4 proofSystemId;
        bool deprecated;
        address owner;
        uint96 fee;
    }

    /// @notice `successor` is a new version of `modelId`.
    event ModelSuperseded(uint256 indexed modelId, uint256 indexed successor);

    /// @notice The fee of an attestation, in wei, was set.
    event FeeSet(uint256 indexed modelId, uint96 fee);

    /// @notice The royalty of resales was set for ever, in hundredths of a percent.
    event RoyaltySet(uint256 indexed modelId, address indexed receiver, uint96 basisPoints);

    /// @notice The router knows no verifier for the proof system, or not any more.
    error ProofSystemUnknown(bytes4 proofSystemId);

    /// @notice circuitHash is not the name that verifiers have for the model with this key.
    error CircuitHashMismatch(bytes32 expected, bytes32 circuitHash);

    /// @notice The model has a newer version; supersede that one.
    error AlreadySuperseded(uint256 modelId, uint256 successor);

    /// @notice The model is deprecated.
    error AlreadyDeprecated(uint256 modelId);

    /// @notice The royalty of the model was set before.
    error RoyaltyAlreadySet(uint256 modelId);

    /// What may change of a model. The slot is written only when something is not zero.
    struct State {
        uint96 fee;
        bool deprecated;
        uint64 successor;
    }

    bytes32 private constant MODEL_TAG = keccak256("zkml.model.v1");

    /// Bytes before the uri in stored code: modelHash, vkHash, proofSystemId, predecessor.
    uint256 private constant HEADER = 32 + 32 + 4 + 8;

    /// @notice The verifiers whose proof systems models may have.
    VerifierRouter public immutable router;

    /// Id of the next model. Not zero from the start, for a slot is dearest to write when it is.
    uint64 private _next = 1;

    mapping(uint256 modelId => State) private _states;

    constructor(VerifierRouter router_) ERC721("zkml model", "ZKML") {
        router = router_;
    }

    /// @inheritdoc IERCZKMLRegistry
    function registerModel(ModelCommitment calldata commitment) external returns (uint256 modelId) {
        return _register(commitment, 0);
    }

    /// @notice Registers a new version of a model of the caller.
    /// @param superseded the model, which must have no newer version; it may be deprecated
    /// @return modelId id of the new version
    function registerVersion(uint256 superseded, ModelCommitment calldata commitment)
        public
        returns (uint256 modelId)
    {
        _requireOwned(superseded, msg.sender);
        State storage state = _states[superseded];
        if (state.successor != 0) revert AlreadySuperseded(superseded, state.successor);
        modelId = _register(commitment, uint64(superseded));
        state.successor = uint64(modelId);
        (ModelCommitment memory old,) = _read(superseded);
        emit ModelUpdated(superseded, old, commitment);
        emit ModelSuperseded(superseded, modelId);
    }

    /// @inheritdoc IERCZKMLRegistry
    /// @dev The new version has the id that ModelSuperseded tells and `supersededBy` returns.
    function updateModel(uint256 modelId, ModelCommitment calldata newCommitment) external {
        registerVersion(modelId, newCommitment);
    }

    /// @inheritdoc IERCZKMLRegistry
    function deprecateModel(uint256 modelId) external {
        _requireOwned(modelId, msg.sender);
        if (_states[modelId].deprecated) revert AlreadyDeprecated(modelId);
        _states[modelId].deprecated = true;
        emit ModelDeprecated(modelId);
    }

    /// @notice Sets the fee of an attestation in wei; for the owner of the model.
    function setFee(uint256 modelId, uint96 fee) external {
        _requireOwned(modelId, msg.sender);
        _states[modelId].fee = fee;
        emit FeeSet(modelId, fee);
    }

    /// @notice Sets the royalty of resales (ERC-2981), once and for all; for the owner of the model.
    /// @param receiver who is to get it, not zero
    /// @param basisPoints hundredths of a percent, at most 10,000
    function setRoyalty(uint256 modelId, address receiver, uint96 basisPoints) external {
        _requireOwned(modelId, msg.sender);
        (address set,) = royaltyInfo(modelId, 0);
        if (set != address(0)) revert RoyaltyAlreadySet(modelId);
        _setTokenRoyalty(modelId, receiver, basisPoints);
        emit RoyaltySet(modelId, receiver, basisPoints);
    }

    /// @notice Returns the number of models, which is the last id.
    function modelCount() external view returns (uint64) {
        return _next - 1;
    }

    /// @inheritdoc IERCZKMLRegistry
    function getModel(uint256 modelId)
        external
        view
        returns (ModelCommitment memory commitment, bool deprecated, address owner)
    {
        owner = _ownerOfModel(modelId);
        (commitment,) = _read(modelId);
        return (commitment, _states[modelId].deprecated, owner);
    }

    /// @notice Returns what a market needs to know of a model.
    function termsOf(uint256 modelId) external view returns (Terms memory terms) {
        terms.owner = _ownerOfModel(modelId);
        (ModelCommitment memory commitment,) = _read(modelId);
        terms.modelHash = commitment.modelHash;
        terms.circuitHash = commitment.circuitHash;
        terms.proofSystemId = commitment.proofSystemId;
        State storage state = _states[modelId];
        terms.deprecated = state.deprecated;
        terms.fee = state.fee;
    }

    /// @notice Returns the fee of an attestation in wei.
    function feeOf(uint256 modelId) external view returns (uint96) {
        _ownerOfModel(modelId);
        return _states[modelId].fee;
    }

    /// @notice Returns the model that `modelId` is a new version of, or 0.
    function supersedes(uint256 modelId) external view returns (uint256 predecessor) {
        _ownerOfModel(modelId);
        (, predecessor) = _read(modelId);
    }

    /// @notice Returns the next version of a model, or 0.
    function supersededBy(uint256 modelId) external view returns (uint256) {
        _ownerOfModel(modelId);
        return _states[modelId].successor;
    }

    /// @notice Returns the uri of the model's commitment.
    function tokenURI(uint256 modelId) public view override returns (string memory) {
        _ownerOfModel(modelId);
        (ModelCommitment memory commitment,) = _read(modelId);
        return commitment.uri;
    }

    /// @notice Reports ERC-165, ERC-721 with its metadata, ERC-2981 and the registry of ERC-7992.
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, ERC2981) returns (bool) {
        return interfaceId == type(IERCZKMLRegistry).interfaceId || super.supportsInterface(interfaceId);
    }

    function _register(ModelCommitment calldata c, uint64 predecessor) private returns (uint256 modelId) {
        (bytes32 system, bool removed) = router.systemOf(c.proofSystemId);
        if (system == 0 || removed) revert ProofSystemUnknown(c.proofSystemId);
        bytes32 expected = _circuitHash(c.modelHash, system, c.vkHash);
        if (c.circuitHash != expected) revert CircuitHashMismatch(expected, c.circuitHash);

        // Models are all that this contract creates, so that the nonce of a creation is the model's id; not so
        // on a chain that derives addresses of its own.
        modelId = _next++;
        address where =
            CodeStorage.write(abi.encodePacked(c.modelHash, c.vkHash, c.proofSystemId, predecessor, c.uri));
        assert(where == CodeStorage.addressOf(address(this), uint64(modelId)));
        _mint(msg.sender, modelId);
        emit ModelRegistered(modelId, msg.sender, c);
    }

    /// @dev Returns the commitment and the predecessor of a model that exists.
    function _read(uint256 modelId) private view returns (ModelCommitment memory c, uint64 predecessor) {
        bytes memory data = CodeStorage.read(CodeStorage.addressOf(address(this), uint64(modelId)));
        bytes32 modelHash;
        bytes32 vkHash;
        bytes32 rest;
        bytes memory uri;
        assembly ("memory-safe") {
            modelHash := mload(add(data, 0x20))
            vkHash := mload(add(data, 0x40))
            rest := mload(add(data, 0x60))
            // The uri is the end of the data: its length overwrites bytes that were read.
            uri := add(data, HEADER)
            mstore(uri, sub(mload(data), HEADER))
        }
        c.modelHash = modelHash;
        c.vkHash = vkHash;
        c.proofSystemId = bytes4(rest);
        (bytes32 system,) = router.systemOf(c.proofSystemId);
        c.circuitHash = _circuitHash(modelHash, system, vkHash);
        c.uri = string(uri);
        return (c, uint64(bytes8(rest << 32)));
    }

    function _circuitHash(bytes32 modelHash, bytes32 system, bytes32 vkHash) private pure returns (bytes32) {
        return keccak256(abi.encode(MODEL_TAG, modelHash, system, vkHash));
    }

    /// @dev Returns the owner of a model; reverts if there is no such model. No model is ever burnt.
    function _ownerOfModel(uint256 modelId) private view returns (address owner) {
        owner = _ownerOf(modelId);
        if (owner == address(0)) revert ModelNotFound(modelId);
    }

    function _requireOwned(uint256 modelId, address caller) private view {
        if (_ownerOfModel(modelId) != caller) revert NotModelOwner(modelId, caller);
    }
}

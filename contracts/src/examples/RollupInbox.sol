// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InferenceMarket} from "../InferenceMarket.sol";
import {ModelRegistry} from "../ModelRegistry.sol";

/// @title Results of a model too large to run on chain, in the order of a rollup: an example.
/// @notice The sequencer publishes the data that the model ran on, as calldata or as blobs, and submits the
/// output with a proof. The proof is of a commitment to the input. Each result names its data and the result
/// before it, and both are bound by its proof.
///
/// @dev What is checked here is that the model maps *what the commitment commits to* to the output. That the
/// data open the commitment is not: a hash that is cheap in a proof is dear here. It is a rule of the rollup
/// instead. Published data are the salt and the bytes of the input; whoever follows the rollup computes the
/// commitment from them and skips a result whose commitment is another. As both are on chain, all who follow
/// it skip the same results, as they skip a batch that does not decode.
contract RollupInbox {
    /// @notice A result was accepted.
    /// @param index its number, from 0 on
    /// @param dataHash keccak256 of the data, or of the versioned hashes of the blobs
    /// @param commitment to the input
    /// @param output bytes of the output
    /// @param head hash of this result and all before it
    event ResultAccepted(
        uint256 indexed index, bytes32 indexed dataHash, bytes32 commitment, bytes output, bytes32 head
    );

    /// @notice The id is of another model than the one that this contract is made for.
    error WrongModel(bytes32 model);

    /// @notice The caller is not the sequencer.
    error NotSequencer(address caller);

    /// @notice The result follows another one than the last.
    error HeadMoved(bytes32 head);

    /// @notice There are neither data nor blobs, or both.
    error DataInvalid();

    /// @notice Who attests.
    InferenceMarket public immutable market;

    /// @notice The model that all results are of.
    uint256 public immutable modelId;

    /// @notice Who orders results.
    address public immutable sequencer;

    /// @notice Hash of all results so far.
    bytes32 public head;

    /// @notice The number of results so far.
    uint256 public count;

    /// @param model name of the model for its verifier, so that a wrong id is found out now
    constructor(InferenceMarket market_, uint256 modelId_, bytes32 model, address sequencer_) {
        bytes32 registered = ModelRegistry(market_.registry()).termsOf(modelId_).circuitHash;
        if (registered != model) revert WrongModel(registered);
        market = market_;
        modelId = modelId_;
        sequencer = sequencer_;
    }

    /// @notice Appends a result; for the sequencer. `msg.value` pays the fee of the attestation.
    /// @param parent the head that the result follows
    /// @param data that the model ran on, or nothing if the transaction carries them as blobs
    /// @param commitment to the input
    /// @param output bytes of the output
    /// @param proof as InferenceMarket takes it, for this contract as the caller
    function submit(
        bytes32 parent,
        bytes calldata data,
        bytes32 commitment,
        bytes calldata output,
        bytes calldata proof
    ) external payable {
        if (msg.sender != sequencer) revert NotSequencer(msg.sender);
        if (parent != head) revert HeadMoved(head);
        bytes32 dataHash = _dataHash(data);
        market.attest{value: msg.value}(modelId, inputCommitmentOf(parent, dataHash, commitment), output, proof);
        bytes32 next = keccak256(abi.encode(parent, dataHash, commitment, keccak256(output)));
        emit ResultAccepted(count, dataHash, commitment, output, next);
        head = next;
        count++;
    }

    /// @notice Returns the nonce of an attestation. It has the proof say which data it is of and what it
    /// follows.
    function nonceOf(bytes32 parent, bytes32 dataHash) public pure returns (uint256) {
        return uint256(keccak256(abi.encode(parent, dataHash)));
    }

    /// @notice Returns the commitment to the input that an attestation must have. All of the input is
    /// committed to: no byte of it is public.
    function inputCommitmentOf(bytes32 parent, bytes32 dataHash, bytes32 commitment)
        public
        view
        returns (bytes32)
    {
        bytes32[] memory commitments = new bytes32[](1);
        commitments[0] = commitment;
        return market.inputCommitmentOf("", commitments, address(this), nonceOf(parent, dataHash));
    }

    function _dataHash(bytes calldata data) private view returns (bytes32) {
        bytes memory hashes;
        for (uint256 i = 0; blobhash(i) != 0; i++) hashes = bytes.concat(hashes, blobhash(i));
        if ((hashes.length == 0) == (data.length == 0)) revert DataInvalid();
        return data.length == 0 ? keccak256(hashes) : keccak256(data);
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {ERC165} from "@openzeppelin/contracts/utils/introspection/ERC165.sol";
import {CodeStorage} from "./CodeStorage.sol";
import {IERCZKMLStorageExtension, IERCZKMLVerifier} from "./IERCZKML.sol";
import {ModelRegistry} from "./ModelRegistry.sol";
import {IInferenceVerifier} from "./IInferenceVerifier.sol";
import {VerifierRouter} from "./VerifierRouter.sol";

/// @title Attestations of inferences of registered models (ERC-7992), for the fees of their owners.
/// @notice A statement is a model, a commitment to the input and an output. It is attested once, by a
/// proof that is good on this chain, in this contract, for this model and for the caller alone: all four
/// and a nonce are in the context that the proof binds. Nothing hangs on the bytes of a proof, of which one
/// statement can have many.
///
/// Fees are paid from credit that the caller has here, and become credit of whoever owns the model at that
/// moment. Credit is withdrawn by whom it belongs to.
contract InferenceMarket is ERC165, IERCZKMLVerifier, IERCZKMLStorageExtension {
    /// @notice What the `proof` of ERC-7992 holds here, as abi.encode writes it.
    /// @param nonce chosen by the caller, to have one inference attested again
    /// @param maxFee most wei that the caller pays for the attestation
    /// @param input bytes of all public input tensors
    /// @param commitments one field element per committed tensor
    /// @param key verifying key in its calldata form
    /// @param proof proof in its calldata form, the challenge Z first
    struct InferenceProof {
        uint256 nonce;
        uint256 maxFee;
        bytes input;
        bytes32[] commitments;
        bytes key;
        bytes proof;
    }

    /// @notice `payer` paid `owner`, who owned the model at that moment, for an attestation.
    event FeePaid(uint256 indexed modelId, address indexed payer, address indexed owner, uint256 fee);

    /// @notice Credit was bought.
    event Deposited(address indexed account, uint256 amount);

    /// @notice Credit was paid out.
    event Withdrawn(address indexed account, uint256 amount);

    /// @notice The statement was attested before.
    error StatementUsed(bytes32 inferenceId);

    /// @notice The fee is more than the caller wants to pay.
    error FeeTooHigh(uint256 fee, uint256 maxFee);

    /// @notice The caller's credit does not cover the fee.
    error FeeUnpaid(uint256 fee, uint256 credit);

    /// @notice There is nothing to withdraw.
    error NoCredit();

    /// @notice The caller did not take what it withdrew.
    error WithdrawalFailed();

    /// @notice No inference with this id was stored.
    error InferenceNotFound(bytes32 inferenceId);

    bytes32 private constant INPUT_TAG = keccak256("zkml.input.v1");
    bytes32 private constant CONTEXT_TAG = keccak256("zkml.context.v1");

    /// bytes4 of verifyInference alone, the interface of those who leave out the optional views.
    bytes4 private constant VERIFIER_WITHOUT_VIEWS = IERCZKMLVerifier.verifyInference.selector;

    /// The record of a statement that was attested and not stored.
    address private constant ATTESTED = address(1);

    ModelRegistry private immutable REGISTRY;

    /// @notice The verifiers that this contract asks.
    VerifierRouter public immutable router;

    /// @notice What an account can pay with or withdraw, in wei.
    mapping(address account => uint256) public creditOf;

    /// By inference id: zero, ATTESTED, or where the inference is stored.
    mapping(bytes32 inferenceId => address) private _records;

    constructor(ModelRegistry registry_, VerifierRouter router_) {
        REGISTRY = registry_;
        router = router_;
    }

    /// @notice Attests an inference, the fee paid from the caller's credit after `msg.value` is added to it.
    /// @param output bytes of all public output tensors
    /// @param proof abi.encode(InferenceProof)
    function attest(uint256 modelId, bytes32 inputCommitment, bytes calldata output, bytes calldata proof)
        external
        payable
        returns (bytes32 inferenceId)
    {
        inferenceId = _attest(modelId, inputCommitment, output, proof);
        _records[inferenceId] = ATTESTED;
    }

    /// @inheritdoc IERCZKMLVerifier
    /// @dev `proof` is abi.encode(InferenceProof). The fee is paid from the caller's credit. Reverts with
    /// errors of the registry, of VerifierStop and of the verifier as well.
    function verifyInference(uint256 modelId, bytes32 inputCommitment, bytes calldata output, bytes calldata proof)
        external
    {
        _records[_attest(modelId, inputCommitment, output, proof)] = ATTESTED;
    }

    /// @inheritdoc IERCZKMLStorageExtension
    /// @dev See verifyInference.
    function verifyAndStoreInference(
        uint256 modelId,
        bytes32 inputCommitment,
        bytes calldata output,
        bytes calldata proof
    ) external returns (bytes32 inferenceId) {
        inferenceId = _attest(modelId, inputCommitment, output, proof);
        _records[inferenceId] = CodeStorage.write(abi.encodePacked(modelId, inputCommitment, output));
        emit InferenceStored(inferenceId);
    }

    /// @notice Adds `msg.value` to the caller's credit.
    function deposit() external payable {
        creditOf[msg.sender] += msg.value;
        emit Deposited(msg.sender, msg.value);
    }

    /// @notice Pays the caller its whole credit.
    function withdraw() external returns (uint256 amount) {
        amount = creditOf[msg.sender];
        if (amount == 0) revert NoCredit();
        creditOf[msg.sender] = 0;
        emit Withdrawn(msg.sender, amount);
        (bool taken,) = msg.sender.call{value: amount}("");
        if (!taken) revert WithdrawalFailed();
    }

    /// @inheritdoc IERCZKMLStorageExtension
    function getInference(bytes32 inferenceId)
        external
        view
        returns (uint256 modelId, bytes32 inputCommitment, bytes memory output)
    {
        address where = _records[inferenceId];
        if (uint160(where) <= uint160(ATTESTED)) revert InferenceNotFound(inferenceId);
        bytes memory data = CodeStorage.read(where);
        assembly ("memory-safe") {
            modelId := mload(add(data, 0x20))
            inputCommitment := mload(add(data, 0x40))
            // The output is the end of the data: its length overwrites bytes that were read.
            output := add(data, 0x40)
            mstore(output, sub(mload(data), 0x40))
        }
    }

    /// @notice Returns whether a statement was attested, by whatever function.
    function isVerified(bytes32 inferenceId) external view returns (bool) {
        return _records[inferenceId] != address(0);
    }

    /// @inheritdoc IERCZKMLVerifier
    function proofSystemOf(uint256 modelId) external view returns (bytes4) {
        return REGISTRY.termsOf(modelId).proofSystemId;
    }

    /// @inheritdoc IERCZKMLVerifier
    function registry() external view returns (address) {
        return address(REGISTRY);
    }

    /// @notice Returns the id of a statement.
    function inferenceIdOf(uint256 modelId, bytes32 inputCommitment, bytes memory output)
        public
        pure
        returns (bytes32)
    {
        return keccak256(abi.encodePacked(modelId, inputCommitment, output));
    }

    /// @notice Returns the commitment to an input that `caller` can have attested.
    function inputCommitmentOf(bytes memory input, bytes32[] memory commitments, address caller, uint256 nonce)
        public
        pure
        returns (bytes32)
    {
        return keccak256(
            abi.encode(INPUT_TAG, keccak256(input), keccak256(abi.encodePacked(commitments)), caller, nonce)
        );
    }

    /// @notice Returns the context that a proof must bind.
    function contextOf(uint256 modelId, bytes32 inputCommitment) public view returns (bytes32) {
        return keccak256(abi.encode(CONTEXT_TAG, block.chainid, address(this), modelId, inputCommitment));
    }

    /// @notice Reports ERC-165 and the verifier of ERC-7992, with and without its views and with storage.
    function supportsInterface(bytes4 interfaceId) public view override returns (bool) {
        return interfaceId == type(IERCZKMLVerifier).interfaceId || interfaceId == VERIFIER_WITHOUT_VIEWS
            || interfaceId == type(IERCZKMLStorageExtension).interfaceId || super.supportsInterface(interfaceId);
    }

    /// @dev Verifies a statement and settles its fee. The caller of this function must record the id.
    function _attest(uint256 modelId, bytes32 inputCommitment, bytes calldata output, bytes calldata proof)
        private
        returns (bytes32 inferenceId)
    {
        inferenceId = inferenceIdOf(modelId, inputCommitment, output);
        if (_records[inferenceId] != address(0)) revert StatementUsed(inferenceId);

        InferenceProof memory p = abi.decode(proof, (InferenceProof));
        if (inputCommitment != inputCommitmentOf(p.input, p.commitments, msg.sender, p.nonce)) {
            revert InputCommitmentMismatch();
        }
        ModelRegistry.Terms memory terms = REGISTRY.termsOf(modelId);
        if (terms.deprecated) revert VerificationRefused_ModelDeprecated(modelId);
        if (terms.fee > p.maxFee) revert FeeTooHigh(terms.fee, p.maxFee);

        // All calls up to here and this one are static: nobody gets to run code that could call back.
        IInferenceVerifier verifier = router.find(terms.proofSystemId);
        if (address(verifier) == address(0)) revert UnsupportedProofSystem(terms.proofSystemId);
        verifier.verifyInference(
            terms.circuitHash,
            terms.modelHash,
            contextOf(modelId, inputCommitment),
            p.key,
            p.input,
            output,
            p.commitments,
            p.proof
        );
        _settle(modelId, terms.owner, terms.fee);
        emit InferenceVerified(modelId, inputCommitment, output, msg.sender);
    }

    /// @dev Adds `msg.value` to the caller's credit and moves the fee from there to the owner's.
    function _settle(uint256 modelId, address owner, uint256 fee) private {
        if (msg.value == 0 && fee == 0) return;
        uint256 before = creditOf[msg.sender];
        uint256 credit = before + msg.value;
        if (msg.value > 0) emit Deposited(msg.sender, msg.value);
        if (credit < fee) revert FeeUnpaid(fee, credit);
        if (credit - fee != before) creditOf[msg.sender] = credit - fee;
        if (fee > 0) {
            creditOf[owner] += fee;
            emit FeePaid(modelId, msg.sender, owner, fee);
        }
    }
}

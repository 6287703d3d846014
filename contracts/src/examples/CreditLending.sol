// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InferenceMarket} from "../InferenceMarket.sol";
import {ModelRegistry} from "../ModelRegistry.sol";

/// @title Loans to those whom a model thinks good for them: an example.
/// @notice A borrower commits to its figures. A bureau that has seen them vouches for the commitment, until a
/// time it names. The borrower then proves, to the market, what score the model gives to the committed
/// figures, and borrows with that. Neither this contract nor anyone who reads the chain learns the figures.
///
/// @dev Lends without interest and never collects: what is shown is how a contract uses a score.
contract CreditLending {
    /// @notice What the bureau says of a borrower.
    /// @param commitment to the borrower's figures, as the model's proofs have it
    /// @param until last second in which the figures are good
    struct Voucher {
        bytes32 commitment;
        uint64 until;
    }

    /// @notice The bureau has seen figures of the borrower that open the commitment.
    event Vouched(address indexed borrower, bytes32 commitment, uint64 until);

    /// @notice There is more to lend.
    event Funded(address indexed by, uint256 amount);

    /// @notice The borrower got a loan on a score.
    event Borrowed(address indexed borrower, uint256 amount, uint256 score, bytes32 inferenceId);

    /// @notice The borrower paid some of its debt.
    event Repaid(address indexed borrower, uint256 amount, uint256 debt);

    /// @notice The id is of another model than the one that this contract is made for.
    error WrongModel(bytes32 model);

    /// @notice The caller is not who may do this.
    error NotAllowed(address caller);

    /// @notice Nobody vouches for the borrower's figures any more, or ever did.
    error VoucherExpired(uint64 until);

    /// @notice The market did not attest this score to the caller, for these figures and this model.
    error NotAttested(bytes32 inferenceId);

    /// @notice The caller borrowed on this attestation before.
    error ScoreUsed(bytes32 inferenceId);

    /// @notice The score is below the least one.
    error ScoreTooLow(uint256 score, uint256 least);

    /// @notice The loan is larger than loans are.
    error LoanTooLarge(uint256 amount, uint256 limit);

    /// @notice The caller has a loan, or pays more than it owes.
    error DebtMismatch(uint256 debt);

    /// @notice The receiver did not take its money.
    error TransferFailed();

    /// @notice Who attests.
    InferenceMarket public immutable market;

    /// @notice The model that scores.
    uint256 public immutable modelId;

    /// @notice Who vouches for figures.
    address public immutable bureau;

    /// @notice Who lends.
    address public immutable lender;

    /// @notice The least score that gets a loan, as the bytes of the model's output have it.
    uint256 public immutable leastScore;

    /// @notice Most wei that one borrower can owe.
    uint256 public immutable limit;

    /// @notice What the bureau said last of a borrower.
    mapping(address borrower => Voucher) public voucherOf;

    /// @notice What a borrower owes, in wei.
    mapping(address borrower => uint256) public debtOf;

    /// @notice Whether a loan was made on an attestation.
    mapping(bytes32 inferenceId => bool) public used;

    /// @param model name of the model for its verifier, so that a wrong id is found out now
    constructor(
        InferenceMarket market_,
        uint256 modelId_,
        bytes32 model,
        address bureau_,
        uint256 leastScore_,
        uint256 limit_
    ) {
        bytes32 registered = ModelRegistry(market_.registry()).termsOf(modelId_).circuitHash;
        if (registered != model) revert WrongModel(registered);
        market = market_;
        modelId = modelId_;
        bureau = bureau_;
        lender = msg.sender;
        leastScore = leastScore_;
        limit = limit_;
    }

    /// @notice Adds `msg.value` to what can be lent.
    function fund() external payable {
        emit Funded(msg.sender, msg.value);
    }

    /// @notice Vouches for figures, instead of those before; for the bureau.
    function vouch(address borrower, bytes32 commitment, uint64 until) external {
        if (msg.sender != bureau) revert NotAllowed(msg.sender);
        voucherOf[borrower] = Voucher(commitment, until);
        emit Vouched(borrower, commitment, until);
    }

    /// @notice Lends to the caller, to whom the market attested a score before.
    /// @param output bytes of the score
    /// @param nonce that of the attestation
    function borrow(uint256 amount, bytes calldata output, uint256 nonce) external {
        Voucher memory voucher = voucherOf[msg.sender];
        if (block.timestamp > voucher.until) revert VoucherExpired(voucher.until);
        bytes32[] memory commitments = new bytes32[](1);
        commitments[0] = voucher.commitment;
        // The caller and the figures are in the commitment to the input, so an attestation to somebody else,
        // or on figures that nobody vouches for, has another id. So has one of another model.
        bytes32 inputCommitment = market.inputCommitmentOf("", commitments, msg.sender, nonce);
        bytes32 inferenceId = market.inferenceIdOf(modelId, inputCommitment, output);
        if (!market.isVerified(inferenceId)) revert NotAttested(inferenceId);
        if (used[inferenceId]) revert ScoreUsed(inferenceId);

        // A model has outputs of one length, here of 1 to 7 bytes.
        uint256 score = uint256(bytes32(output)) >> (256 - 8 * output.length);
        if (score < leastScore) revert ScoreTooLow(score, leastScore);
        if (amount > limit) revert LoanTooLarge(amount, limit);
        if (debtOf[msg.sender] != 0) revert DebtMismatch(debtOf[msg.sender]);
        used[inferenceId] = true;
        debtOf[msg.sender] = amount;
        emit Borrowed(msg.sender, amount, score, inferenceId);
        _pay(msg.sender, amount);
    }

    /// @notice Pays some of the caller's debt.
    function repay() external payable {
        uint256 debt = debtOf[msg.sender];
        if (msg.value > debt) revert DebtMismatch(debt);
        debtOf[msg.sender] = debt - msg.value;
        emit Repaid(msg.sender, msg.value, debt - msg.value);
    }

    /// @notice Takes back what is not lent; for the lender.
    function withdraw(uint256 amount) external {
        if (msg.sender != lender) revert NotAllowed(msg.sender);
        _pay(lender, amount);
    }

    function _pay(address to, uint256 amount) private {
        (bool taken,) = to.call{value: amount}("");
        if (!taken) revert TransferFailed();
    }
}

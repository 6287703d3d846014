// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InferenceMarket} from "../InferenceMarket.sol";
import {ModelRegistry} from "../ModelRegistry.sol";

/// @title Noughts and crosses against a neural network: an example.
/// @notice The player moves by a transaction, the network by a proof of what it thinks of the board. Anyone may
/// bring the proof, and nobody can choose the move: this contract writes the input of the network from its
/// own board and takes the empty square of the highest score.
///
/// @dev Squares are 0 to 8, row by row. The network maps 18 numbers of one byte, 1 where the network has a
/// mark and then 1 where the player has one, to nine scores.
contract NetworkGame {
    /// @notice A board. Bit i is the square i.
    /// @param player who started the game, and moves first
    /// @param theirs squares of the player
    /// @param ours squares of the network
    /// @param result of the game
    struct Game {
        address player;
        uint16 theirs;
        uint16 ours;
        Result result;
    }

    enum Result {
        Open,
        PlayerWon,
        NetworkWon,
        Drawn
    }

    /// @notice Somebody has a mark in a square more.
    event Moved(uint256 indexed game, bool byNetwork, uint256 square);

    /// @notice The game is over.
    event Ended(uint256 indexed game, Result result);

    /// @notice The id is of another model than the one that this contract is made for.
    error WrongModel(bytes32 model);

    /// @notice There is no such game, or not of the caller, or it is over.
    error NotPlaying(uint256 game);

    /// @notice It is the other side's turn.
    error NotYourTurn(uint256 game);

    /// @notice The square is not empty or not on the board.
    error SquareTaken(uint256 square);

    /// @notice A reply must come with the fee of its attestation, no less and no more.
    error FeeInvalid(uint256 fee, uint256 value);

    /// @notice The output is not one of nine scores.
    error ScoresInvalid(uint256 length);

    uint16 private constant FULL = 0x1ff;

    /// @notice Who attests.
    InferenceMarket public immutable market;

    /// @notice The network that plays.
    uint256 public immutable modelId;

    /// @notice All games, from number 0 on.
    Game[] public games;

    /// @param model name of the model for its verifier, so that a wrong id is found out now
    constructor(InferenceMarket market_, uint256 modelId_, bytes32 model) {
        bytes32 registered = ModelRegistry(market_.registry()).termsOf(modelId_).circuitHash;
        if (registered != model) revert WrongModel(registered);
        market = market_;
        modelId = modelId_;
    }

    /// @notice Starts a game of the caller with its first move.
    function start(uint256 square) external returns (uint256 game) {
        game = games.length;
        games.push().player = msg.sender;
        _mark(game, square, false);
    }

    /// @notice Moves; for the player.
    function move(uint256 game, uint256 square) external {
        if (game >= games.length || games[game].player != msg.sender) revert NotPlaying(game);
        if (_networkIsNext(game)) revert NotYourTurn(game);
        _mark(game, square, false);
    }

    /// @notice Moves for the network; for anyone who has a proof. `msg.value` is the fee of the attestation.
    /// @dev This contract never has credit: else the owner of the model could raise the fee and bring a reply,
    /// whose `maxFee` is chosen by who brings it.
    /// @param output bytes of the scores
    /// @param proof as InferenceMarket takes it, for this contract as the caller
    function reply(uint256 game, bytes calldata output, bytes calldata proof) external payable {
        if (game >= games.length) revert NotPlaying(game);
        if (!_networkIsNext(game)) revert NotYourTurn(game);
        uint256 fee = ModelRegistry(market.registry()).termsOf(modelId).fee;
        if (msg.value != fee) revert FeeInvalid(fee, msg.value);
        market.attest{value: fee}(modelId, inputCommitmentOf(game), output, proof);
        _mark(game, _best(output, games[game].theirs | games[game].ours), true);
    }

    /// @notice Returns the bytes of the network's input for a board.
    function inputOf(uint256 game) public view returns (bytes memory input) {
        input = new bytes(18);
        for (uint256 i = 0; i < 9; i++) {
            if ((games[game].ours >> i) & 1 != 0) input[i] = 0x01;
            if ((games[game].theirs >> i) & 1 != 0) input[9 + i] = 0x01;
        }
    }

    /// @notice Returns the nonce of the next attestation for a game: a board occurs in one game once, but the
    /// same board in many games.
    function nonceOf(uint256 game) public view returns (uint256) {
        return uint256(keccak256(abi.encode(game, games[game].theirs, games[game].ours)));
    }

    /// @notice Returns the commitment to the input that the next attestation for a game must have.
    function inputCommitmentOf(uint256 game) public view returns (bytes32) {
        return market.inputCommitmentOf(inputOf(game), new bytes32[](0), address(this), nonceOf(game));
    }

    /// @dev Returns the first of the empty squares that have the highest score. Scores are numbers from which
    /// one and the same was subtracted, so that their order is that of their bytes.
    function _best(bytes calldata output, uint16 taken) private pure returns (uint256 best) {
        uint256 width = output.length / 9;
        if (width == 0 || width > 32 || output.length % 9 != 0) revert ScoresInvalid(output.length);
        uint256 highest = 0;
        best = 9;
        for (uint256 i = 0; i < 9; i++) {
            uint256 score = uint256(bytes32(output[i * width:(i + 1) * width])) >> (256 - 8 * width);
            if ((taken >> i) & 1 == 0 && (best == 9 || score > highest)) (best, highest) = (i, score);
        }
    }

    function _networkIsNext(uint256 game) private view returns (bool) {
        if (games[game].result != Result.Open) revert NotPlaying(game);
        return _count(games[game].theirs) > _count(games[game].ours);
    }

    function _mark(uint256 game, uint256 square, bool byNetwork) private {
        Game storage g = games[game];
        if (square >= 9 || ((g.theirs | g.ours) >> square) & 1 != 0) revert SquareTaken(square);
        uint16 marks = (byNetwork ? g.ours : g.theirs) | uint16(1 << square);
        if (byNetwork) g.ours = marks;
        else g.theirs = marks;
        emit Moved(game, byNetwork, square);
        Result result = Result.Open;
        if (_wins(marks)) result = byNetwork ? Result.NetworkWon : Result.PlayerWon;
        else if (g.theirs | g.ours == FULL) result = Result.Drawn;
        if (result == Result.Open) return;
        g.result = result;
        emit Ended(game, result);
    }

    function _wins(uint16 marks) private pure returns (bool) {
        uint16[8] memory lines = [0x007, 0x038, 0x1c0, 0x049, 0x092, 0x124, 0x111, 0x054];
        for (uint256 i = 0; i < 8; i++) {
            if (marks & lines[i] == lines[i]) return true;
        }
        return false;
    }

    function _count(uint16 marks) private pure returns (uint256 n) {
        for (; marks != 0; marks &= marks - 1) n++;
    }
}

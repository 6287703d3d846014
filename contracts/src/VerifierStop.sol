// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IInferenceVerifier} from "./IInferenceVerifier.sol";

/// @title A verifier that can be stopped, once and for all.
/// @notice Stands in front of one verifier and refuses everything after it was stopped: by its guardian,
/// or by anyone who shows that the verifier accepts what cannot both be true. Nobody can start it again,
/// and nobody can make it accept what the verifier refuses.
///
/// @dev The proof of a contradiction is two accepted proofs of one model, the *canary*, with one input and
/// two outputs. The canary has to be a deterministic model whose tensors are all public. Others do not
/// contradict themselves by that: a model with a private tensor honestly has many outputs for one public
/// input. Whoever holds the trapdoor of the canary's own key can stop the verifier without a flaw in it, so
/// that the key wants a setup as good as any model's.
contract VerifierStop is IInferenceVerifier {
    /// @notice Arguments of a call of verifyInference.
    struct Claim {
        bytes32 model;
        bytes32 modelDigest;
        bytes32 context;
        bytes key;
        bytes input;
        bytes output;
        bytes32[] commitments;
        bytes proof;
    }

    /// @notice The verifier is stopped.
    event Stopped(address indexed by);

    /// @notice The verifier was stopped.
    error VerifierStopped();

    /// @notice The caller is not the guardian.
    error NotGuardian(address caller);

    /// @notice The claims are not two outputs of the canary for one input.
    error NoContradiction();

    /// @notice The verifier that this contract stands in front of.
    IInferenceVerifier public immutable verifier;

    /// @notice Who may stop the verifier without a reason; nobody if zero.
    address public immutable guardian;

    /// @notice Name of the model whose contradictions stop the verifier; no model if zero.
    bytes32 public immutable canary;

    /// @notice Whether the verifier was stopped.
    bool public stopped;

    bytes32 private immutable SYSTEM;

    constructor(IInferenceVerifier verifier_, address guardian_, bytes32 canary_) {
        verifier = verifier_;
        guardian = guardian_;
        canary = canary_;
        SYSTEM = verifier_.system();
    }

    /// @notice Stops the verifier; for the guardian.
    function stop() external {
        if (msg.sender != guardian) revert NotGuardian(msg.sender);
        _stop();
    }

    /// @notice Stops the verifier; for anyone who has two accepted claims on the canary that cannot both be
    /// true.
    function stopByContradiction(Claim calldata a, Claim calldata b) external {
        bool contradict = canary != 0 && a.model == canary && b.model == canary
            && keccak256(a.input) == keccak256(b.input) && keccak256(a.output) != keccak256(b.output)
            && a.commitments.length == 0 && b.commitments.length == 0;
        if (!contradict) revert NoContradiction();
        _verify(a);
        _verify(b);
        _stop();
    }

    /// @inheritdoc IInferenceVerifier
    function system() external view returns (bytes32) {
        return SYSTEM;
    }

    /// @inheritdoc IInferenceVerifier
    function modelId(bytes32 modelDigest, bytes calldata key) external view returns (bytes32) {
        return verifier.modelId(modelDigest, key);
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
        if (stopped) revert VerifierStopped();
        verifier.verifyInference(model, modelDigest, context, key, input, output, commitments, proof);
    }

    function _verify(Claim calldata c) private view {
        verifier.verifyInference(
            c.model, c.modelDigest, c.context, c.key, c.input, c.output, c.commitments, c.proof
        );
    }

    function _stop() private {
        if (stopped) revert VerifierStopped();
        stopped = true;
        emit Stopped(msg.sender);
    }
}

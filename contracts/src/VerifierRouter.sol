// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IInferenceVerifier} from "./IInferenceVerifier.sol";

/// @title The verifiers in use, by proof system.
/// @notice A verifier is found by its selector, the first four bytes of the name of its proof system. The
/// owner adds verifiers and removes them; a selector that was removed is never used again, so that what
/// it stands for never changes. The owner should be a timelock: whoever adds a verifier decides what is
/// true for those who ask this contract.
contract VerifierRouter is Ownable2Step {
    struct Route {
        bytes28 rest; // of the name of the proof system, after the selector
        bool removed;
        IInferenceVerifier verifier;
    }

    /// @notice A verifier was added.
    event VerifierAdded(bytes4 indexed selector, bytes32 system, IInferenceVerifier verifier);

    /// @notice A verifier was removed, and its selector with it.
    event VerifierRemoved(bytes4 indexed selector);

    /// @notice No verifier has this selector.
    error SelectorUnknown(bytes4 selector);

    /// @notice A verifier has this selector already.
    error SelectorInUse(bytes4 selector);

    /// @notice The verifier with this selector was removed, and there will be no other.
    error SelectorRemoved(bytes4 selector);

    /// @notice The verifier is the zero address.
    error VerifierAddressZero();

    mapping(bytes4 selector => Route) private _routes;

    constructor(address owner) Ownable(owner) {}

    /// @notice Adds a verifier under the first four bytes of its system(); for the owner.
    function addVerifier(IInferenceVerifier verifier) external onlyOwner {
        if (address(verifier) == address(0)) revert VerifierAddressZero();
        bytes32 system = verifier.system();
        bytes4 selector = bytes4(system);
        Route storage route = _routes[selector];
        if (route.removed) revert SelectorRemoved(selector);
        if (address(route.verifier) != address(0)) revert SelectorInUse(selector);
        _routes[selector] = Route(bytes28(system << 32), false, verifier);
        emit VerifierAdded(selector, system, verifier);
    }

    /// @notice Removes a verifier for ever; for the owner.
    function removeVerifier(bytes4 selector) external onlyOwner {
        verifierOf(selector); // reverts if there is none
        _routes[selector].removed = true;
        delete _routes[selector].verifier;
        emit VerifierRemoved(selector);
    }

    /// @notice Returns the verifier with a selector; reverts if there is none.
    function verifierOf(bytes4 selector) public view returns (IInferenceVerifier verifier) {
        verifier = _routes[selector].verifier;
        if (address(verifier) != address(0)) return verifier;
        if (_routes[selector].removed) revert SelectorRemoved(selector);
        revert SelectorUnknown(selector);
    }

    /// @notice Returns the name of the proof system with a selector, and whether its verifier was removed;
    /// zero if there never was one.
    function systemOf(bytes4 selector) external view returns (bytes32 system, bool removed) {
        Route storage route = _routes[selector];
        system = bytes32(route.rest) >> 32;
        if (system != 0) system |= bytes32(selector);
        return (system, route.removed);
    }

    /// @notice Returns the verifier with a selector, or zero if there is none or it was removed.
    function find(bytes4 selector) external view returns (IInferenceVerifier) {
        return _routes[selector].verifier;
    }
}

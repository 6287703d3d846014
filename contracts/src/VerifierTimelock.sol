// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

/// @title The owner that a router of verifiers should have.
/// @notice What its proposers want is known for `minDelay` seconds before an executor can do it, and
/// they can cancel it until then. Roles and delay change only by an operation that waited as well:
/// there is no administrator.
contract VerifierTimelock is TimelockController {
    constructor(uint256 minDelay, address[] memory proposers, address[] memory executors)
        TimelockController(minDelay, proposers, executors, address(0))
    {}
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

interface IMarket {
    function deposit() external payable;
    function withdraw() external returns (uint256);
}

/// Withdraws again while it is paid.
contract Reentrant {
    IMarket private immutable MARKET;
    bool private again;

    constructor(IMarket market) {
        MARKET = market;
    }

    function attack() external payable {
        MARKET.deposit{value: msg.value}();
        again = true;
        MARKET.withdraw();
    }

    receive() external payable {
        if (!again) return;
        again = false;
        MARKET.withdraw();
    }
}

/// Owns credit and takes no ether.
contract Rejecting {
    function deposit(IMarket market) external payable {
        market.deposit{value: msg.value}();
    }

    function withdraw(IMarket market) external {
        market.withdraw();
    }
}

/// Accepts everything and has whatever name it is given.
contract Gullible {
    bytes32 public immutable system;

    constructor(bytes32 system_) {
        system = system_;
    }

    function verifyInference(
        bytes32,
        bytes32,
        bytes32,
        bytes calldata,
        bytes calldata,
        bytes calldata,
        bytes32[] calldata,
        bytes calldata
    ) external view {}
}

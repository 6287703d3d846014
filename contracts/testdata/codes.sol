// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {CodeStorage} from "../true/CodeStorage.sol";

/// CodeStorage as functions.
contract Codes {
    address public last;

    function write(bytes memory data) external {
        last = CodeStorage.write(data);
    }

    function read(address where) external view returns (bytes memory) {
        return CodeStorage.read(where);
    }

    function addressOf(address creator, uint64 nonce) external pure returns (address) {
        return CodeStorage.addressOf(creator, nonce);
    }
}

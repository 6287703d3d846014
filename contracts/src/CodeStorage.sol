// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Bytes kept as the code of contracts that do nothing.
/// @notice Written once, never changed: 200 gas per byte and 32,000 for each writing, where storage takes
/// 22,100 gas for each 32 bytes. The code starts with STOP, so that calling it does nothing and
/// destroying it is impossible.
library CodeStorage {
    /// @notice The data did not become code: it is longer than code may be (EIP-170), or gas ran out.
    error CodeNotStored(uint256 length);

    /// Creation code that returns what follows it: PUSH1 11 CODESIZE SUB DUP1 PUSH1 11 PUSH0 CODECOPY
    /// PUSH0 RETURN, then the STOP that stored code starts with.
    bytes12 private constant PREFIX = 0x600b380380600b5f395ff300;

    /// @notice Stores data and returns the address that has it.
    /// @dev The address is `addressOf(this, n)` for the n-th contract that this one creates, n ≥ 1.
    function write(bytes memory data) internal returns (address where) {
        bytes memory creation = abi.encodePacked(PREFIX, data);
        assembly ("memory-safe") {
            where := create(0, add(creation, 0x20), mload(creation))
        }
        if (where == address(0)) revert CodeNotStored(data.length);
    }

    /// @notice Returns what `write` stored at an address that it returned.
    function read(address where) internal view returns (bytes memory data) {
        assembly ("memory-safe") {
            let size := sub(extcodesize(where), 1)
            data := mload(0x40)
            mstore(0x40, add(data, and(add(size, 0x3f), not(0x1f))))
            mstore(data, size)
            extcodecopy(where, add(data, 0x20), 1, size)
        }
    }

    /// @notice Returns the address of the contract that `creator` creates with a nonce: the last 20 bytes
    /// of keccak256(RLP(creator, nonce)).
    /// @param nonce between 1, that of the first contract that a contract creates, and 2⁶⁴ - 2 (EIP-2681)
    function addressOf(address creator, uint64 nonce) internal pure returns (address) {
        bytes memory encoded;
        if (nonce < 0x80) {
            encoded = abi.encodePacked(uint8(nonce)); // a small number is its own encoding
        } else {
            uint256 length = 8;
            while (nonce >> (8 * (length - 1)) == 0) length--;
            encoded = abi.encodePacked(uint8(0x80 + length), bytes8(nonce << uint64(64 - 8 * length)));
            assembly ("memory-safe") {
                mstore(encoded, add(1, length))
            }
        }
        bytes memory list = abi.encodePacked(uint8(0xc0 + 21 + encoded.length), uint8(0x80 + 20), creator, encoded);
        return address(uint160(uint256(keccak256(list))));
    }
}

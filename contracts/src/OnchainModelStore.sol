// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title Bytes kept as the code of contracts that cannot be called.
/// @notice Code costs 200 gas per byte to write and 3 per word to read, storage 690 per byte and 66 per
/// byte. A piece of code begins with the instruction STOP, so that a call of it does nothing.
library OnchainModelStore {
    /// @notice Writing code failed: it is longer than the chain allows, or gas ran out.
    error StoreFailed();

    /// @notice Bytes in every piece of a model's data but the last: 767 words, the most that fit, after
    /// STOP, the 24,576 bytes of EIP-170.
    uint256 internal constant PIECE = 24_544;

    /// @notice Bytes that one piece of code can hold at most.
    uint256 internal constant MOST = 24_575;

    /// @notice Writes `data` as code and returns where.
    function write(bytes memory data) internal returns (address pointer) {
        // The creation code returns what follows its first 11 bytes:
        //     PUSH1 11  MSIZE  DUP2  CODESIZE  SUB  DUP1  SWAP3  MSIZE  CODECOPY  RETURN
        bytes memory creation = abi.encodePacked(hex"600b5981380380925939f3", hex"00", data);
        assembly ("memory-safe") {
            pointer := create(0, add(creation, 0x20), mload(creation))
        }
        if (pointer == address(0)) revert StoreFailed();
    }

    /// @notice Returns all bytes at `pointer`.
    function read(address pointer) internal view returns (bytes memory data) {
        assembly ("memory-safe") {
            let n := sub(extcodesize(pointer), 1)
            data := mload(0x40)
            mstore(data, n)
            extcodecopy(pointer, add(data, 0x20), 1, n)
            // A word of zeros follows: what is read beyond the end is the same everywhere.
            mstore(add(add(data, 0x20), n), 0)
            mstore(0x40, and(add(add(data, 0x5f), n), not(0x1f)))
        }
    }

    /// @notice Copies bytes `from` … `from + length − 1` of the pieces to memory.
    /// @dev The bytes must be there: the check of a model sees to it.
    function copy(address[] memory pieces, uint256 from, uint256 length, uint256 to) internal view {
        assembly ("memory-safe") {
            let piece := add(add(pieces, 0x20), shl(5, div(from, PIECE)))
            let pos := mod(from, PIECE)
            for {} length {} {
                let n := sub(PIECE, pos)
                if gt(n, length) { n := length }
                extcodecopy(mload(piece), to, add(pos, 1), n)
                to := add(to, n)
                length := sub(length, n)
                piece := add(piece, 0x20)
                pos := 0
            }
        }
    }
}

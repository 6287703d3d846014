// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The data of a model: pieces of bytes that are the code of contracts.
library OnchainModelStore {
    /// @notice Bytes in every piece but the last: 767 words, the most that fit, after STOP, the 24,576
    /// bytes of EIP-170.
    uint256 internal constant PIECE = 24_544;

    /// @notice Copies bytes `from` … `from + length − 1` of the pieces to memory.
    /// @dev The bytes must be there: the check of a model sees to it.
    function copy(address[] memory pieces, uint256 from, uint256 length, uint256 to) internal view {
        assembly ("memory-safe") {
            let piece := add(add(pieces, 0x20), shl(5, div(from, PIECE)))
            let skip := mod(from, PIECE)
            for {} length {} {
                let n := sub(PIECE, skip)
                if gt(n, length) { n := length }
                extcodecopy(mload(piece), to, add(skip, 1), n)
                to := add(to, n)
                length := sub(length, n)
                piece := add(piece, 0x20)
                skip := 0
            }
        }
    }
}

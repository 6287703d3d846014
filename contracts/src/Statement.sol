// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title The public inputs of an inference circuit, computed from calldata.
/// @notice Every circuit has three public inputs, whatever the sizes of its tensors:
///
///     D  hash of the statement,
///     Z  challenge, Poseidon2(D, words) over the words that the circuit holds,
///     E  = ∑ wⱼ⋅Zʲ over the same words.
///
/// @dev The words of a statement are
///
///     w₀ = len(input)⋅2¹²⁸ + len(output)⋅2⁶⁴ + len(commitments),
///     28-byte chunks of `input`, big endian, the last one padded with zero bytes on the right,
///     28-byte chunks of `output`, likewise,
///     the commitments.
///
/// A chunk has 28 bytes so that elements of 1, 2, 4 or 7 bytes never straddle two chunks.
///
/// Soundness. The contract computes D and E from calldata and the proof shows that the circuit's own
/// words w' satisfy Z = Poseidon2(D, w') and E = ∑ w'ⱼ⋅Zʲ. Z is fixed only after D, which fixes the
/// words w of calldata, and after w'. If w ≠ w', the difference of the two polynomials is non-zero and
/// has at most n roots, n the larger number of words; Z is one of them with probability at most n/R
/// per hash evaluation. w₀ fixes the three lengths, so that two statements never share their words.
/// Every word is below R, none is reduced: chunks because 28 bytes are below 2²²⁴, w₀ because calldata
/// lengths are below 2⁶⁴, commitments by a check.
library Statement {
    /// @notice A commitment is not below the field order.
    error CommitmentNotInField(uint256 index);

    /// Order of the scalar field of BN254:
    ///     t = 4965661367192848881
    ///     R = 36⋅t⁴ + 36⋅t³ + 18⋅t² + 6⋅t + 1
    uint256 internal constant R = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001;

    bytes32 private constant TAG = keccak256("zkml.statement.v1");

    /// @notice Computes D, the hash of everything that the statement says, reduced modulo R.
    function digest(
        bytes32 model,
        bytes32 context,
        bytes calldata input,
        bytes calldata output,
        bytes32[] calldata commitments
    ) internal pure returns (uint256) {
        bytes32 h = keccak256(
            abi.encode(
                TAG, model, context, keccak256(input), keccak256(output), keccak256(abi.encodePacked(commitments))
            )
        );
        return uint256(h) % R;
    }

    /// @notice Computes E, the polynomial of the statement's words at z; reverts unless every
    /// commitment is below R.
    /// @param z the challenge, below R
    function evaluate(uint256 z, bytes calldata input, bytes calldata output, bytes32[] calldata commitments)
        internal
        pure
        returns (uint256 e)
    {
        // Horner, last word first. An accumulator is not reduced after the addition: a product is below
        // R and a word is too, so the sum is below 2²⁵⁵, and the next mulmod reduces it.
        for (uint256 i = commitments.length; i > 0;) {
            unchecked {
                --i;
            }
            uint256 w = uint256(commitments[i]);
            if (w >= R) revert CommitmentNotInField(i);
            assembly ("memory-safe") {
                e := add(mulmod(e, z, R), w)
            }
        }
        assembly ("memory-safe") {
            // fold continues the Horner sum with the chunks of `length` bytes at `offset`.
            function fold(acc, point, offset, length) -> sum {
                sum := acc
                let rest := mod(length, 28)
                let end := sub(add(offset, length), rest)
                if rest {
                    // The bytes after the last chunk belong to something else: cut them off.
                    let cut := shl(3, sub(32, rest))
                    sum := add(mulmod(sum, point, R), shl(sub(cut, 32), shr(cut, calldataload(end))))
                }
                for {} gt(end, offset) {} {
                    end := sub(end, 28)
                    sum := add(mulmod(sum, point, R), shr(32, calldataload(end)))
                }
            }
            e := fold(e, z, output.offset, output.length)
            e := fold(e, z, input.offset, input.length)
            let lengths := add(add(shl(128, input.length), shl(64, output.length)), commitments.length)
            e := addmod(mulmod(e, z, R), lengths, R)
        }
    }
}

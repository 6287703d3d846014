// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {OnchainModelStore as Store} from "./OnchainModelStore.sol";

/// @title Proves that the sums of a set of rows fit their lanes.
/// @notice For cells in [least, greatest] the sum of a row with positive weights P and negative ones −N
/// in total lies in [P⋅least − N⋅greatest, P⋅greatest − N⋅least]. With its bias it must lie in
/// [−2^(L−1), 2^(L−1)). Where words are multiplied by cells of several places, the lanes above the rows are
/// those of the next place, and no weight may be in them.
library OnchainModelLanes {
    /// @notice The sum of a row may leave its lane.
    error LaneOverflow(uint256 row);

    uint256 private constant TILE = 1024;

    struct Shape {
        uint256 terms;
        uint256 set; // words of one term
        uint256 lane; // bits
        uint256 rows;
        int256 least;
        int256 greatest;
        bool together; // the lanes of a word above the rows are of other places; one word of a term
    }

    /// @dev Words in memory. The digits of a word are its weights: those in [−2^(L−1), 2^(L−1)) whose
    /// sum ∑_r w_r⋅2^(L⋅r) it is, modulo 2²⁵⁶.
    struct Totals {
        uint256[4] sums; // lanes of ∑ w, as a sum of words
        uint256[4] magnitudes; // lanes of ∑ |w|
        uint256 overflow; // has the top bit of a lane if that of ∑ |w| ever exceeded 2^(L−1) − 1
    }

    /// @notice Checks the rows of the set whose biases and words start at `data`.
    function check(address[] memory pieces, uint256 data, Shape memory s) internal view {
        unchecked {
            uint256[4] memory biases;
            uint256 pos;
            assembly ("memory-safe") {
                pos := biases
            }
            Store.copy(pieces, data, s.set << 5, pos);
            data += s.set << 5;
            Totals memory t;
            uint256 buffer;
            assembly ("memory-safe") {
                buffer := mload(0x40)
                mstore(0x40, add(buffer, shl(5, TILE)))
            }
            uint256 tops = _repeat(s.lane, 1 << (s.lane - 1));
            for (uint256 left = s.terms * s.set; left > 0;) {
                uint256 n = left < TILE ? left : TILE;
                Store.copy(pieces, data, n << 5, buffer);
                _add(t, s, tops, buffer, n);
                data += n << 5;
                left -= n;
            }
            uint256 perWord = 256 / s.lane;
            for (uint256 row = 0; row < s.rows; ++row) {
                _row(t, s, tops, row, biases[row / perWord], row / perWord, (row % perWord) * s.lane);
            }
            // No lane of a row has overflowed into these.
            if (s.together && (t.magnitudes[0] | t.overflow) >> (s.rows * s.lane) != 0) revert LaneOverflow(s.rows);
        }
    }

    function _repeat(uint256 lane, uint256 digit) private pure returns (uint256 word) {
        unchecked {
            for (uint256 pos = 0; pos + lane <= 256; pos += lane) {
                word |= digit << pos;
            }
        }
    }

    /// @dev Adds n words to the totals. TILE is a multiple of every size of a set.
    function _add(Totals memory t, Shape memory s, uint256 tops, uint256 words, uint256 n) private pure {
        unchecked {
            uint256 lane = s.lane;
            uint256 ones = tops >> (lane - 1);
            uint256 used = tops | (tops - ones);
            for (uint256 j = 0; j < s.set; ++j) {
                uint256 sum = t.sums[j];
                uint256 magnitude = t.magnitudes[j];
                uint256 overflow = t.overflow;
                uint256 step = s.set << 5;
                assembly ("memory-safe") {
                    let end := add(words, shl(5, n))
                    for { let pos := add(words, shl(5, j)) } lt(pos, end) { pos := add(pos, step) } {
                        let w := mload(pos)
                        sum := add(sum, w)
                        // Adding 2^(L−1) to every digit makes the digits unsigned; flipping that bit
                        // leaves each in two's complement.
                        let d := and(xor(add(w, tops), tops), used)
                        let negative := shr(sub(lane, 1), and(d, tops))
                        let ofNegative := sub(shl(lane, negative), negative) // all bits of their lanes
                        d := add(xor(d, and(ofNegative, used)), negative)
                        // Both terms are below 2^(L−1) + 1 unless overflow has been seen.
                        magnitude := add(magnitude, d)
                        overflow := or(overflow, and(magnitude, tops))
                    }
                }
                t.sums[j] = sum;
                t.magnitudes[j] = magnitude;
                t.overflow = overflow;
            }
        }
    }

    /// @dev Checks one row, whose lane starts at bit `at` of word j of the set.
    function _row(Totals memory t, Shape memory s, uint256 tops, uint256 row, uint256 biasWord, uint256 j, uint256 pos)
        private
        pure
    {
        unchecked {
            int256 half = int256(1 << (s.lane - 1));
            uint256 mask = uint256(2 * half - 1);
            if ((t.overflow >> pos) & mask != 0) revert LaneOverflow(row);
            int256 magnitude = int256((t.magnitudes[j] >> pos) & mask);
            int256 sum = int256(((t.sums[j] + tops) >> pos) & mask) - half;
            int256 bias = int256((biasWord >> pos) & mask) - half;
            int256 positive = (magnitude + sum) / 2;
            int256 negative = (magnitude - sum) / 2;
            if (
                bias + positive * s.greatest - negative * s.least >= half
                    || bias + positive * s.least - negative * s.greatest < -half
            ) revert LaneOverflow(row);
        }
    }
}

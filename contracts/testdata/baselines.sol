// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @title One dense layer as a Solidity programmer would write it: weights in storage, checked arithmetic.
contract NaiveDense {
    int256[] private _weights;

    function append(int256[] calldata weights) external {
        for (uint256 i = 0; i < weights.length; i++) {
            _weights.push(weights[i]);
        }
    }

    function evaluate(uint256 rows, int256[] calldata x) external view returns (int256[] memory y) {
        y = new int256[](rows);
        for (uint256 r = 0; r < rows; r++) {
            for (uint256 k = 0; k < x.length; k++) {
                y[r] += _weights[r * x.length + k] * x[k];
            }
        }
    }
}

/// @title One dense layer with a signed byte for each weight, in code, 32 in a word, one product at a time.
/// @notice The number of terms must be a multiple of 32.
contract ScalarDense {
    address[] private _pieces;

    function append(bytes calldata weights) external {
        bytes memory creation = abi.encodePacked(hex"600b380380600b5f395ff300", weights);
        address piece;
        assembly ("memory-safe") {
            piece := create(0, add(creation, 0x20), mload(creation))
        }
        require(piece != address(0));
        _pieces.push(piece);
    }

    function evaluate(uint256 rows, int256[] calldata x) external view returns (int256[] memory y) {
        y = new int256[](rows);
        uint256 w;
        uint256 cells;
        assembly ("memory-safe") {
            cells := mload(0x40)
            calldatacopy(cells, x.offset, shl(5, x.length))
            w := add(cells, shl(5, x.length))
        }
        uint256 end = w;
        for (uint256 i = 0; i < _pieces.length; i++) {
            address piece = _pieces[i];
            assembly ("memory-safe") {
                let n := sub(extcodesize(piece), 1)
                extcodecopy(piece, end, 1, n)
                end := add(end, n)
            }
        }
        for (uint256 r = 0; r < rows; r++) {
            assembly ("memory-safe") {
                let sum := 0
                for { let c := cells } lt(c, add(cells, shl(5, x.length))) { c := add(c, 0x400) } {
                    let word := mload(w)
                    w := add(w, 0x20)
                    sum := add(sum, mul(signextend(0, byte(0, word)), mload(add(c, 0x000))))
                    sum := add(sum, mul(signextend(0, byte(1, word)), mload(add(c, 0x020))))
                    sum := add(sum, mul(signextend(0, byte(2, word)), mload(add(c, 0x040))))
                    sum := add(sum, mul(signextend(0, byte(3, word)), mload(add(c, 0x060))))
                    sum := add(sum, mul(signextend(0, byte(4, word)), mload(add(c, 0x080))))
                    sum := add(sum, mul(signextend(0, byte(5, word)), mload(add(c, 0x0a0))))
                    sum := add(sum, mul(signextend(0, byte(6, word)), mload(add(c, 0x0c0))))
                    sum := add(sum, mul(signextend(0, byte(7, word)), mload(add(c, 0x0e0))))
                    sum := add(sum, mul(signextend(0, byte(8, word)), mload(add(c, 0x100))))
                    sum := add(sum, mul(signextend(0, byte(9, word)), mload(add(c, 0x120))))
                    sum := add(sum, mul(signextend(0, byte(10, word)), mload(add(c, 0x140))))
                    sum := add(sum, mul(signextend(0, byte(11, word)), mload(add(c, 0x160))))
                    sum := add(sum, mul(signextend(0, byte(12, word)), mload(add(c, 0x180))))
                    sum := add(sum, mul(signextend(0, byte(13, word)), mload(add(c, 0x1a0))))
                    sum := add(sum, mul(signextend(0, byte(14, word)), mload(add(c, 0x1c0))))
                    sum := add(sum, mul(signextend(0, byte(15, word)), mload(add(c, 0x1e0))))
                    sum := add(sum, mul(signextend(0, byte(16, word)), mload(add(c, 0x200))))
                    sum := add(sum, mul(signextend(0, byte(17, word)), mload(add(c, 0x220))))
                    sum := add(sum, mul(signextend(0, byte(18, word)), mload(add(c, 0x240))))
                    sum := add(sum, mul(signextend(0, byte(19, word)), mload(add(c, 0x260))))
                    sum := add(sum, mul(signextend(0, byte(20, word)), mload(add(c, 0x280))))
                    sum := add(sum, mul(signextend(0, byte(21, word)), mload(add(c, 0x2a0))))
                    sum := add(sum, mul(signextend(0, byte(22, word)), mload(add(c, 0x2c0))))
                    sum := add(sum, mul(signextend(0, byte(23, word)), mload(add(c, 0x2e0))))
                    sum := add(sum, mul(signextend(0, byte(24, word)), mload(add(c, 0x300))))
                    sum := add(sum, mul(signextend(0, byte(25, word)), mload(add(c, 0x320))))
                    sum := add(sum, mul(signextend(0, byte(26, word)), mload(add(c, 0x340))))
                    sum := add(sum, mul(signextend(0, byte(27, word)), mload(add(c, 0x360))))
                    sum := add(sum, mul(signextend(0, byte(28, word)), mload(add(c, 0x380))))
                    sum := add(sum, mul(signextend(0, byte(29, word)), mload(add(c, 0x3a0))))
                    sum := add(sum, mul(signextend(0, byte(30, word)), mload(add(c, 0x3c0))))
                    sum := add(sum, mul(signextend(0, byte(31, word)), mload(add(c, 0x3e0))))
                }
                mstore(add(add(y, 0x20), shl(5, r)), sum)
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

/// @title ERC-7007: a token of content that a model made (the interface is CC0).
/// @dev The text of the standard says that the ERC-165 identifier is 0x7e52e423, the functions below give
/// 0x2a8ab591. Report both.
interface IERC7007 is IERC721 {
    /// @notice A token was made for `prompt`.
    event Mint(
        address indexed to,
        uint256 indexed tokenId,
        bytes indexed prompt,
        bytes aigcData,
        string uri,
        bytes proof
    );

    /// @notice Makes the token of a prompt.
    /// @return tokenId a hash of the prompt
    function mint(
        address to,
        bytes calldata prompt,
        bytes calldata aigcData,
        string calldata uri,
        bytes calldata proof
    ) external returns (uint256 tokenId);

    /// @notice Returns whether `proof` shows that the model makes `aigcData` of `prompt`.
    function verify(bytes calldata prompt, bytes calldata aigcData, bytes calldata proof)
        external
        view
        returns (bool success);
}

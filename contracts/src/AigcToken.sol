// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721URIStorage} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721URIStorage.sol";
import {IERC7007} from "./IERC7007.sol";
import {IInferenceVerifier} from "./IInferenceVerifier.sol";
import {ModelRegistry} from "./ModelRegistry.sol";
import {VerifierRouter} from "./VerifierRouter.sol";

/// @title Tokens of content that a registered model made (ERC-7007).
/// @notice A token is made for a prompt, the model's public input, by a proof that the model's output for it
/// is the token's content. The proof binds the receiver and the uri of the token: who sees it on its way
/// to the chain can mint with it what its maker wanted, and nothing else. A prompt belongs to whoever is
/// first to have proved it; one who wants to hide it until then must send the transaction privately.
contract AigcToken is ERC721URIStorage, IERC7007 {
    /// @notice What the `proof` of ERC-7007 holds here, as abi.encode writes it.
    /// @param to receiver of the token
    /// @param uriHash keccak256 of the token's uri
    /// @param commitments one field element per committed tensor
    /// @param key verifying key in its calldata form
    /// @param proof proof in its calldata form, the challenge Z first
    struct AigcProof {
        address to;
        bytes32 uriHash;
        bytes32[] commitments;
        bytes key;
        bytes proof;
    }

    /// @notice The proof is one for another receiver or another uri.
    error MintMismatch();

    /// @notice The owner of the model asked not to use it any more.
    error ModelDeprecated(uint256 modelId);

    bytes32 private constant CONTEXT_TAG = keccak256("zkml.aigc.v1");

    /// The identifier that the text of ERC-7007 has.
    bytes4 private constant DECLARED_ID = 0x7e52e423;

    /// @notice The registry of the model.
    ModelRegistry public immutable registry;

    /// @notice The verifiers that this contract asks.
    VerifierRouter public immutable router;

    /// @notice The model that makes the content.
    uint256 public immutable modelId;

    constructor(
        ModelRegistry registry_,
        VerifierRouter router_,
        uint256 modelId_,
        string memory name_,
        string memory symbol_
    ) ERC721(name_, symbol_) {
        registry_.termsOf(modelId_); // reverts if there is no such model
        registry = registry_;
        router = router_;
        modelId = modelId_;
    }

    /// @inheritdoc IERC7007
    /// @dev `proof` is abi.encode(AigcProof). Reverts with errors of VerifierRouter, of VerifierStop and of
    /// the verifier as well, and with ERC721InvalidSender if the prompt has its token.
    function mint(
        address to,
        bytes calldata prompt,
        bytes calldata aigcData,
        string calldata uri,
        bytes calldata proof
    ) external returns (uint256 tokenId) {
        AigcProof memory p = abi.decode(proof, (AigcProof));
        if (p.to != to || p.uriHash != keccak256(bytes(uri))) revert MintMismatch();
        if (registry.termsOf(modelId).deprecated) revert ModelDeprecated(modelId);
        requireProof(prompt, aigcData, proof);
        tokenId = tokenIdOf(prompt);
        _mint(to, tokenId);
        _setTokenURI(tokenId, uri);
        emit Mint(to, tokenId, prompt, aigcData, uri, proof);
    }

    /// @inheritdoc IERC7007
    /// @dev False for whatever makes `requireProof` revert, too little gas among it.
    function verify(bytes calldata prompt, bytes calldata aigcData, bytes calldata proof)
        external
        view
        returns (bool success)
    {
        try this.requireProof(prompt, aigcData, proof) {
            return true;
        } catch {
            return false;
        }
    }

    /// @notice Reverts unless `proof`, an abi.encode(AigcProof), shows that the model makes `aigcData` of
    /// `prompt`.
    function requireProof(bytes calldata prompt, bytes calldata aigcData, bytes calldata proof) public view {
        AigcProof memory p = abi.decode(proof, (AigcProof));
        ModelRegistry.Terms memory terms = registry.termsOf(modelId);
        router.verifierOf(terms.proofSystemId).verifyInference(
            terms.circuitHash,
            terms.modelHash,
            contextOf(p.to, p.uriHash),
            p.key,
            prompt,
            aigcData,
            p.commitments,
            p.proof
        );
    }

    /// @notice Returns the context that a proof must bind.
    function contextOf(address to, bytes32 uriHash) public view returns (bytes32) {
        return keccak256(abi.encode(CONTEXT_TAG, block.chainid, address(this), modelId, to, uriHash));
    }

    /// @notice Returns the id of the token of a prompt.
    function tokenIdOf(bytes calldata prompt) public pure returns (uint256) {
        return uint256(keccak256(prompt));
    }

    /// @notice Reports ERC-165, ERC-721 with its metadata, ERC-4906 and ERC-7007 by both of its identifiers.
    function supportsInterface(bytes4 interfaceId)
        public
        view
        override(ERC721URIStorage, IERC165)
        returns (bool)
    {
        return interfaceId == type(IERC7007).interfaceId || interfaceId == DECLARED_ID
            || super.supportsInterface(interfaceId);
    }
}

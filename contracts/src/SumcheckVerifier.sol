// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Curve} from "./Curve.sol";
import {InferenceVerifier} from "./InferenceVerifier.sol";
import {Statement} from "./Statement.sol";

/// @title What the verifiers of inferences proved with sumcheck and Mercury share.
/// @notice The prover commits to columns of field elements with KZG, reduces the whole inference to one
/// evaluation of one multilinear polynomial, opens that with Mercury (ePrint 2025/385), and shows the
/// reduction itself with a proof of a circuit, the wrap, which has three public inputs and no BSB22
/// commitment. Which proof system proves the wrap is left to `_verifyWrap`.
///
/// @dev G1 points are encoded as in EIP-196, x‖y, G2 points as in EIP-197, x₁‖x₀‖y₁‖y₀, 32 bytes a
/// coordinate, big endian; field elements are 32 bytes, big endian.
///
/// A key is that of the wrap, with -[τ]₂ in it, and then, for each of the M columns of the model, a
/// commitment:
///
///     0x000  n⋅2³² + t₁⋅2¹⁶ + W
///     0x020  C_{W+1} … C_{W+M}  G1
///
/// τ is the secret of the SRS, whose generators are those of EIP-197. Columns have 2ⁿ elements and a
/// blinding one, 2 ≤ n ≤ 28, seen as a matrix with rows of b = 2^t₁, t₁ = ⌊n/2⌋. The other t₂ = n - t₁
/// variables number its rows.
///
/// A proof has the W ≥ 1 columns of the witness, C₁ … C_W, and after these 960 bytes and the wrap:
///
///     0x000  [h]  G1      0x160  g(ζ)            0x2a0  [q_L]  G1      0x3c0  the wrap
///     0x040  [q]  G1      0x180  g(1/ζ)          0x2e0  v
///     0x080  [g]  G1      0x1a0  h(ζ)            0x300  ρ
///     0x0c0  h(α)         0x1c0  h(1/ζ)          0x320  P₁(ζ)
///     0x0e0  [S]  G1      0x1e0  S(ζ)            0x340  P₁(1/ζ)
///     0x120  [D]  G1      0x200  S(1/ζ)          0x360  P₂(ζ)
///                         0x220  [H]    G1       0x380  P₂(1/ζ)
///                         0x260  [q_m]  G1       0x3a0  Z'
///
/// The wrap speaks of ten words, x₀ to x₉ in this order,
///
///     d, Z, E, ρ, ζ, v, P₁(ζ), P₁(1/ζ), P₂(ζ), P₂(1/ζ)      d = keccak256(tag ‖ D ‖ C₁ ‖ … ‖ C_W)
///
/// d stands for D, which it fixes together with the witness columns. The model's name, which D hashes,
/// fixes the key and with it the columns of the model. The wrap's circuit draws its challenges from d,
/// ρ the last of them, after the values at a point u of all K = W + M columns, and shows that v is
/// ∑ ρᵏ⁻¹ times these values and that P₁ and P₂ are eq(⋅, u₁ … u_t₁) and eq(⋅, u_{t₁+1} … u_n) as
/// polynomials in one variable, of degrees below 2^t₁ and 2^t₂. What is left is that f = ∑ ρᵏ⁻¹⋅f_k, which
/// [f] = ∑ ρᵏ⁻¹⋅C_k commits to, has the value v at u.
///
/// The words are bound to the wrap as the words of a statement to its circuit, see Statement, because a
/// public input is dearer than ten words: the public inputs are
///
///     D' = keccak256(tag ‖ x₀ ‖ … ‖ x₉)      Z' = Poseidon2(D', x₀, …, x₉)      E' = ∑ xⱼ⋅Z'ʲ
///
/// of which the contract computes D' and E' from the words that it has and takes Z' from the proof, while
/// the circuit computes Z' and E' from its own words x'. D' fixes x and Z' is a hash of D' and x', so both
/// are fixed before Z'. If they differ, two polynomials of degree 9 agree at Z', with probability at most
/// 9/R per hash evaluation. Every word is below R, none is reduced.
///
/// Mercury. Let f = ∑ Xʲ⋅f_j(Xᵇ) with j < b, and
///
///     h(Y) = ∑ eq(j, u₁ … u_t₁)⋅f_j(Y)           so that v = ⟨h, P₂⟩
///     f = q⋅(Xᵇ - α) + g, deg g < b              so that h(α) = ⟨g, P₁⟩
///     D(X) = Xᵇ⁻¹⋅g(1/X)                         is a polynomial because deg g < b
///     g(X)P₁(1/X) + g(1/X)P₁(X) + γ⋅(h(X)P₂(1/X) + h(1/X)P₂(X)) = 2⋅(h(α) + γv) + X⋅S(X) + S(1/X)/X
///     H = (f - (ζᵇ - α)⋅q - g(ζ))/(X - ζ)
///
/// The claimed values of g, h, S and D on S_g = S_S = {ζ, 1/ζ}, S_h = T = {ζ, 1/ζ, α} and S_D = {ζ} are
/// opened together (Boneh, Drake, Fisch, Gabizon 2020): with p₀ … p₃ = g, h, S, D, pᵢ* their interpolants
/// and Z_A the polynomial that vanishes on A,
///
///     q_m = ∑ βⁱ⋅Z_{T∖Sᵢ}⋅(pᵢ - pᵢ*)/Z_T
///     q_L = (∑ βⁱ⋅Z_{T∖Sᵢ}(y)⋅(pᵢ - pᵢ*(y)) - Z_T(y)⋅q_m)/(X - y)
///
/// The states of the transcript are hashes, a challenge is a state modulo R, δ times what the interpolants
/// divide by, so that nothing need be inverted:
///
///     s₀ = keccak256(keccak256("zkml.mercury.v1") ‖ d ‖ ρ ‖ v)
///     α   s₁ = keccak256(s₀ ‖ [h])
///     γ   s₂ = keccak256(s₁ ‖ [q] ‖ [g] ‖ h(α))
///     ζ   s₃ = keccak256(s₂ ‖ [S] ‖ [D])
///     β   s₄ = keccak256(s₃ ‖ g(ζ) ‖ g(1/ζ) ‖ h(ζ) ‖ h(1/ζ) ‖ S(ζ) ‖ S(1/ζ) ‖ [H])
///     y   s₅ = keccak256(s₄ ‖ [q_m])
///     δ   s₆ = keccak256(s₅ ‖ [q_L]), times ζ²⋅(ζ² - 1)⋅(ζ - α)⋅(1 - αζ)
///
/// The verifier checks the identity of S at ζ,
///
///     (1)  g(ζ)P₁(1/ζ) + g(1/ζ)P₁(ζ) + γ⋅(h(ζ)P₂(1/ζ) + h(1/ζ)P₂(ζ)) = 2⋅(h(α) + γv) + ζS(ζ) + S(1/ζ)/ζ
///
/// and, with G the generator of G1 and D(ζ) = ζᵇ⁻¹⋅g(1/ζ),
///
///     U = [f] - (ζᵇ - α)[q] - g(ζ)G + ζ[H]
///         + δ⋅(∑ βⁱ⋅Z_{T∖Sᵢ}(y)⋅([pᵢ] - pᵢ*(y)⋅G) - Z_T(y)[q_m] + y[q_L])
///     (2)  e(U, [1]₂)⋅e([H] + δ[q_L], -[τ]₂) = 1
///
/// ζ⋅(ζ² - 1)⋅(ζ - α)⋅(1/ζ - α)⋅α = 0 and y in T are refused: with any of them the interpolants are not
/// defined or an opening shows nothing.
///
/// The wrap's own equation (3), a product of pairings too, is checked together with (2), as (3)⋅(2)^λ with
///
///     λ = keccak256(tag ‖ keccak256(key) ‖ x₀ ‖ … ‖ x₉ ‖ the proof)
///
/// Soundness of the merge. The left sides of (2) and (3) are elements of the target group, of prime
/// order: the precompile refuses points outside G1 and G2. Both are functions of what λ hashes: the
/// points are in the key or in the proof, the scalars are words, in the proof, hashes of these, or
/// challenges, which d, ρ, v and the proof determine. So λ is drawn after both, no element is left to be
/// chosen after it, and unless both are 1, at most one λ modulo R passes: with the hash as a random oracle
/// one evaluation hits it with probability at most 6/2²⁵⁶, six being the number of 256-bit values in the
/// fullest class modulo R. δ merges the two openings of (2) by the same argument: it is drawn after all
/// else in (2).
///
/// Points. Precompiles refuse coordinates that are not reduced and points off the curve, and G1 has no
/// points outside its subgroup, so that it is enough that every point is an operand of one: of ecMul
/// C_K if K > 1, [h], [q], [g], [S], [D], [H], [q_m] and [q_L], of ecAdd C₁ … C_{K-1}, and C_K if K = 1.
///
/// The point at infinity is a point like any other. Scalars of the proof must be below R, none is reduced.
abstract contract SumcheckVerifier is InferenceVerifier {
    /// @notice The word of the key that holds n, t₁ and W is none of a model.
    error KeyParametersInvalid(uint256 parameters);

    /// @notice A scalar of the proof is not below the field order.
    /// @param position where in the proof, in bytes after the witness columns
    error ScalarNotInField(uint256 position);

    /// @notice A challenge is one of those with which an opening shows nothing.
    /// @dev No prover meets such a challenge by chance.
    error ChallengeDegenerate();

    /// @notice The claimed values break equation (1).
    error ValuesInvalid();

    /// @notice A commitment of the statement is to a column, and not to the one that the proof has, if it has any.
    /// @param index of the commitment
    error CommitmentInvalid(uint256 index);

    bytes32 private constant SEED_TAG = keccak256("zkml.sumcheck.seed.v1");
    bytes32 private constant OPENING_TAG = keccak256("zkml.mercury.v1");
    bytes32 private constant WRAP_TAG = keccak256("zkml.sumcheck.wrap.v1");
    bytes32 private constant MERGE_TAG = keccak256("zkml.sumcheck.merge.v1");
    bytes32 private constant COLUMN_TAG = keccak256("zkml.sumcheck.column.v1");

    uint256 private constant R = Statement.R;

    // Offsets after the key of the wrap.
    uint256 private constant KEY_PARAMETERS = 0x000;
    uint256 private constant KEY_COLUMNS = 0x020;

    uint256 private constant H_AT_ALPHA = 0x0c0;
    uint256 private constant G_AT_ZETA = 0x160;
    uint256 private constant G_AT_INVERSE = 0x180;
    uint256 private constant H_AT_ZETA = 0x1a0;
    uint256 private constant H_AT_INVERSE = 0x1c0;
    uint256 private constant S_AT_ZETA = 0x1e0;
    uint256 private constant S_AT_INVERSE = 0x200;
    uint256 private constant V = 0x2e0;
    uint256 private constant RHO = 0x300;
    uint256 private constant P1_AT_ZETA = 0x320;
    uint256 private constant P1_AT_INVERSE = 0x340;
    uint256 private constant P2_AT_ZETA = 0x360;
    uint256 private constant P2_AT_INVERSE = 0x380;
    uint256 private constant WRAP_Z = 0x3a0;
    uint256 private constant WRAP = 0x3c0;

    // Indices of words.
    uint256 private constant IN_RHO = 3;
    uint256 private constant IN_ZETA = 4;
    uint256 private constant IN_V = 5;

    struct Challenges {
        uint256 alpha;
        uint256 gamma;
        uint256 zeta;
        uint256 beta;
        uint256 y;
        uint256 delta;
    }

    /// What U multiplies the points of the opening with, and δ.
    struct Scalars {
        uint256 h;
        uint256 q;
        uint256 g;
        uint256 s;
        uint256 d;
        uint256 quotient; // of [H]
        uint256 qm;
        uint256 ql;
        uint256 generator;
        uint256 delta;
    }

    /// Equation (2), e(left + generator⋅G, [1]₂)⋅e(right, -[τ]₂) = 1, and λ.
    struct Opening {
        uint256[5] left;
        uint256[5] right;
        uint256 generator;
        uint256 lambda;
    }

    /// Polynomials in ζ and α.
    struct Factors {
        uint256 square; // ζ² - 1
        uint256 near; // ζ - α
        uint256 far; // 1 - αζ
        uint256 all; // the product of these
        uint256 power; // ζᵇ
    }

    /// @dev Returns the lengths of the wrap's part of a key and of its proofs.
    function _wrapLengths() internal pure virtual returns (uint256 key, uint256 proof);

    /// @dev Must revert with ProofInvalid, or a narrower error, unless `proof` is a true proof, under `key`,
    /// of the public inputs D', Z' and E' of the wrap, and `opening` is true.
    /// @param key the wrap's part of the key, of the length that `_wrapLengths` says, likewise `proof`
    /// @param opening equation (2) and λ, which hashes all of (2), `key`, `inputs` and `proof`
    function _verifyWrap(
        bytes calldata key,
        uint256[3] memory inputs,
        bytes calldata proof,
        Opening memory opening
    ) internal view virtual;

    function _proofLength(bytes calldata key) internal pure override returns (uint256) {
        (uint256 keyLength, uint256 proofLength) = _wrapLengths();
        if (key.length < keyLength + KEY_COLUMNS || (key.length - keyLength - KEY_COLUMNS) % 0x40 != 0) {
            revert KeyLengthInvalid(key.length);
        }
        uint256 parameters = Curve.word(key, keyLength + KEY_PARAMETERS);
        uint256 n = parameters >> 32;
        uint256 t1 = (parameters >> 16) & 0xffff;
        uint256 columns = parameters & 0xffff;
        if (n < 2 || n > 28 || t1 != n >> 1 || columns == 0) revert KeyParametersInvalid(parameters);
        unchecked {
            return columns * 0x40 + WRAP + proofLength;
        }
    }

    /// @dev Large committed tensors are not hashed by the wrap: each is alone in a column, C₂ the first, and
    /// its commitment is the byte 0x20 and the last 31 bytes of keccak256(tag ‖ column). The wrap shows that
    /// the commitments of these tensors begin with 0x20, and leaves their other bytes to the prover. What comes
    /// after C_W is no column.
    function _checkCommitments(bytes32[] calldata commitments, bytes calldata proof) internal pure override {
        bytes32 tag = COLUMN_TAG;
        uint256 position = 0x60; // after Z and C₁
        for (uint256 i = 0; i < commitments.length; ++i) {
            if (commitments[i][0] != 0x20) continue;
            (, uint256 wrapLength) = _wrapLengths();
            if (position + WRAP + wrapLength >= proof.length) revert CommitmentInvalid(i);
            bytes32 h = keccak256(abi.encodePacked(tag, proof[position:position + 0x40]));
            if (h << 8 != commitments[i] << 8) revert CommitmentInvalid(i);
            position += 0x40;
        }
    }

    function _verifyProof(bytes calldata key, uint256[3] memory publicInputs, bytes calldata proof)
        internal
        view
        override
    {
        (uint256 keyLength, uint256 proofLength) = _wrapLengths();
        bytes calldata rest = proof[proof.length - WRAP - proofLength:];
        uint256 wrapZ = _scalar(rest, WRAP_Z);
        uint256[10] memory words = [
            _seed(publicInputs[0], proof[:proof.length - WRAP - proofLength]),
            publicInputs[1],
            publicInputs[2],
            _scalar(rest, RHO),
            0, // ζ, not known yet
            _scalar(rest, V),
            _scalar(rest, P1_AT_ZETA),
            _scalar(rest, P1_AT_INVERSE),
            _scalar(rest, P2_AT_ZETA),
            _scalar(rest, P2_AT_INVERSE)
        ];
        Challenges memory c = _challenges(words, rest);
        words[IN_ZETA] = c.zeta;
        Factors memory t = _factors(c, (Curve.word(key, keyLength + KEY_PARAMETERS) >> 16) & 0xffff);
        _checkValues(words, rest, c);
        Scalars memory s = _scalars(rest, c, t);
        Opening memory opening;
        _combine(key[keyLength + KEY_COLUMNS:], proof, rest, s, words[IN_RHO], opening);
        opening.lambda = _mergeScalar(key, words, proof);
        _verifyWrap(key[:keyLength], _bind(words, wrapZ), rest[WRAP:], opening);
    }

    /// @dev Computes d.
    function _seed(uint256 d, bytes calldata columns) private pure returns (uint256 seed) {
        bytes32 tag = SEED_TAG;
        assembly ("memory-safe") {
            let f := mload(0x40)
            mstore(f, tag)
            mstore(add(f, 0x20), d)
            calldatacopy(add(f, 0x40), columns.offset, columns.length)
            seed := keccak256(f, add(columns.length, 0x40))
        }
        seed %= R;
    }

    /// @dev Computes D' and E'. The sum of a product and a word, both below R, is reduced by the next product.
    function _bind(uint256[10] memory words, uint256 z) private pure returns (uint256[3] memory inputs) {
        bytes32 tag = WRAP_TAG;
        uint256 modulus = R;
        assembly ("memory-safe") {
            let f := mload(0x40)
            mstore(f, tag)
            mcopy(add(f, 0x20), words, 0x140)
            let e := mload(add(words, 0x120))
            for { let at := 0x100 } at { at := sub(at, 0x20) } {
                e := add(mulmod(e, z, modulus), mload(add(words, at)))
            }
            mstore(inputs, mod(keccak256(f, 0x160), modulus))
            mstore(add(inputs, 0x20), z)
            mstore(add(inputs, 0x40), addmod(mulmod(e, z, modulus), mload(words), modulus))
        }
    }

    /// @dev Derives the challenges. What a challenge hashes lies in one piece in the proof.
    function _challenges(uint256[10] memory words, bytes calldata rest) private pure returns (Challenges memory c) {
        bytes32 tag = OPENING_TAG;
        assembly ("memory-safe") {
            // absorb replaces the state at f by the hash of it and of `size` bytes of the proof.
            function absorb(f, position, size) -> state {
                calldatacopy(add(f, 0x20), position, size)
                state := keccak256(f, add(size, 0x20))
                mstore(f, state)
            }
            let f := mload(0x40)
            mstore(f, tag)
            mstore(add(f, 0x20), mload(words))
            mstore(add(f, 0x40), mload(add(words, 0x60)))
            mstore(add(f, 0x60), mload(add(words, 0xa0)))
            mstore(f, keccak256(f, 0x80))
            mstore(c, absorb(f, rest.offset, 0x40))
            mstore(add(c, 0x20), absorb(f, add(rest.offset, 0x040), 0xa0))
            mstore(add(c, 0x40), absorb(f, add(rest.offset, 0x0e0), 0x80))
            mstore(add(c, 0x60), absorb(f, add(rest.offset, 0x160), 0x100))
            mstore(add(c, 0x80), absorb(f, add(rest.offset, 0x260), 0x40))
            mstore(add(c, 0xa0), absorb(f, add(rest.offset, 0x2a0), 0x40))
        }
        c.alpha %= R;
        c.gamma %= R;
        c.zeta %= R;
        c.beta %= R;
        c.y %= R;
        c.delta %= R;
    }

    /// @dev Computes ζᵇ and what the interpolants divide by. The field has no divisors of 0.
    function _factors(Challenges memory c, uint256 t1) private pure returns (Factors memory t) {
        uint256 alpha = c.alpha;
        uint256 zeta = c.zeta;
        t.square = Curve.sub(mulmod(zeta, zeta, R), 1);
        t.near = Curve.sub(zeta, alpha);
        t.far = Curve.sub(1, mulmod(alpha, zeta, R));
        t.all = mulmod(t.square, mulmod(t.near, t.far, R), R);
        uint256 product = mulmod(zeta, t.all, R);
        if (alpha == 0 || product == 0) revert ChallengeDegenerate();
        for (; t1 > 0;) {
            zeta = mulmod(zeta, zeta, R);
            unchecked {
                --t1;
            }
        }
        t.power = zeta;
    }

    /// @dev Checks (1), times ζ.
    function _checkValues(uint256[10] memory words, bytes calldata rest, Challenges memory c) private pure {
        uint256 left = mulmod(_scalar(rest, H_AT_ZETA), words[9], R);
        left = addmod(left, mulmod(_scalar(rest, H_AT_INVERSE), words[8], R), R);
        left = mulmod(left, c.gamma, R);
        left = addmod(left, mulmod(_scalar(rest, G_AT_ZETA), words[7], R), R);
        left = addmod(left, mulmod(_scalar(rest, G_AT_INVERSE), words[6], R), R);
        left = mulmod(left, c.zeta, R);
        uint256 right = addmod(_scalar(rest, H_AT_ALPHA), mulmod(c.gamma, words[IN_V], R), R);
        right = addmod(right, right, R);
        right = addmod(right, mulmod(c.zeta, _scalar(rest, S_AT_ZETA), R), R);
        right = addmod(mulmod(right, c.zeta, R), _scalar(rest, S_AT_INVERSE), R);
        if (left != right) revert ValuesInvalid();
    }

    /// @dev Computes what U multiplies the points with. `_checkValues` has compared the values with R.
    ///
    /// With a = y - ζ, b = ζy - 1 and e = y - α, and σ for s₆ modulo R, what δ multiplies is, of g and S
    /// e, of h 1, of D e⋅b/ζ and of [q_m] a⋅b⋅e/ζ, and the interpolants are
    ///
    ///     g*(y) = (b⋅g(ζ) - ζa⋅g(1/ζ))/(ζ² - 1), likewise S*(y)
    ///     h*(y) = (b⋅e⋅(1 - αζ)⋅h(ζ) - ζ²a⋅e⋅(ζ - α)⋅h(1/ζ) + a⋅b⋅(ζ² - 1)⋅h(α))/((ζ² - 1)⋅(ζ - α)⋅(1 - αζ))
    function _scalars(bytes calldata rest, Challenges memory c, Factors memory t)
        private
        pure
        returns (Scalars memory s)
    {
        uint256 zeta = c.zeta;
        uint256 fromZeta = Curve.sub(c.y, zeta); // a
        uint256 fromInverse = Curve.sub(mulmod(zeta, c.y, R), 1); // b
        uint256 fromAlpha = Curve.sub(c.y, c.alpha); // e
        uint256 vanishing = mulmod(mulmod(fromZeta, fromInverse, R), fromAlpha, R);
        if (vanishing == 0) revert ChallengeDegenerate();

        uint256 beta = c.beta;
        uint256 square = mulmod(beta, beta, R);
        uint256 sigma = c.delta;
        uint256 scale = mulmod(mulmod(sigma, zeta, R), t.all, R); // δ/ζ
        uint256 delta = mulmod(scale, zeta, R);
        s.g = mulmod(delta, fromAlpha, R);
        s.h = mulmod(delta, beta, R);
        s.s = mulmod(s.g, square, R);
        // of D, less a factor ζ
        uint256 reversed = mulmod(mulmod(sigma, t.all, R), fromAlpha, R);
        reversed = mulmod(mulmod(reversed, mulmod(square, beta, R), R), fromInverse, R);
        s.d = mulmod(reversed, zeta, R);

        // δ⋅∑ βⁱ⋅Z_{T∖Sᵢ}(y)⋅pᵢ*(y)
        uint256 value;
        {
            uint256 atInverse = Curve.sub(0, mulmod(zeta, fromZeta, R)); // -ζa
            value = mulmod(square, _line(rest, S_AT_ZETA, fromInverse, atInverse), R);
            value = addmod(value, _line(rest, G_AT_ZETA, fromInverse, atInverse), R);
            value = mulmod(value, mulmod(mulmod(t.near, t.far, R), fromAlpha, R), R);

            atInverse = mulmod(mulmod(atInverse, zeta, R), t.near, R);
            uint256 atHs = _line(rest, H_AT_ZETA, mulmod(fromInverse, t.far, R), atInverse);
            atHs = mulmod(atHs, fromAlpha, R);
            uint256 atAlpha = mulmod(mulmod(fromZeta, fromInverse, R), t.square, R);
            atHs = addmod(atHs, mulmod(atAlpha, Curve.word(rest, H_AT_ALPHA), R), R);
            value = addmod(value, mulmod(beta, atHs, R), R);
            value = mulmod(value, mulmod(sigma, mulmod(zeta, zeta, R), R), R);
            value = addmod(value, mulmod(mulmod(reversed, t.power, R), Curve.word(rest, G_AT_INVERSE), R), R);
        }
        s.generator = Curve.sub(0, addmod(value, Curve.word(rest, G_AT_ZETA), R));
        s.q = Curve.sub(c.alpha, t.power);
        s.quotient = zeta;
        s.qm = Curve.sub(0, mulmod(scale, vanishing, R));
        s.ql = mulmod(delta, c.y, R);
        s.delta = delta;
    }

    /// @dev Weighs two consecutive values of the proof.
    function _line(bytes calldata rest, uint256 position, uint256 first, uint256 second)
        private
        pure
        returns (uint256)
    {
        unchecked {
            return addmod(
                mulmod(Curve.word(rest, position), first, R), mulmod(Curve.word(rest, position + 0x20), second, R), R
            );
        }
    }

    /// @dev Computes λ.
    function _mergeScalar(bytes calldata key, uint256[10] memory words, bytes calldata proof)
        private
        pure
        returns (uint256 lambda)
    {
        bytes32 tag = MERGE_TAG;
        assembly ("memory-safe") {
            let f := mload(0x40)
            calldatacopy(f, key.offset, key.length)
            let keyHash := keccak256(f, key.length)
            mstore(f, tag)
            mstore(add(f, 0x20), keyHash)
            mcopy(add(f, 0x40), words, 0x140)
            calldatacopy(add(f, 0x180), proof.offset, proof.length)
            lambda := keccak256(f, add(proof.length, 0x180))
        }
    }

    /// @dev Computes the points of (2): first [f], from the last column to the first, those of the model and
    /// then those of the witness.
    /// @param model the columns of the model
    function _combine(
        bytes calldata model,
        bytes calldata proof,
        bytes calldata rest,
        Scalars memory s,
        uint256 rho,
        Opening memory opening
    ) private view {
        uint256[5] memory sum = opening.left;
        unchecked {
            uint256 columns = proof.length - rest.length;
            if (model.length == 0) {
                columns -= 0x40;
                Curve.set(sum, proof, columns);
            } else {
                Curve.set(sum, model, model.length - 0x40);
                Curve.fold(sum, model, model.length - 0x40, rho);
            }
            Curve.fold(sum, proof, columns, rho);
        }
        Curve.addScaled(sum, rest, 0x000, s.h);
        Curve.addScaled(sum, rest, 0x040, s.q);
        Curve.addScaled(sum, rest, 0x080, s.g);
        Curve.addScaled(sum, rest, 0x0e0, s.s);
        Curve.addScaled(sum, rest, 0x120, s.d);
        Curve.addScaled(sum, rest, 0x220, s.quotient);
        Curve.addScaled(sum, rest, 0x260, s.qm);
        Curve.addScaled(sum, rest, 0x2a0, s.ql);
        opening.generator = s.generator;
        Curve.set(opening.right, rest, 0x220);
        Curve.addScaled(opening.right, rest, 0x2a0, s.delta);
    }

    /// @dev Reads a scalar and checks that it is below R.
    function _scalar(bytes calldata rest, uint256 position) private pure returns (uint256 w) {
        w = Curve.word(rest, position);
        if (w >= R) revert ScalarNotInField(position);
    }
}

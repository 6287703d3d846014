// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InferenceVerifier} from "./InferenceVerifier.sol";
import {Statement} from "./Statement.sol";

/// @title Verifier of inferences proved with sumcheck, Mercury and a Groth16 wrap over BN254.
/// @notice The prover commits to columns of field elements with KZG, reduces the whole inference to one
/// evaluation of one multilinear polynomial, opens that with Mercury (ePrint 2025/385), and shows the
/// reduction itself with a Groth16 proof of a circuit with ten public inputs and no BSB22 commitment.
///
/// @dev G1 points are encoded as in EIP-196, x‖y, G2 points as in EIP-197, x₁‖x₀‖y₁‖y₀, 32 bytes a
/// coordinate, big endian; field elements are 32 bytes, big endian.
///
/// Key, 1,312 bytes and 64 for each of the M columns of the model:
///
///     0x000  -δ   G2      0x140  -γ        G2      0x480  -[τ]₂   G2
///     0x080   α   G1      0x1c0  K₀ … K₁₀  G1      0x500  n⋅2³² + t₁⋅2¹⁶ + W
///     0x0c0  -β   G2                               0x520  C_{W+1} … C_{W+M}  G1
///
/// τ is the secret of the SRS, whose generators are those of EIP-197. Columns have 2ⁿ elements and a
/// blinding one, 2 ≤ n ≤ 28, seen as a matrix with rows of b = 2^t₁, t₁ = ⌊n/2⌋. The other t₂ = n - t₁
/// variables number its rows.
///
/// Proof, 1,184 bytes and 64 for each of the W ≥ 1 columns of the witness, C₁ … C_W. After these:
///
///     0x000  [h]  G1      0x160  g(ζ)            0x2a0  [q_L]  G1      0x3a0  A  G1
///     0x040  [q]  G1      0x180  g(1/ζ)          0x2e0  v              0x3e0  B  G2
///     0x080  [g]  G1      0x1a0  h(ζ)            0x300  ρ              0x460  C  G1
///     0x0c0  h(α)         0x1c0  h(1/ζ)          0x320  P₁(ζ)
///     0x0e0  [S]  G1      0x1e0  S(ζ)            0x340  P₁(1/ζ)
///     0x120  [D]  G1      0x200  S(1/ζ)          0x360  P₂(ζ)
///                         0x220  [H]    G1       0x380  P₂(1/ζ)
///                         0x260  [q_m]  G1
///
/// The public inputs of the wrap are, K₁ to K₁₀ in this order,
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
/// The states of the transcript are hashes, a challenge is a state modulo R:
///
///     s₀ = keccak256(keccak256("zkml.mercury.v1") ‖ d ‖ ρ ‖ v)
///     α   s₁ = keccak256(s₀ ‖ [h])
///     γ   s₂ = keccak256(s₁ ‖ [q] ‖ [g] ‖ h(α))
///     ζ   s₃ = keccak256(s₂ ‖ [S] ‖ [D])
///     β   s₄ = keccak256(s₃ ‖ g(ζ) ‖ g(1/ζ) ‖ h(ζ) ‖ h(1/ζ) ‖ S(ζ) ‖ S(1/ζ) ‖ [H])
///     y   s₅ = keccak256(s₄ ‖ [q_m])
///     δ   s₆ = keccak256(s₅ ‖ [q_L])
///
/// The verifier checks the identity of S at ζ,
///
///     (1)  g(ζ)P₁(1/ζ) + g(1/ζ)P₁(ζ) + γ⋅(h(ζ)P₂(1/ζ) + h(1/ζ)P₂(ζ)) = 2⋅(h(α) + γv) + ζS(ζ) + S(1/ζ)/ζ
///
/// and, with G the generator of G1, D(ζ) = ζᵇ⁻¹⋅g(1/ζ) and L = K₀ + d⋅K₁ + … + P₂(1/ζ)⋅K₁₀,
///
///     U = [f] - (ζᵇ - α)[q] - g(ζ)G + ζ[H]
///         + δ⋅(∑ βⁱ⋅Z_{T∖Sᵢ}(y)⋅([pᵢ] - pᵢ*(y)⋅G) - Z_T(y)[q_m] + y[q_L])
///     (2)  e(U, [1]₂)⋅e([H] + δ[q_L], -[τ]₂) = 1
///     (3)  e(A, B)⋅e(C, -δ)⋅e(α, -β)⋅e(L, -γ) = 1
///
/// where the last line has the Groth16 key's own α, β, γ, δ. ζ⋅(ζ² - 1)⋅(ζ - α)⋅(1/ζ - α)⋅α = 0 and y in T
/// are refused: with any of them the interpolants are not defined or an opening shows nothing.
///
/// If γ = [1]₂, which is how ceremonies make keys, e(L, -γ)⋅e(λU, [1]₂) is computed as e(L - λU, -γ), one
/// pairing less.
///
/// (2) and (3) are checked as one pairing product, (3)⋅(2)^λ, with
///
///     λ = keccak256(tag ‖ keccak256(key) ‖ the ten public inputs ‖ the proof)
///
/// Soundness of the merge. The left sides of (2) and (3) are elements of the target group, of prime
/// order: the precompile refuses points outside G1 and G2. Both are functions of what λ hashes: the
/// points are in the key or in the proof, the scalars are public inputs, in the proof, or challenges,
/// which d, ρ, v and the proof determine. So λ is drawn after both, no element is left to be chosen
/// after it, and unless both are 1, at most one λ modulo R passes: with the hash as a random oracle one
/// evaluation hits it with probability at most 6/2²⁵⁶, six being the number of 256-bit values in the
/// fullest class modulo R. δ merges the two openings of (2) by the same argument: it is drawn after all
/// else in (2).
///
/// Points. Precompiles refuse coordinates that are not reduced and points off the curve, and G1 has no
/// points outside its subgroup, so that it is enough that every point is an operand of one:
///
///     ecMul    K₁ … K₁₀, C_K if K > 1, [h], [q], [g], [S], [D], [H], [q_m], [q_L]
///     ecAdd    K₀, C₁ … C_{K-1}, C_K if K = 1
///     pairing  A, B, C, and of the key -δ, α, -β, -γ, -[τ]₂
///
/// The point at infinity is a point like any other. Scalars of the proof must be below R, none is reduced.
contract SumcheckInferenceVerifier is InferenceVerifier {
    /// @notice The word of the key that holds n, t₁ and W is none of a model.
    error KeyParametersInvalid(uint256 parameters);

    /// @notice A scalar of the proof is not below the field order.
    /// @param position where in the proof, in bytes after the witness columns
    error ScalarNotInField(uint256 position);

    /// @notice A point of the proof, or of the key, is not on its curve or in its subgroup, or has a
    /// coordinate that is not reduced.
    /// @dev Or the chain lacks the precompiles of EIP-196 and EIP-197, or they ran out of gas.
    error PointInvalid();

    /// @notice A challenge is one of those with which an opening shows nothing.
    /// @dev No prover meets such a challenge by chance.
    error ChallengeDegenerate();

    /// @notice The claimed values break equation (1).
    error ValuesInvalid();

    /// @notice The precompile of modular exponentiation failed: the chain lacks it or it ran out of gas.
    error PrecompileFailed(uint256 precompile);

    bytes32 private constant SYSTEM = keccak256("sumcheck-groth16-bn254-v1");
    bytes32 private constant SEED_TAG = keccak256("zkml.sumcheck.seed.v1");
    bytes32 private constant OPENING_TAG = keccak256("zkml.mercury.v1");
    bytes32 private constant MERGE_TAG = keccak256("zkml.sumcheck.merge.v1");

    /// The selector of PointInvalid, a literal because assembly takes no other constant.
    uint256 private constant POINT_INVALID = 0x9052a04e;

    uint256 private constant R = Statement.R;

    /// Order of the field of the coordinates, P = 36⋅t⁴ + 36⋅t³ + 24⋅t² + 6⋅t + 1 with the t of R.
    uint256 private constant P = 0x30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47;

    // The generator of G2.
    uint256 private constant G2_X1 = 0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2;
    uint256 private constant G2_X0 = 0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed;
    uint256 private constant G2_Y1 = 0x090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b;
    uint256 private constant G2_Y0 = 0x12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa;

    uint256 private constant KEY_PARAMETERS = 0x500;
    uint256 private constant KEY_COLUMNS = 0x520;

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
    uint256 private constant REST_LENGTH = 0x4a0;

    // Indices of public inputs.
    uint256 private constant IN_D = 0;
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

    /// What U multiplies the points of the opening with, and δ and ρ; assembly reads it by offset.
    struct Scalars {
        uint256 h; // 0x000
        uint256 q; // 0x020
        uint256 g; // 0x040
        uint256 s; // 0x060
        uint256 d; // 0x080
        uint256 quotient; // 0x0a0, of [H]
        uint256 qm; // 0x0c0
        uint256 ql; // 0x0e0
        uint256 generator; // 0x100
        uint256 delta; // 0x120
        uint256 rho; // 0x140
        uint256 lambda; // 0x160
    }

    /// Powers of and distances between the challenges.
    struct Distances {
        uint256 inverse; // 1/ζ
        uint256 power; // ζᵇ
        uint256 pair; // 1/(ζ - 1/ζ)
        uint256 zeta; // 1/(ζ - α)
        uint256 other; // 1/(1/ζ - α)
    }

    function system() public pure override returns (bytes32) {
        return SYSTEM;
    }

    function _proofLength(bytes calldata key) internal pure override returns (uint256) {
        if (key.length < KEY_COLUMNS || (key.length - KEY_COLUMNS) % 0x40 != 0) revert KeyLengthInvalid(key.length);
        uint256 parameters = _word(key, KEY_PARAMETERS);
        uint256 n = parameters >> 32;
        uint256 t1 = (parameters >> 16) & 0xffff;
        uint256 columns = parameters & 0xffff;
        if (n < 2 || n > 28 || t1 != n >> 1 || columns == 0) revert KeyParametersInvalid(parameters);
        unchecked {
            return columns * 0x40 + REST_LENGTH;
        }
    }

    function _verifyProof(bytes calldata key, uint256[3] memory publicInputs, bytes calldata proof)
        internal
        view
        override
    {
        bytes calldata opening = proof[proof.length - REST_LENGTH:];
        uint256[10] memory inputs = [
            _seed(publicInputs[0], proof),
            publicInputs[1],
            publicInputs[2],
            _scalar(opening, RHO),
            0, // ζ, not known yet
            _scalar(opening, V),
            _scalar(opening, P1_AT_ZETA),
            _scalar(opening, P1_AT_INVERSE),
            _scalar(opening, P2_AT_ZETA),
            _scalar(opening, P2_AT_INVERSE)
        ];
        Challenges memory c = _challenges(inputs, opening);
        inputs[IN_ZETA] = c.zeta;
        Distances memory t = _distances(c, (_word(key, KEY_PARAMETERS) >> 16) & 0xffff);
        _checkValues(inputs, opening, c, t.inverse);
        Scalars memory s = _scalars(opening, c, t);
        s.rho = inputs[IN_RHO];
        s.lambda = _mergeScalar(key, inputs, proof);
        _checkProduct(key, inputs, proof, opening, s);
    }

    /// @dev Computes d.
    function _seed(uint256 d, bytes calldata proof) private pure returns (uint256 seed) {
        bytes32 tag = SEED_TAG;
        assembly ("memory-safe") {
            let f := mload(0x40)
            let size := sub(proof.length, REST_LENGTH)
            mstore(f, tag)
            mstore(add(f, 0x20), d)
            calldatacopy(add(f, 0x40), proof.offset, size)
            seed := keccak256(f, add(size, 0x40))
        }
        seed %= R;
    }

    /// @dev Derives the challenges. What a challenge hashes lies in one piece in the proof.
    function _challenges(uint256[10] memory inputs, bytes calldata opening) private pure returns (Challenges memory c) {
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
            mstore(add(f, 0x20), mload(inputs))
            mstore(add(f, 0x40), mload(add(inputs, 0x60)))
            mstore(add(f, 0x60), mload(add(inputs, 0xa0)))
            mstore(f, keccak256(f, 0x80))
            mstore(c, absorb(f, opening.offset, 0x40))
            mstore(add(c, 0x20), absorb(f, add(opening.offset, 0x040), 0xa0))
            mstore(add(c, 0x40), absorb(f, add(opening.offset, 0x0e0), 0x80))
            mstore(add(c, 0x60), absorb(f, add(opening.offset, 0x160), 0x100))
            mstore(add(c, 0x80), absorb(f, add(opening.offset, 0x260), 0x40))
            mstore(add(c, 0xa0), absorb(f, add(opening.offset, 0x2a0), 0x40))
        }
        c.alpha %= R;
        c.gamma %= R;
        c.zeta %= R;
        c.beta %= R;
        c.y %= R;
        c.delta %= R;
    }

    /// @dev Computes ζᵇ and, with one inversion, what the interpolants divide by. The inverse of 0 that the
    /// precompile returns is 0, hence the check of the product.
    function _distances(Challenges memory c, uint256 t1) private view returns (Distances memory t) {
        uint256 alpha = c.alpha;
        uint256 zeta = c.zeta;
        uint256 square = _sub(mulmod(zeta, zeta, R), 1);
        uint256 near = _sub(zeta, alpha);
        uint256 far = _sub(1, mulmod(alpha, zeta, R)); // ζ⋅(1/ζ - α)
        uint256 first = mulmod(zeta, square, R);
        uint256 second = mulmod(near, far, R);
        uint256 product = mulmod(first, second, R);
        uint256 inverse = _inverse(product);
        if (alpha == 0 || mulmod(product, inverse, R) != 1) revert ChallengeDegenerate();

        second = mulmod(inverse, second, R); // 1/(ζ⋅(ζ² - 1))
        first = mulmod(inverse, first, R); // 1/((ζ - α)⋅(1 - αζ))
        t.inverse = mulmod(second, square, R);
        t.pair = mulmod(mulmod(second, zeta, R), zeta, R);
        t.zeta = mulmod(first, far, R);
        t.other = mulmod(mulmod(first, near, R), zeta, R);
        for (; t1 > 0;) {
            zeta = mulmod(zeta, zeta, R);
            unchecked {
                --t1;
            }
        }
        t.power = zeta;
    }

    /// @dev Checks (1).
    function _checkValues(
        uint256[10] memory inputs,
        bytes calldata opening,
        Challenges memory c,
        uint256 inverse
    ) private pure {
        uint256 left = mulmod(_scalar(opening, H_AT_ZETA), inputs[9], R);
        left = addmod(left, mulmod(_scalar(opening, H_AT_INVERSE), inputs[8], R), R);
        left = mulmod(left, c.gamma, R);
        left = addmod(left, mulmod(_scalar(opening, G_AT_ZETA), inputs[7], R), R);
        left = addmod(left, mulmod(_scalar(opening, G_AT_INVERSE), inputs[6], R), R);
        uint256 right = addmod(_scalar(opening, H_AT_ALPHA), mulmod(c.gamma, inputs[IN_V], R), R);
        right = addmod(right, right, R);
        right = addmod(right, mulmod(c.zeta, _scalar(opening, S_AT_ZETA), R), R);
        right = addmod(right, mulmod(inverse, _scalar(opening, S_AT_INVERSE), R), R);
        if (left != right) revert ValuesInvalid();
    }

    /// @dev Computes what U multiplies the points with. `_checkValues` has compared the values with R.
    function _scalars(bytes calldata opening, Challenges memory c, Distances memory t)
        private
        pure
        returns (Scalars memory s)
    {
        uint256 y = c.y;
        uint256 fromZeta = _sub(y, c.zeta);
        uint256 fromInverse = _sub(y, t.inverse);
        uint256 fromAlpha = _sub(y, c.alpha);
        uint256 vanishing = mulmod(mulmod(fromZeta, fromInverse, R), fromAlpha, R);
        if (vanishing == 0) revert ChallengeDegenerate();

        uint256 beta = c.beta;
        uint256 delta = c.delta;
        // δ⋅βⁱ⋅Z_{T∖Sᵢ}(y)
        uint256 scale = mulmod(delta, fromAlpha, R);
        s.g = scale;
        s.h = mulmod(delta, beta, R);
        scale = mulmod(scale, mulmod(beta, beta, R), R);
        s.s = scale;
        s.d = mulmod(mulmod(scale, beta, R), fromInverse, R);

        // δ⋅∑ βⁱ⋅Z_{T∖Sᵢ}(y)⋅pᵢ*(y), with the weights of the values at ζ, at 1/ζ and at α
        uint256 value;
        {
            uint256 atZeta = mulmod(fromInverse, t.pair, R);
            uint256 atInverse = _sub(0, mulmod(fromZeta, t.pair, R));
            value = mulmod(s.g, _line(opening, G_AT_ZETA, atZeta, atInverse), R);
            value = addmod(value, mulmod(s.s, _line(opening, S_AT_ZETA, atZeta, atInverse), R), R);
            atZeta = mulmod(mulmod(atZeta, fromAlpha, R), t.zeta, R);
            atInverse = mulmod(mulmod(atInverse, fromAlpha, R), t.other, R);
            uint256 atAlpha = mulmod(mulmod(fromZeta, t.zeta, R), mulmod(fromInverse, t.other, R), R);
            atAlpha = mulmod(atAlpha, _word(opening, H_AT_ALPHA), R);
            atAlpha = addmod(atAlpha, _line(opening, H_AT_ZETA, atZeta, atInverse), R);
            value = addmod(value, mulmod(s.h, atAlpha, R), R);
            uint256 reversed = mulmod(mulmod(t.power, t.inverse, R), _word(opening, G_AT_INVERSE), R); // D(ζ)
            value = addmod(value, mulmod(s.d, reversed, R), R);
        }
        s.generator = _sub(0, addmod(value, _word(opening, G_AT_ZETA), R));
        s.q = _sub(c.alpha, t.power);
        s.quotient = c.zeta;
        s.qm = _sub(0, mulmod(delta, vanishing, R));
        s.ql = mulmod(delta, y, R);
        s.delta = delta;
    }

    /// @dev Weighs two consecutive values of the proof.
    function _line(bytes calldata opening, uint256 position, uint256 first, uint256 second)
        private
        pure
        returns (uint256)
    {
        unchecked {
            return addmod(
                mulmod(_word(opening, position), first, R), mulmod(_word(opening, position + 0x20), second, R), R
            );
        }
    }

    /// @dev Computes λ.
    function _mergeScalar(bytes calldata key, uint256[10] memory inputs, bytes calldata proof)
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
            mcopy(add(f, 0x40), inputs, 0x140)
            calldatacopy(add(f, 0x180), proof.offset, proof.length)
            lambda := keccak256(f, add(proof.length, 0x180))
        }
    }

    /// @dev Checks (2) and (3).
    function _checkProduct(
        bytes calldata key,
        uint256[10] memory inputs,
        bytes calldata proof,
        bytes calldata opening,
        Scalars memory s
    ) private view {
        bool unit = _isNegatedGenerator(key, 0x140); // γ = [1]₂
        uint256 modulus = R;
        bool accepted;
        assembly ("memory-safe") {
            // require reverts unless a call of a precompile succeeded and returned `size` bytes: on a chain
            // without the precompile the call succeeds and returns nothing.
            function require(done, size) {
                if iszero(and(done, eq(returndatasize(), size))) {
                    mstore(0, POINT_INVALID)
                    revert(0x1c, 0x04)
                }
            }
            // scale multiplies the G1 point at acc, using the 0x20 bytes after it. The precompile takes any
            // 256-bit scalar.
            function scale(acc, scalar) {
                mstore(add(acc, 0x40), scalar)
                require(staticcall(gas(), 0x07, acc, 0x60, acc, 0x40), 0x40)
            }
            // addNext adds the G1 point at acc + 0x40 to the one at acc.
            function addNext(acc) {
                require(staticcall(gas(), 0x06, acc, 0x80, acc, 0x40), 0x40)
            }
            // addScaled adds scalar⋅point, the point read from calldata, to the G1 point at acc, using the
            // 0x60 bytes after it.
            function addScaled(acc, point, scalar) {
                let term := add(acc, 0x40)
                calldatacopy(term, point, 0x40)
                scale(term, scalar)
                addNext(acc)
            }
            // fold continues a Horner sum over points that lie one after the other, the last one first.
            function fold(acc, start, end, factor) {
                for {} gt(end, start) {} {
                    end := sub(end, 0x40)
                    scale(acc, factor)
                    calldatacopy(add(acc, 0x40), end, 0x40)
                    addNext(acc)
                }
            }

            // The pairs of the product lie at f, 0xc0 bytes each: (A, B), (C, -δ), (α, -β), (L, -γ),
            // (λ⋅([H] + δ[q_L]), -[τ]₂), (λU, [1]₂), or without the last (L - λU, -γ) if γ = [1]₂. Sums are
            // computed in their places, before what comes after them is written.
            let f := mload(0x40)
            let at := opening.offset

            let acc := add(f, 0x240)
            calldatacopy(acc, add(key.offset, 0x1c0), 0x40)
            for { let i := 0 } lt(i, 10) { i := add(i, 1) } {
                addScaled(acc, add(add(key.offset, 0x200), shl(6, i)), mload(add(inputs, shl(5, i))))
            }

            // [f], from the last column to the first: those of the model, then those of the witness
            acc := add(f, 0x3c0)
            let rho := mload(add(s, 0x140))
            let last := sub(at, 0x40)
            switch gt(key.length, KEY_COLUMNS)
            case 0 { calldatacopy(acc, last, 0x40) }
            default {
                let end := sub(add(key.offset, key.length), 0x40)
                calldatacopy(acc, end, 0x40)
                fold(acc, add(key.offset, KEY_COLUMNS), end, rho)
                last := at
            }
            fold(acc, proof.offset, last, rho)

            addScaled(acc, at, mload(s))
            addScaled(acc, add(at, 0x040), mload(add(s, 0x20)))
            addScaled(acc, add(at, 0x080), mload(add(s, 0x40)))
            addScaled(acc, add(at, 0x0e0), mload(add(s, 0x60)))
            addScaled(acc, add(at, 0x120), mload(add(s, 0x80)))
            addScaled(acc, add(at, 0x220), mload(add(s, 0xa0)))
            addScaled(acc, add(at, 0x260), mload(add(s, 0xc0)))
            addScaled(acc, add(at, 0x2a0), mload(add(s, 0xe0)))
            mstore(add(acc, 0x40), 1)
            mstore(add(acc, 0x60), 2)
            scale(add(acc, 0x40), mload(add(s, 0x100)))
            addNext(acc)
            let lambda := mload(add(s, 0x160))
            let size := 0x480
            switch unit
            case 0 {
                scale(acc, lambda)
                mstore(add(f, 0x400), G2_X1)
                mstore(add(f, 0x420), G2_X0)
                mstore(add(f, 0x440), G2_Y1)
                mstore(add(f, 0x460), G2_Y0)
            }
            default {
                scale(acc, sub(modulus, mod(lambda, modulus)))
                mcopy(add(f, 0x280), acc, 0x40)
                addNext(add(f, 0x240))
                size := 0x3c0
            }

            acc := add(f, 0x300)
            calldatacopy(acc, add(at, 0x220), 0x40)
            addScaled(acc, add(at, 0x2a0), mload(add(s, 0x120)))
            scale(acc, lambda)

            calldatacopy(f, add(at, 0x3a0), 0x100)
            calldatacopy(add(f, 0x100), key.offset, 0x140)
            calldatacopy(add(f, 0x280), add(key.offset, 0x140), 0x80)
            calldatacopy(add(f, 0x340), add(key.offset, 0x480), 0x80)
            require(staticcall(gas(), 0x08, f, size, 0, 0x20), 0x20)
            accepted := eq(mload(0), 1)
        }
        if (!accepted) revert ProofInvalid();
    }

    /// @dev Says whether the point of G2 at an offset of the key is the negated generator.
    function _isNegatedGenerator(bytes calldata key, uint256 position) private pure returns (bool) {
        unchecked {
            return _word(key, position) == G2_X1 && _word(key, position + 0x20) == G2_X0
                && _word(key, position + 0x40) == P - G2_Y1 && _word(key, position + 0x60) == P - G2_Y0;
        }
    }

    /// @dev Computes base^(R-2) modulo R: the inverse, or 0 for 0.
    function _inverse(uint256 base) private view returns (uint256 result) {
        bool done;
        uint256 modulus = R;
        assembly ("memory-safe") {
            let f := mload(0x40)
            mstore(f, 0x20)
            mstore(add(f, 0x20), 0x20)
            mstore(add(f, 0x40), 0x20)
            mstore(add(f, 0x60), base)
            mstore(add(f, 0x80), sub(modulus, 2))
            mstore(add(f, 0xa0), modulus)
            done := staticcall(gas(), 0x05, f, 0xc0, 0, 0x20)
            done := and(done, eq(returndatasize(), 0x20))
            result := mload(0)
        }
        if (!done) revert PrecompileFailed(0x05);
    }

    /// @dev Reads a scalar and checks that it is below R.
    function _scalar(bytes calldata opening, uint256 position) private pure returns (uint256 w) {
        w = _word(opening, position);
        if (w >= R) revert ScalarNotInField(position);
    }

    /// @dev Reads the word at an offset that the checks of the lengths put inside `data`.
    function _word(bytes calldata data, uint256 position) private pure returns (uint256 w) {
        assembly ("memory-safe") {
            w := calldataload(add(data.offset, position))
        }
    }

    /// @dev Computes a - b modulo R; b must not exceed R.
    function _sub(uint256 a, uint256 b) private pure returns (uint256) {
        unchecked {
            return addmod(a, R - b, R);
        }
    }
}

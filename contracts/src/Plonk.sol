// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Curve} from "./Curve.sol";
import {Statement} from "./Statement.sol";

/// @title PLONK over BN254, up to the pairing.
/// @notice Reduces proofs of gnark v0.16 with the default hashes of its prover, for circuits with three
/// public inputs and at most one BSB22 commitment, to one equation of pairings.
///
/// @dev G1 points are encoded as in EIP-196, x‖y, G2 points as in EIP-197, x₁‖x₀‖y₁‖y₀, 32 bytes a
/// coordinate, big endian; field elements are 32 bytes, big endian.
///
/// Key, 704 bytes without commitment and 800 bytes with one. [f] is the KZG commitment to f, n the size
/// of the domain, ω its generator, τ the secret of the SRS:
///
///     0x000  [S₁]  G1      0x100  [Qr]  G1      0x200  -[τ]₂  G2     0x2c0  [Qcp]  G1
///     0x040  [S₂]  G1      0x140  [Qm]  G1      0x280   n            0x300  ω^c
///     0x080  [S₃]  G1      0x180  [Qo]  G1      0x2a0   ω
///     0x0c0  [Ql]  G1      0x1c0  [Qk]  G1
///
/// where c is the row of the domain that holds the commitment's hash. The generators of G1 and G2 are
/// those of EIP-197; the copy constraints run over the cosets 1, u, u² with u = 5.
///
/// Proof, 768 bytes without commitment and 864 bytes with one. A bar marks a claimed value, at ζ where
/// no other point is named:
///
///     0x000  [L]   G1      0x140  [H₂]  G1      0x200  s̄₂            0x300  q̄
///     0x040  [R]   G1      0x180  l̄             0x220  [z]   G1      0x320  [M]  G1, the commitment
///     0x080  [O]   G1      0x1a0  r̄             0x260  z̄ at ωζ
///     0x0c0  [H₀]  G1      0x1c0  ō             0x280  [W]   G1
///     0x100  [H₁]  G1      0x1e0  s̄₁            0x2c0  [W']  G1
///
/// [z] is the grand product of the copy constraints, [W] and [W'] are the opening proofs at ζ and at ωζ.
///
/// The challenges are those of gnark's transcript, SHA-256 of a name, the digest before and the
/// messages since, reduced modulo R:
///
///     γ  "gamma" ‖ [S₁] ‖ [S₂] ‖ [S₃] ‖ [Ql] ‖ [Qr] ‖ [Qm] ‖ [Qo] ‖ [Qk] (‖ [Qcp])
///                ‖ D ‖ Z ‖ E ‖ [L] ‖ [R] ‖ [O]
///     β  "beta"  ‖ digest of γ
///     α  "alpha" ‖ digest of β (‖ [M]) ‖ [z]
///     ζ  "zeta"  ‖ digest of α ‖ [H₀] ‖ [H₁] ‖ [H₂]
///     v  "gamma" ‖ ζ ‖ F ‖ [L] ‖ [R] ‖ [O] ‖ [S₁] ‖ [S₂] (‖ [Qcp])
///                ‖ f̄ ‖ l̄ ‖ r̄ ‖ ō ‖ s̄₁ ‖ s̄₂ (‖ q̄) ‖ z̄
///
/// With Lᵢ the Lagrange polynomials of the domain and h the hash of [M] to the field, let
///
///     PI = D⋅L₀(ζ) + Z⋅L₁(ζ) + E⋅L₂(ζ) (+ h⋅L_c(ζ))
///     P  = α⋅(l̄ + βs̄₁ + γ)⋅(r̄ + βs̄₂ + γ)⋅z̄
///     f̄  = α²L₀(ζ) - PI - P⋅(ō + γ)
///     F  = [Qk] + l̄[Ql] + r̄[Qr] + l̄r̄[Qm] + ō[Qo] (+ q̄[M]) + βP[S₃]
///          + (α²L₀(ζ) - α⋅(l̄ + βζ + γ)⋅(r̄ + uβζ + γ)⋅(ō + u²βζ + γ))[z]
///          - (ζⁿ - 1)⋅([H₀] + ζⁿ⁺²[H₁] + ζ²ⁿ⁺⁴[H₂])
///
/// F commits to the linearized constraint polynomial, whose value at ζ is f̄ if all constraints hold.
/// With B = F + v[L] + v²[R] + v³[O] + v⁴[S₁] + v⁵[S₂] (+ v⁶[Qcp]) and b̄ the same combination of the
/// claimed values, the openings at ζ and at ωζ are, G the generator of G1,
///
///     (1)  e(B - b̄G + ζ[W], [1]₂)⋅e([W], -[τ]₂) = 1
///     (2)  e([z] - z̄G + ωζ[W'], [1]₂)⋅e([W'], -[τ]₂) = 1
///
/// which become one, (1)⋅(2)^λ, with
///
///     λ = keccak256(tag ‖ digest of ζ ‖ digest of v ‖ B ‖ b̄ ‖ [z] ‖ z̄ ‖ [W] ‖ [W'] ‖ -[τ]₂ ‖ n ‖ ω)
///
/// Soundness of the merge. The left sides of (1) and (2) are elements of the target group, of prime
/// order, and functions of what λ hashes; ζ by its digest. So λ is drawn after both, no element is left
/// to be chosen after it, and unless both are 1, at most one λ modulo R passes: with the hash as a random
/// oracle one evaluation hits it with probability at most 6/2²⁵⁶. A λ that leaves out a point is unsound:
/// with λ known, [W'] that cancels any false opening in (1) can be computed.
///
/// Every point of the proof is an operand of a precompile, which refuses coordinates that are not
/// reduced and points off the curve; G1 has no points outside its subgroup.
library Plonk {
    /// @notice A claimed value is not below the field order.
    /// @param position where in the proof, in bytes after the challenge Z
    error OpeningNotInField(uint256 position);

    /// @notice The challenge ζ is one of 1, ω, ω² and ω^c, where the Lagrange polynomials divide by zero.
    /// @dev No prover meets such a challenge by chance. A key whose n is 0 gives the same error.
    error ChallengeInDomain();

    /// keccak256("zkml.plonk.merge.v1"), a literal because assembly takes no other constant.
    uint256 private constant MERGE_TAG = 0x5842e2fd03f9a8bf0a5feed3ec6d77a50eb3ab5bfcb7fe1f87f47d737093ed20;

    uint256 private constant R = Statement.R;

    uint256 internal constant KEY_LENGTH = 0x2c0;
    uint256 internal constant KEY_LENGTH_COMMITTED = 0x320;
    uint256 private constant KEY_S1 = 0x000;
    uint256 private constant KEY_S2 = 0x040;
    uint256 private constant KEY_S3 = 0x080;
    uint256 private constant KEY_QL = 0x0c0;
    uint256 private constant KEY_QR = 0x100;
    uint256 private constant KEY_QM = 0x140;
    uint256 private constant KEY_QO = 0x180;
    uint256 private constant KEY_QK = 0x1c0;
    uint256 internal constant KEY_TAU = 0x200;
    uint256 private constant KEY_N = 0x280;
    uint256 private constant KEY_OMEGA = 0x2a0;
    uint256 private constant KEY_QCP = 0x2c0;
    uint256 private constant KEY_OMEGA_C = 0x300;

    uint256 internal constant PROOF_LENGTH = 0x300;
    uint256 internal constant PROOF_LENGTH_COMMITTED = 0x360;
    uint256 private constant PROOF_L = 0x000;
    uint256 private constant PROOF_R = 0x040;
    uint256 private constant PROOF_O = 0x080;
    uint256 private constant PROOF_H0 = 0x0c0;
    uint256 private constant PROOF_H1 = 0x100;
    uint256 private constant PROOF_H2 = 0x140;
    uint256 private constant PROOF_L_VALUE = 0x180;
    uint256 private constant PROOF_R_VALUE = 0x1a0;
    uint256 private constant PROOF_O_VALUE = 0x1c0;
    uint256 private constant PROOF_S1_VALUE = 0x1e0;
    uint256 private constant PROOF_S2_VALUE = 0x200;
    uint256 private constant PROOF_PRODUCT = 0x220;
    uint256 private constant PROOF_PRODUCT_VALUE = 0x260;
    uint256 private constant PROOF_W = 0x280;
    uint256 private constant PROOF_W_SHIFTED = 0x2c0;
    uint256 private constant PROOF_Q_VALUE = 0x300;
    uint256 private constant PROOF_M = 0x320;

    /// The challenges up to ζ and the digest that ζ is the residue of.
    struct Challenges {
        uint256 gamma;
        uint256 beta;
        uint256 alpha;
        uint256 zeta;
        uint256 zetaDigest;
    }

    /// The equation e(left + generator⋅G, [1]₂)⋅e(right, -[τ]₂) = 1.
    struct Openings {
        uint256[5] left;
        uint256[5] right;
        uint256 generator;
    }

    /// What depends on ζ and the domain alone, and PI.
    struct Evaluations {
        uint256 vanishing; // ζⁿ - 1
        uint256 lagrange0; // L₀(ζ)
        uint256 publicInputs; // PI
        uint256 shift; // ζⁿ⁺²
    }

    /// @dev Computes the equation that a proof is true if it holds. The lengths of the key and the proof must
    /// be those of each other.
    function openings(bytes calldata key, uint256[3] memory publicInputs, bytes calldata proof)
        internal
        view
        returns (Openings memory o)
    {
        _checkValue(proof, PROOF_L_VALUE);
        _checkValue(proof, PROOF_R_VALUE);
        _checkValue(proof, PROOF_O_VALUE);
        _checkValue(proof, PROOF_S1_VALUE);
        _checkValue(proof, PROOF_S2_VALUE);
        _checkValue(proof, PROOF_PRODUCT_VALUE);
        if (_committed(key)) _checkValue(proof, PROOF_Q_VALUE);

        uint256[28] memory buffer; // what is hashed, 0x380 bytes; every step writes it anew
        Challenges memory c = _challenges(key, publicInputs, proof, buffer);
        Evaluations memory e = _evaluations(key, publicInputs, proof, c.zeta, buffer);
        uint256 value = _linearize(key, proof, c, e, o.left);
        _merge(key, proof, c, value, o, buffer);
    }

    /// @dev Derives γ, β, α and ζ.
    function _challenges(
        bytes calldata key,
        uint256[3] memory publicInputs,
        bytes calldata proof,
        uint256[28] memory buffer
    ) private view returns (Challenges memory c) {
        bool committed = _committed(key);
        uint256 size;
        assembly ("memory-safe") {
            mstore(buffer, "gamma")
            calldatacopy(add(buffer, 5), key.offset, 0x200)
            size := 0x205
            if committed {
                calldatacopy(add(buffer, size), add(key.offset, KEY_QCP), 0x40)
                size := add(size, 0x40)
            }
            mcopy(add(buffer, size), publicInputs, 0x60)
            calldatacopy(add(buffer, add(size, 0x60)), proof.offset, 0xc0)
            size := add(size, 0x120)
        }
        uint256 digest = _sha256(buffer, size);
        c.gamma = digest % R;

        assembly ("memory-safe") {
            mstore(buffer, "beta")
            mstore(add(buffer, 4), digest)
        }
        digest = _sha256(buffer, 0x24);
        c.beta = digest % R;

        assembly ("memory-safe") {
            mstore(buffer, "alpha")
            mstore(add(buffer, 5), digest)
            size := 0x25
            if committed {
                calldatacopy(add(buffer, size), add(proof.offset, PROOF_M), 0x40)
                size := add(size, 0x40)
            }
            calldatacopy(add(buffer, size), add(proof.offset, PROOF_PRODUCT), 0x40)
            size := add(size, 0x40)
        }
        digest = _sha256(buffer, size);
        c.alpha = digest % R;

        assembly ("memory-safe") {
            mstore(buffer, "zeta")
            mstore(add(buffer, 4), digest)
            calldatacopy(add(buffer, 0x24), add(proof.offset, PROOF_H0), 0xc0)
        }
        digest = _sha256(buffer, 0xe4);
        c.zeta = digest % R;
        c.zetaDigest = digest;
    }

    /// @dev Computes, with one inversion, the Lagrange polynomials at ζ,
    /// Lᵢ(ζ) = ωⁱ⋅(ζⁿ - 1)/(n⋅(ζ - ωⁱ)), and PI.
    function _evaluations(
        bytes calldata key,
        uint256[3] memory publicInputs,
        bytes calldata proof,
        uint256 zeta,
        uint256[28] memory buffer
    ) private view returns (Evaluations memory e) {
        uint256 power = Curve.power(zeta, Curve.word(key, KEY_N));
        e.vanishing = Curve.sub(power, 1);
        e.shift = mulmod(power, mulmod(zeta, zeta, R), R);

        uint256 omega = Curve.word(key, KEY_OMEGA);
        uint256 omega2 = mulmod(omega, omega, R);
        bool committed = _committed(key);
        // dᵢ = ζ - ωⁱ for the rows 0, 1, 2 and c
        uint256 d0 = Curve.sub(zeta, 1);
        uint256 d1 = Curve.sub(zeta, omega);
        uint256 d2 = Curve.sub(zeta, omega2);
        uint256 dc = committed ? Curve.sub(zeta, Curve.word(key, KEY_OMEGA_C)) : 1;
        uint256 d01 = mulmod(d0, d1, R);
        uint256 d2c = mulmod(d2, dc, R);

        uint256 product = mulmod(Curve.word(key, KEY_N), mulmod(d01, d2c, R), R);
        uint256 inverse = Curve.inverse(product);
        if (mulmod(product, inverse, R) != 1) revert ChallengeInDomain();

        // Lᵢ(ζ) = ωⁱ⋅(ζⁿ - 1)⋅inverse⋅(all dⱼ but dᵢ)
        uint256 scale = mulmod(e.vanishing, inverse, R);
        uint256 part = mulmod(scale, d2c, R);
        e.lagrange0 = mulmod(part, d1, R);
        uint256 pi = mulmod(publicInputs[0], e.lagrange0, R);
        pi = addmod(pi, mulmod(publicInputs[1], mulmod(omega, mulmod(part, d0, R), R), R), R);
        part = mulmod(scale, d01, R);
        pi = addmod(pi, mulmod(publicInputs[2], mulmod(omega2, mulmod(part, dc, R), R), R), R);
        if (committed) {
            uint256 lagrange = mulmod(Curve.word(key, KEY_OMEGA_C), mulmod(part, d2, R), R);
            pi = addmod(pi, mulmod(_hashToField(proof, buffer), lagrange, R), R);
        }
        e.publicInputs = pi;
    }

    /// @dev Sets `sum` to F and returns f̄.
    function _linearize(
        bytes calldata key,
        bytes calldata proof,
        Challenges memory c,
        Evaluations memory e,
        uint256[5] memory sum
    ) private view returns (uint256 value) {
        uint256 l = Curve.word(proof, PROOF_L_VALUE);
        uint256 r = Curve.word(proof, PROOF_R_VALUE);
        uint256 o = Curve.word(proof, PROOF_O_VALUE);

        Curve.set(sum, key, KEY_QK);
        Curve.addScaled(sum, key, KEY_QL, l);
        Curve.addScaled(sum, key, KEY_QR, r);
        Curve.addScaled(sum, key, KEY_QM, mulmod(l, r, R));
        Curve.addScaled(sum, key, KEY_QO, o);
        if (_committed(key)) Curve.addScaled(sum, proof, PROOF_M, Curve.word(proof, PROOF_Q_VALUE));

        // From here on l̄ + γ, r̄ + γ and ō + γ.
        uint256 beta = c.beta;
        l = addmod(l, c.gamma, R);
        r = addmod(r, c.gamma, R);
        o = addmod(o, c.gamma, R);
        uint256 p = addmod(l, mulmod(beta, Curve.word(proof, PROOF_S1_VALUE), R), R);
        p = mulmod(p, addmod(r, mulmod(beta, Curve.word(proof, PROOF_S2_VALUE), R), R), R);
        p = mulmod(mulmod(p, c.alpha, R), Curve.word(proof, PROOF_PRODUCT_VALUE), R);
        Curve.addScaled(sum, key, KEY_S3, mulmod(beta, p, R));

        uint256 first = mulmod(mulmod(c.alpha, c.alpha, R), e.lagrange0, R); // α²L₀(ζ)
        value = Curve.sub(Curve.sub(first, e.publicInputs), mulmod(p, o, R));

        uint256 shifted = mulmod(beta, c.zeta, R);
        uint256 z = addmod(l, shifted, R);
        shifted = mulmod(5, shifted, R);
        z = mulmod(z, addmod(r, shifted, R), R);
        shifted = mulmod(5, shifted, R);
        z = mulmod(z, addmod(o, shifted, R), R);
        Curve.addScaled(sum, proof, PROOF_PRODUCT, Curve.sub(first, mulmod(c.alpha, z, R)));

        uint256 scalar = Curve.sub(0, e.vanishing);
        Curve.addScaled(sum, proof, PROOF_H0, scalar);
        scalar = mulmod(scalar, e.shift, R);
        Curve.addScaled(sum, proof, PROOF_H1, scalar);
        scalar = mulmod(scalar, e.shift, R);
        Curve.addScaled(sum, proof, PROOF_H2, scalar);
    }

    /// @dev Merges (1) and (2), given F in `o.left` and f̄ in `value`.
    function _merge(
        bytes calldata key,
        bytes calldata proof,
        Challenges memory c,
        uint256 value,
        Openings memory o,
        uint256[28] memory buffer
    ) private view {
        uint256[5] memory sum = o.left;
        uint256 digest = _foldDigest(key, proof, c.zeta, value, sum, buffer);

        // B in sum, b̄ in value
        uint256 power = digest % R;
        Curve.addScaled(sum, proof, PROOF_L, power);
        value = addmod(value, mulmod(power, Curve.word(proof, PROOF_L_VALUE), R), R);
        power = mulmod(power, digest, R);
        Curve.addScaled(sum, proof, PROOF_R, power);
        value = addmod(value, mulmod(power, Curve.word(proof, PROOF_R_VALUE), R), R);
        power = mulmod(power, digest, R);
        Curve.addScaled(sum, proof, PROOF_O, power);
        value = addmod(value, mulmod(power, Curve.word(proof, PROOF_O_VALUE), R), R);
        power = mulmod(power, digest, R);
        Curve.addScaled(sum, key, KEY_S1, power);
        value = addmod(value, mulmod(power, Curve.word(proof, PROOF_S1_VALUE), R), R);
        power = mulmod(power, digest, R);
        Curve.addScaled(sum, key, KEY_S2, power);
        value = addmod(value, mulmod(power, Curve.word(proof, PROOF_S2_VALUE), R), R);
        if (_committed(key)) {
            power = mulmod(power, digest, R);
            Curve.addScaled(sum, key, KEY_QCP, power);
            value = addmod(value, mulmod(power, Curve.word(proof, PROOF_Q_VALUE), R), R);
        }

        uint256 zetaDigest = c.zetaDigest;
        uint256 lambda;
        assembly ("memory-safe") {
            mstore(buffer, MERGE_TAG)
            mstore(add(buffer, 0x20), zetaDigest)
            mstore(add(buffer, 0x40), digest)
            mcopy(add(buffer, 0x60), sum, 0x40)
            mstore(add(buffer, 0xa0), value)
            calldatacopy(add(buffer, 0xc0), add(proof.offset, PROOF_PRODUCT), 0xe0)
            calldatacopy(add(buffer, 0x1a0), add(key.offset, KEY_TAU), 0xc0)
            lambda := keccak256(buffer, 0x260)
        }

        // B - b̄G + ζ[W] + λ⋅([z] - z̄G + ωζ[W']), where any 256-bit scalar will do
        Curve.addScaled(sum, proof, PROOF_PRODUCT, lambda);
        Curve.addScaled(sum, proof, PROOF_W, c.zeta);
        Curve.addScaled(
            sum, proof, PROOF_W_SHIFTED, mulmod(lambda, mulmod(Curve.word(key, KEY_OMEGA), c.zeta, R), R)
        );
        value = addmod(value, mulmod(lambda, Curve.word(proof, PROOF_PRODUCT_VALUE), R), R);
        o.generator = Curve.sub(0, value);

        // [W] + λ[W']
        Curve.set(o.right, proof, PROOF_W);
        Curve.addScaled(o.right, proof, PROOF_W_SHIFTED, lambda);
    }

    /// @dev Derives the digest of v, given F in `sum` and f̄ in `value`.
    function _foldDigest(
        bytes calldata key,
        bytes calldata proof,
        uint256 zeta,
        uint256 value,
        uint256[5] memory sum,
        uint256[28] memory buffer
    ) private view returns (uint256) {
        bool committed = _committed(key);
        uint256 size;
        assembly ("memory-safe") {
            mstore(buffer, "gamma")
            mstore(add(buffer, 0x05), zeta)
            mcopy(add(buffer, 0x25), sum, 0x40)
            calldatacopy(add(buffer, 0x65), proof.offset, 0xc0)
            calldatacopy(add(buffer, 0x125), key.offset, 0x80)
            size := 0x1a5
            if committed {
                calldatacopy(add(buffer, size), add(key.offset, KEY_QCP), 0x40)
                size := add(size, 0x40)
            }
            mstore(add(buffer, size), value)
            calldatacopy(add(buffer, add(size, 0x20)), add(proof.offset, PROOF_L_VALUE), 0xa0)
            size := add(size, 0xc0)
            if committed {
                mstore(add(buffer, size), calldataload(add(proof.offset, PROOF_Q_VALUE)))
                size := add(size, 0x20)
            }
            mstore(add(buffer, size), calldataload(add(proof.offset, PROOF_PRODUCT_VALUE)))
            size := add(size, 0x20)
        }
        return _sha256(buffer, size);
    }

    /// @dev Hashes [M] to the field: expand_message_xmd of RFC 9380, section 5.3.1, to 48
    /// bytes, with SHA-256 and the domain separation tag "BSB22-Plonk", 12 bytes with its length.
    function _hashToField(bytes calldata proof, uint256[28] memory buffer) private view returns (uint256) {
        // b₀ = H(64 zero bytes ‖ [M] ‖ 48 in two bytes ‖ 0 ‖ tag)
        assembly ("memory-safe") {
            mstore(buffer, 0)
            mstore(add(buffer, 0x20), 0)
            calldatacopy(add(buffer, 0x40), add(proof.offset, PROOF_M), 0x40)
            mstore(add(buffer, 0x80), hex"00300042534232322d506c6f6e6b0b")
        }
        uint256 b0 = _sha256(buffer, 0x8f);
        // b₁ = H(b₀ ‖ 1 ‖ tag)
        assembly ("memory-safe") {
            mstore(buffer, b0)
            mstore(add(buffer, 0x20), hex"0142534232322d506c6f6e6b0b")
        }
        uint256 b1 = _sha256(buffer, 0x2d);
        // b₂ = H((b₀ xor b₁) ‖ 2 ‖ tag)
        assembly ("memory-safe") {
            mstore(buffer, xor(b0, b1))
            mstore8(add(buffer, 0x20), 2)
        }
        uint256 b2 = _sha256(buffer, 0x2d);
        // the first 48 bytes of b₁ ‖ b₂
        return addmod(mulmod(b1, 1 << 128, R), b2 >> 128, R);
    }

    /// @dev Hashes the first `size` bytes of the buffer.
    function _sha256(uint256[28] memory buffer, uint256 size) private view returns (uint256 digest) {
        bool done;
        assembly ("memory-safe") {
            done := staticcall(gas(), 0x02, buffer, size, 0, 0x20)
            done := and(done, eq(returndatasize(), 0x20))
            digest := mload(0)
        }
        if (!done) revert Curve.PrecompileFailed(0x02);
    }

    function _checkValue(bytes calldata proof, uint256 position) private pure {
        if (Curve.word(proof, position) >= R) revert OpeningNotInField(position);
    }

    function _committed(bytes calldata key) private pure returns (bool) {
        return key.length == KEY_LENGTH_COMMITTED;
    }
}

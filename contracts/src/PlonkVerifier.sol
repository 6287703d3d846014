// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {InferenceVerifier} from "./InferenceVerifier.sol";
import {Statement} from "./Statement.sol";

/// @title Verifier of inferences proved with PLONK over BN254.
/// @notice Verifies proofs of gnark v0.16 with the default hashes of its prover, for circuits with three
/// public inputs and at most one BSB22 commitment.
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
/// checked as one pairing product, (1)⋅(2)^λ, with
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
contract PlonkInferenceVerifier is InferenceVerifier {
    /// @notice A claimed value is not below the field order.
    /// @param position where in the proof, in bytes after the challenge Z
    error OpeningNotInField(uint256 position);

    /// @notice A point of the proof, or of the key, is not on the curve or has a coordinate that is not
    /// reduced.
    /// @dev Or the chain lacks the precompiles of EIP-196, or they ran out of gas.
    error PointInvalid();

    /// @notice The challenge ζ is one of 1, ω, ω² and ω^c, where the Lagrange polynomials divide by zero.
    /// @dev No prover meets such a challenge by chance. A key whose n is 0 gives the same error.
    error ChallengeInDomain();

    /// @notice A precompile failed: SHA-256 (2), modular exponentiation (5) or the pairing (8).
    /// @dev The chain lacks it or it ran out of gas; for the pairing, or -[τ]₂ of the key is not in G2.
    error PrecompileFailed(uint256 precompile);

    bytes32 private constant SYSTEM = keccak256("plonk-bn254-v1");

    /// keccak256("zkml.plonk.merge.v1"), a literal because assembly takes no other constant.
    uint256 private constant MERGE_TAG = 0x5842e2fd03f9a8bf0a5feed3ec6d77a50eb3ab5bfcb7fe1f87f47d737093ed20;

    uint256 private constant R = Statement.R;

    uint256 private constant KEY_LENGTH = 0x2c0;
    uint256 private constant KEY_LENGTH_COMMITTED = 0x320;
    uint256 private constant KEY_S1 = 0x000;
    uint256 private constant KEY_S2 = 0x040;
    uint256 private constant KEY_S3 = 0x080;
    uint256 private constant KEY_QL = 0x0c0;
    uint256 private constant KEY_QR = 0x100;
    uint256 private constant KEY_QM = 0x140;
    uint256 private constant KEY_QO = 0x180;
    uint256 private constant KEY_QK = 0x1c0;
    uint256 private constant KEY_TAU = 0x200;
    uint256 private constant KEY_N = 0x280;
    uint256 private constant KEY_OMEGA = 0x2a0;
    uint256 private constant KEY_QCP = 0x2c0;
    uint256 private constant KEY_OMEGA_C = 0x300;

    uint256 private constant PROOF_LENGTH = 0x300;
    uint256 private constant PROOF_LENGTH_COMMITTED = 0x360;
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

    /// What depends on ζ and the domain alone, and PI.
    struct Evaluations {
        uint256 vanishing; // ζⁿ - 1
        uint256 lagrange0; // L₀(ζ)
        uint256 publicInputs; // PI
        uint256 shift; // ζⁿ⁺²
    }

    function system() public pure override returns (bytes32) {
        return SYSTEM;
    }

    function _proofLength(bytes calldata key) internal pure override returns (uint256) {
        if (key.length == KEY_LENGTH_COMMITTED) return PROOF_LENGTH_COMMITTED;
        if (key.length == KEY_LENGTH) return PROOF_LENGTH;
        revert KeyLengthInvalid(key.length);
    }

    function _verifyProof(bytes calldata key, uint256[3] memory publicInputs, bytes calldata proof)
        internal
        view
        override
    {
        _checkValue(proof, PROOF_L_VALUE);
        _checkValue(proof, PROOF_R_VALUE);
        _checkValue(proof, PROOF_O_VALUE);
        _checkValue(proof, PROOF_S1_VALUE);
        _checkValue(proof, PROOF_S2_VALUE);
        _checkValue(proof, PROOF_PRODUCT_VALUE);
        if (_committed(key)) _checkValue(proof, PROOF_Q_VALUE);

        uint256[28] memory buffer; // what the precompiles read, 0x380 bytes; every step writes it anew
        Challenges memory c = _challenges(key, publicInputs, proof, buffer);
        Evaluations memory e = _evaluations(key, publicInputs, proof, c.zeta, buffer);

        uint256[5] memory sum; // the point that _addScaled adds to, and its term
        uint256 value = _linearize(key, proof, c, e, sum);
        _verifyOpenings(key, proof, c, value, sum, buffer);
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
        uint256 power = _power(zeta, _word(key, KEY_N), buffer);
        e.vanishing = _sub(power, 1);
        e.shift = mulmod(power, mulmod(zeta, zeta, R), R);

        uint256 omega = _word(key, KEY_OMEGA);
        uint256 omega2 = mulmod(omega, omega, R);
        bool committed = _committed(key);
        // dᵢ = ζ - ωⁱ for the rows 0, 1, 2 and c
        uint256 d0 = _sub(zeta, 1);
        uint256 d1 = _sub(zeta, omega);
        uint256 d2 = _sub(zeta, omega2);
        uint256 dc = committed ? _sub(zeta, _word(key, KEY_OMEGA_C)) : 1;
        uint256 d01 = mulmod(d0, d1, R);
        uint256 d2c = mulmod(d2, dc, R);

        uint256 product = mulmod(_word(key, KEY_N), mulmod(d01, d2c, R), R);
        uint256 inverse = _power(product, R - 2, buffer);
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
            uint256 lagrange = mulmod(_word(key, KEY_OMEGA_C), mulmod(part, d2, R), R);
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
        uint256 l = _word(proof, PROOF_L_VALUE);
        uint256 r = _word(proof, PROOF_R_VALUE);
        uint256 o = _word(proof, PROOF_O_VALUE);

        assembly ("memory-safe") {
            calldatacopy(sum, add(key.offset, KEY_QK), 0x40)
        }
        _addScaled(sum, key, KEY_QL, l);
        _addScaled(sum, key, KEY_QR, r);
        _addScaled(sum, key, KEY_QM, mulmod(l, r, R));
        _addScaled(sum, key, KEY_QO, o);
        if (_committed(key)) _addScaled(sum, proof, PROOF_M, _word(proof, PROOF_Q_VALUE));

        // From here on l̄ + γ, r̄ + γ and ō + γ.
        uint256 beta = c.beta;
        l = addmod(l, c.gamma, R);
        r = addmod(r, c.gamma, R);
        o = addmod(o, c.gamma, R);
        uint256 p = addmod(l, mulmod(beta, _word(proof, PROOF_S1_VALUE), R), R);
        p = mulmod(p, addmod(r, mulmod(beta, _word(proof, PROOF_S2_VALUE), R), R), R);
        p = mulmod(mulmod(p, c.alpha, R), _word(proof, PROOF_PRODUCT_VALUE), R);
        _addScaled(sum, key, KEY_S3, mulmod(beta, p, R));

        uint256 first = mulmod(mulmod(c.alpha, c.alpha, R), e.lagrange0, R); // α²L₀(ζ)
        value = _sub(_sub(first, e.publicInputs), mulmod(p, o, R));

        uint256 shifted = mulmod(beta, c.zeta, R);
        uint256 z = addmod(l, shifted, R);
        shifted = mulmod(5, shifted, R);
        z = mulmod(z, addmod(r, shifted, R), R);
        shifted = mulmod(5, shifted, R);
        z = mulmod(z, addmod(o, shifted, R), R);
        _addScaled(sum, proof, PROOF_PRODUCT, _sub(first, mulmod(c.alpha, z, R)));

        uint256 scalar = _sub(0, e.vanishing);
        _addScaled(sum, proof, PROOF_H0, scalar);
        scalar = mulmod(scalar, e.shift, R);
        _addScaled(sum, proof, PROOF_H1, scalar);
        scalar = mulmod(scalar, e.shift, R);
        _addScaled(sum, proof, PROOF_H2, scalar);
    }

    /// @dev Checks (1) and (2), given F in `sum` and f̄ in `value`.
    function _verifyOpenings(
        bytes calldata key,
        bytes calldata proof,
        Challenges memory c,
        uint256 value,
        uint256[5] memory sum,
        uint256[28] memory buffer
    ) private view {
        uint256 digest = _foldDigest(key, proof, c.zeta, value, sum, buffer);

        // B in sum, b̄ in value
        uint256 power = digest % R;
        _addScaled(sum, proof, PROOF_L, power);
        value = addmod(value, mulmod(power, _word(proof, PROOF_L_VALUE), R), R);
        power = mulmod(power, digest, R);
        _addScaled(sum, proof, PROOF_R, power);
        value = addmod(value, mulmod(power, _word(proof, PROOF_R_VALUE), R), R);
        power = mulmod(power, digest, R);
        _addScaled(sum, proof, PROOF_O, power);
        value = addmod(value, mulmod(power, _word(proof, PROOF_O_VALUE), R), R);
        power = mulmod(power, digest, R);
        _addScaled(sum, key, KEY_S1, power);
        value = addmod(value, mulmod(power, _word(proof, PROOF_S1_VALUE), R), R);
        power = mulmod(power, digest, R);
        _addScaled(sum, key, KEY_S2, power);
        value = addmod(value, mulmod(power, _word(proof, PROOF_S2_VALUE), R), R);
        if (_committed(key)) {
            power = mulmod(power, digest, R);
            _addScaled(sum, key, KEY_QCP, power);
            value = addmod(value, mulmod(power, _word(proof, PROOF_Q_VALUE), R), R);
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
        _addScaled(sum, proof, PROOF_PRODUCT, lambda);
        _addScaled(sum, proof, PROOF_W, c.zeta);
        _addScaled(
            sum, proof, PROOF_W_SHIFTED, mulmod(lambda, mulmod(_word(key, KEY_OMEGA), c.zeta, R), R)
        );
        value = addmod(value, mulmod(lambda, _word(proof, PROOF_PRODUCT_VALUE), R), R);
        (sum[2], sum[3], sum[4]) = (1, 2, _sub(0, value));
        _addTerm(sum);

        // [W] + λ[W']
        uint256[5] memory quotient;
        assembly ("memory-safe") {
            calldatacopy(quotient, add(proof.offset, PROOF_W), 0x40)
        }
        _addScaled(quotient, proof, PROOF_W_SHIFTED, lambda);

        bool done;
        bool accepted;
        assembly ("memory-safe") {
            mcopy(buffer, sum, 0x40)
            mstore(add(buffer, 0x40), 0x198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2)
            mstore(add(buffer, 0x60), 0x1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed)
            mstore(add(buffer, 0x80), 0x090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b)
            mstore(add(buffer, 0xa0), 0x12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa)
            mcopy(add(buffer, 0xc0), quotient, 0x40)
            calldatacopy(add(buffer, 0x100), add(key.offset, KEY_TAU), 0x80)
            done := staticcall(gas(), 0x08, buffer, 0x180, 0, 0x20)
            done := and(done, eq(returndatasize(), 0x20))
            accepted := eq(mload(0), 1)
        }
        if (!done) revert PrecompileFailed(0x08);
        if (!accepted) revert ProofInvalid();
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

    /// @dev Adds scalar⋅point to the point in the first two words of `sum`, the point read from calldata.
    function _addScaled(uint256[5] memory sum, bytes calldata data, uint256 position, uint256 scalar) private view {
        assembly ("memory-safe") {
            calldatacopy(add(sum, 0x40), add(data.offset, position), 0x40)
            mstore(add(sum, 0x80), scalar)
        }
        _addTerm(sum);
    }

    /// @dev Adds to the point in the first two words of `sum` the next two words, a point, times the last.
    /// On a chain without the precompile the call succeeds and returns nothing, hence the checks of
    /// returndatasize.
    function _addTerm(uint256[5] memory sum) private view {
        bool done;
        assembly ("memory-safe") {
            let term := add(sum, 0x40)
            done := staticcall(gas(), 0x07, term, 0x60, term, 0x40)
            done := and(done, eq(returndatasize(), 0x40))
            done := and(done, staticcall(gas(), 0x06, sum, 0x80, sum, 0x40))
            done := and(done, eq(returndatasize(), 0x40))
        }
        if (!done) revert PointInvalid();
    }

    /// @dev Hashes the first `size` bytes of the buffer.
    function _sha256(uint256[28] memory buffer, uint256 size) private view returns (uint256 digest) {
        bool done;
        assembly ("memory-safe") {
            done := staticcall(gas(), 0x02, buffer, size, 0, 0x20)
            done := and(done, eq(returndatasize(), 0x20))
            digest := mload(0)
        }
        if (!done) revert PrecompileFailed(0x02);
    }

    /// @dev Computes base^exponent modulo R.
    function _power(uint256 base, uint256 exponent, uint256[28] memory buffer) private view returns (uint256 result) {
        bool done;
        uint256 modulus = R;
        assembly ("memory-safe") {
            mstore(buffer, 0x20)
            mstore(add(buffer, 0x20), 0x20)
            mstore(add(buffer, 0x40), 0x20)
            mstore(add(buffer, 0x60), base)
            mstore(add(buffer, 0x80), exponent)
            mstore(add(buffer, 0xa0), modulus)
            done := staticcall(gas(), 0x05, buffer, 0xc0, 0, 0x20)
            done := and(done, eq(returndatasize(), 0x20))
            result := mload(0)
        }
        if (!done) revert PrecompileFailed(0x05);
    }

    function _checkValue(bytes calldata proof, uint256 position) private pure {
        if (_word(proof, position) >= R) revert OpeningNotInField(position);
    }

    function _committed(bytes calldata key) private pure returns (bool) {
        return key.length == KEY_LENGTH_COMMITTED;
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

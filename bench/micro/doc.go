// SPDX-License-Identifier: Apache-2.0

// Package micro is the kernels that provers spend their time in, at a range of sizes, and
// the ceilings that they are compared with.
//
// # Counts
//
// A kernel says how many products of machine words an operation takes at least, and how
// many bytes must be read and written. Field multiplications are counted as gnark-crypto
// v0.22 does them, and each is
//
//   - 36 products of 64 bits where it stands alone: Montgomery's multiplication of four
//     words by four, word by word, takes 4·(4 + 1 + 4) (Koç, Acar, Kaliski, "Analyzing and
//     Comparing Montgomery Multiplication Algorithms", 1996: CIOS takes 2·4² + 4). A square
//     is a multiplication.
//   - 115 halves of products of 52 bits by AVX-512 IFMA where the processor has that and
//     vectors of at least eight are multiplied: 60 low and 55 high ones, by five limbs.
//
// Additions, comparisons, inversions that many share, and work that depends on chance are
// left out: what a kernel is said to reach of a ceiling, it reaches.
package micro

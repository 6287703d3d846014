// SPDX-License-Identifier: Apache-2.0

// Package fraction proves that fractions sum to 0: it is the prover of protocol/logup.
//
// The leaves are never stored. They are described by regions and filled in, a few
// thousand at a time, when level L−1 is built and twice when the last layer is proved.
// The levels above take 64 bytes per leaf, and nothing else grows with the number of
// leaves: when the sumcheck of layer l runs, the levels up to l have served their purpose,
// and hold its tables, each half as large as the one before.
//
// Parts of the tree without a region are (0, 1) and are neither stored nor visited,
// until units of live nodes become so small that filling up is cheaper.
//
// A sumcheck binds the lowest variable first. The polynomial of a round is found from its
// value at 0 and its leading coefficient. In the first round of a layer the value at 0 is
// read off the level above. λ is folded into p₁, so that a node is p₀q₁ + q₀·(p₁+λ·q₁).
package fraction

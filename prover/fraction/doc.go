// SPDX-License-Identifier: Apache-2.0

// Package fraction proves that fractions sum to 0: it is the prover of protocol/logup.
//
// The leaves are never stored. They are described by regions and filled in, a few
// thousand at a time, when level L−1 is built and twice when the last layer is proved.
// The levels above take 64 bytes per leaf, and nothing else grows with the number of
// leaves: 48 for those up to the last one in use, and 16 for those of the whole tree, as
// levels L−3 and above are filled up. When the sumcheck of layer l runs, the levels up to l have served their purpose,
// and hold its tables, each half as large as the one before.
//
// Parts of the tree without a region are (0, 1) and are neither stored nor visited,
// until units of live nodes become so small that filling up is cheaper.
//
// A sumcheck binds the lowest variable first. The polynomial of a round is found from its
// value at 0 and its leading coefficient. In the first round of a layer the value at 0 is
// read off the level above. λ is folded into p₁, so that a node is p₀q₁ + q₀·(p₁+λ·q₁).
package fraction

// What Prove takes for the leaves up to the last one in use, and for all of the tree.
const (
	BytesPerLeaf  = 48
	BytesPerPlace = 16
)

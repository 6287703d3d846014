// SPDX-License-Identifier: Apache-2.0

package wrap

import "github.com/consensys/gnark/frontend"

// Unbound is a circuit whose public inputs say nothing of its words.
type Unbound struct{ Circuit }

// Define implements frontend.Circuit.
func (c *Unbound) Define(api frontend.API) error { return c.reduce(api) }

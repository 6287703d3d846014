// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/zkml-go/zkml/chain/platform"
)

// readDeployment reads where the contracts are, and checks that they are there.
func (c *connection) readDeployment(ctx context.Context) error {
	data, err := readFile(c.o.deployment, 1<<20)
	if errors.Is(err, os.ErrNotExist) {
		return hinted("zkml deploy deploys the contracts and writes the file; --deployment names another", err)
	}
	if err != nil {
		return err
	}
	d, err := platform.Decode(data)
	if err != nil {
		return badf("%s: %w", c.o.deployment, err)
	}
	if err := d.Check(ctx, c.Chain); err != nil {
		return fmt.Errorf("%s: %w", c.o.deployment, err)
	}
	c.d = d
	return nil
}

// needDeployment reads where the contracts are or, on a node in this process, deploys those that a proof
// system needs.
func (e *env) needDeployment(c *connection, system string) (err error) {
	if c.node == nil {
		return c.readDeployment(e.ctx)
	}
	c.d, err = platform.Deploy(e.ctx, c.Chain, platform.Plan{Systems: []string{system}})
	return err
}

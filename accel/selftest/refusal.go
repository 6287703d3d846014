// SPDX-License-Identifier: Apache-2.0

package selftest

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// refused says whether an error is one that blames the caller.
func refused(what string, err error) error {
	if err == nil {
		return fmt.Errorf("%s: accepted", what)
	}
	for _, blame := range []error{accel.ErrMemory, accel.ErrFault, accel.ErrWrong} {
		if errors.Is(err, blame) {
			return fmt.Errorf("%s: the device is blamed: %w", what, err)
		}
	}
	return nil
}

// unknown is scalars that no device takes.
type unknown struct{}

func (unknown) Len() int { return 1 }

// foreign is a vector of one element, of no device.
type foreign struct{ unknown }

var _ accel.Vector = foreign{}

var errForeign = errors.New("a device called a vector that is not its own")

func (foreign) Read([]fr.Element) error { return errForeign }
func (foreign) NTT(accel.Form) error    { return errForeign }
func (foreign) INTT(accel.Form) error   { return errForeign }
func (foreign) Add(accel.Vector) error  { return errForeign }
func (foreign) Sub(accel.Vector) error  { return errForeign }
func (foreign) Mul(accel.Vector) error  { return errForeign }
func (foreign) Scale(*fr.Element) error { return errForeign }
func (foreign) Free()                   {}

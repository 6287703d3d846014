// SPDX-License-Identifier: Apache-2.0

package guard

import "github.com/zkml-go/zkml/accel"

// Untested guards a device without its first test, which takes a second.
func Untested(inner accel.Device, o Options) *Device {
	d, err := start(inner, o, nil)
	if err != nil {
		panic(err)
	}
	return d
}

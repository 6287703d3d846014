// SPDX-License-Identifier: Apache-2.0

// Package icicle is a device behind ICICLE's C interface. The libraries are looked for when
// a device is opened, with no help of a C compiler: those of icicle-gnark v3.2.2 and of
// open-icicle v4.0.0 have the same layout, and a machine that has neither gets an error.
//
// The libraries are not safe for concurrent use, keep their device per thread and throw
// C++ exceptions, which end the process. Hence one goroutine with a thread of its own makes
// all calls of a device, every length is checked before, and whoever cannot afford to be
// ended opens the device in a process of its own (package worker).
//
// All work is on the null stream. MSM uses streams of its own beside it and shares buffers
// between them without events; streams made by cudaStreamCreate order themselves with the
// null stream, and with no other.
//
// Reference: the headers msm.h, ntt.h, vec_ops.h and runtime.h of either repository.
package icicle

import (
	"cmp"
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// Options say which device to open. The zero value is the first GPU.
type Options struct {
	// Dir holds the libraries. Without one they are looked for: see Open.
	Dir string
	// Type is CUDA by default, or CPU, which is slow and for tests.
	Type string
	// ID is the number of the device among those of its type.
	ID int
	// Transform is the logarithm of the length of the longest transform, 24 by default.
	// A device with little memory gets a shorter one.
	Transform int
	// Chunk is how many points one call of the library sums at most, 2²⁰ by default.
	Chunk int
}

const (
	defaultTransform = 24
	maxTransform     = 27 // the field has roots of order 2²⁸, and a coset takes twice the length
	defaultChunk     = 1 << 20
	maxChunk         = 1 << 24
)

func (o Options) complete() (Options, error) {
	o.Type = cmp.Or(o.Type, "CUDA")
	o.Transform = cmp.Or(o.Transform, defaultTransform)
	o.Chunk = cmp.Or(o.Chunk, defaultChunk)
	switch {
	case len(o.Type) >= len(device{}.name):
		return o, fmt.Errorf("icicle: a type of device of %d letters", len(o.Type))
	case o.ID < 0 || o.ID > 1<<10:
		return o, fmt.Errorf("icicle: device number %d", o.ID)
	case o.Transform < 0 || o.Transform > maxTransform:
		return o, fmt.Errorf("icicle: transforms of 2^%d elements, at most 2^%d are possible", o.Transform, maxTransform)
	case o.Chunk < minChunk || o.Chunk > maxChunk:
		return o, fmt.Errorf("icicle: sums of %d points at once, want %d to %d", o.Chunk, minChunk, maxChunk)
	}
	return o, nil
}

// A Device is one device of ICICLE.
type Device struct {
	options  Options
	lib      *library
	thread   *thread
	memory   memory // only the thread touches it
	describe string
}

var _ accel.Device = (*Device)(nil)

// Open loads ICICLE's libraries and takes a device. Libraries are in o.Dir or, if it is
// empty, the first of these that has them: the directory ICICLE_BACKEND_INSTALL_DIR and
// those around it, /usr/local/lib, /opt/icicle/lib, where the system's loader looks.
//
// A process has one set of libraries: once some are loaded, others are refused.
func Open(o Options) (*Device, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	lib, err := load(o.Dir)
	if err != nil {
		return nil, err
	}
	d := &Device{options: o, lib: lib, thread: start(&lib.mu)}
	if err := d.thread.do(d.take); err != nil {
		d.thread.stop()
		return nil, err
	}
	return d, nil
}

// take makes the device that of the thread.
func (d *Device) take() error {
	dev := newDevice(d.options.Type, d.options.ID)
	// icicle_set_device ends the process where there is no such type.
	if d.lib.isAvailable(dev) != success {
		return fmt.Errorf("icicle: the libraries in %s have no backend for %s devices, but for %s",
			d.lib.dir, d.options.Type, d.lib.registered())
	}
	if s := d.lib.setDevice(dev); s != success {
		return fmt.Errorf("icicle: there is no %s device %d: icicle_set_device: %s", d.options.Type, d.options.ID, s)
	}
	d.memory = memory{lib: d.lib, held: map[uintptr]uint64{}}
	d.describe = d.description()
	return nil
}

// String implements accel.Device.
func (d *Device) String() string { return fmt.Sprintf("icicle:%d", d.options.ID) }

// Describe implements accel.Device.
func (d *Device) Describe() string { return d.describe }

// G1 implements accel.Device. The points lie on the device from now on.
func (d *Device) G1(points []curve.G1Affine) (accel.G1, error) {
	b, err := upload(d, d.lib.g1(), points, standardG1)
	if err != nil {
		return nil, err
	}
	return &g1{b}, nil
}

// G2 implements accel.Device. The points lie on the device from now on.
func (d *Device) G2(points []curve.G2Affine) (accel.G2, error) {
	b, err := upload(d, d.lib.g2(), points, standardG2)
	if err != nil {
		return nil, err
	}
	return &g2{b}, nil
}

// Vector implements accel.Device.
func (d *Device) Vector(x []fr.Element) (accel.Vector, error) {
	v := &vector{d: d, n: len(x)}
	if err := d.thread.do(func() error { return v.write(x) }); err != nil {
		return nil, err
	}
	return v, nil
}

// Close implements accel.Device. The libraries stay loaded, and so does what they keep for
// transforms, which the next device opened has use for.
func (d *Device) Close() error {
	err := d.thread.do(d.memory.releaseAll)
	d.thread.stop()
	if err == errClosed {
		return nil
	}
	return err
}

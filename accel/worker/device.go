// SPDX-License-Identifier: Apache-2.0

package worker

import (
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// A device is the one of a worker, seen from the parent.
type device struct {
	*client
	name, description string
	copies            bool // see Copier
	grace             time.Duration
	stop              func() bool // what ends the worker with its context
}

var _ accel.Device = (*device)(nil)

// hello has the child open its device.
func (d *device) hello() error {
	body := []byte(magic)
	size := uint64(0)
	if d.shared != nil {
		size = arenaSize
	}
	_, answer, err := d.ask(opHello, appendU64(body, size), nil, nil)
	if err != nil {
		return err
	}
	f := fields{b: answer}
	d.name, d.description = printable(f.text()), printable(f.text())
	copies := f.u64()
	d.copies = copies == 1
	if !f.end() || copies > 1 {
		d.fail(errors.New("a greeting of another protocol"))
		<-d.ended
		return d.dead
	}
	return nil
}

func (d *device) String() string { return d.name }

func (d *device) Describe() string { return d.description }

// Close has the child close its device, and ends it.
func (d *device) Close() error {
	defer d.stop()
	late := fmt.Errorf("%w, and its worker was killed, which did not end within %v", errClosed, d.grace)
	timer := time.AfterFunc(d.grace, func() { d.fail(late) })
	_, _, err := d.ask(opClose, nil, nil, nil)
	timer.Stop()
	d.fail(errClosed)
	<-d.ended
	if err == late || errors.As(err, new(*remoteError)) {
		return err
	}
	return nil // what has ended before has nothing left to close
}

func (d *device) G1(points []curve.G1Affine) (accel.G1, error) {
	h, err := upload(d.client, opG1, points, !d.copies)
	if err != nil {
		return nil, err
	}
	return &g1{h}, nil
}

func (d *device) G2(points []curve.G2Affine) (accel.G2, error) {
	h, err := upload(d.client, opG2, points, !d.copies)
	if err != nil {
		return nil, err
	}
	return &g2{h}, nil
}

func (d *device) Vector(x []fr.Element) (accel.Vector, error) {
	h, err := upload(d.client, opVector, x, false)
	if err != nil {
		return nil, err
	}
	return &vector{h}, nil
}

// A handle is an object of the device.
type handle struct {
	*client
	id    uint64
	n     int
	free  func() // gives back what the object needs of the shared memory
	freed atomic.Bool
}

var errFreed = errors.New("use of what was freed")

// Len implements accel's objects.
func (h *handle) Len() int { return h.n }

// Free implements accel's objects.
func (h *handle) Free() {
	if h.freed.Swap(true) {
		return
	}
	k := &call{op: opFree, then: h.free}
	_, _ = h.send(k, appendU64(nil, h.id), nil) // a device that has failed has freed it
}

// upload makes an object of the device. The device reads what it is made of as long as it
// lives if keep is set, and else once.
func upload[T raw](c *client, op op, x []T, keep bool) (*handle, error) {
	if len(x) > maxCount {
		return nil, fmt.Errorf("%w: %d elements, at most %d", accel.ErrMemory, len(x), maxCount)
	}
	s, err := c.stage(bytesOf(x))
	if err != nil {
		return nil, err
	}
	id, _, err := c.ask(op, appendU64(nil, uint64(len(x)), s.at), s.bulk, nil)
	h := &handle{client: c, id: id, n: len(x), free: s.put}
	if err != nil || !keep {
		s.put()
		h.free = nil
	}
	if err != nil {
		return nil, err
	}
	return h, nil
}

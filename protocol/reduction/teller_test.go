// SPDX-License-Identifier: Apache-2.0

package reduction_test

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/transcript"
)

// A teller is the arithmetic of a prover's transcript that sends other messages than the
// prover computes. The prover goes on with the challenges that follow from what was
// sent, and with nothing else of it.
type teller struct {
	arith.Native
	// change returns what is sent for x, element i of all messages.
	change func(label string, i int, x fr.Element) fr.Element
	// said are the messages that were sent.
	said []fr.Element

	label string
	left  int // elements of the current message that are still to come
}

// listen lets t speak in a transcript whose arithmetic it is.
func (t *teller) listen(tr *transcript.Transcript[fr.Element]) {
	next := tr.Observe
	tr.Observe = func(e transcript.Event) {
		// Commitments are no message.
		if !e.Challenge && e.Label != "commitments" {
			t.label, t.left = e.Label, e.Len
		}
		next(e)
	}
}

// Add implements arith.Field. A transcript adds the elements of a message one by one,
// then the hash of a long one.
func (t *teller) Add(a, b fr.Element) fr.Element {
	if t.left > 0 {
		t.left--
		if t.change != nil {
			b = t.change(t.label, len(t.said), b)
		}
		t.said = append(t.said, b)
	}
	return t.Native.Add(a, b)
}

// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/zkml-go/zkml/export/onchain"
)

// onchainModel names what export writes without keys.
const onchainModel = "onchain-model"

// An onchainFile is what export onchain-model writes: the arguments of setUp and append of OnchainModel, in
// hexadecimal, and what the model is like.
type onchainFile struct {
	Contract string         `json:"contract"`
	Cells    int            `json:"cells"`
	MACs     int            `json:"macs"`
	Layers   []onchainLayer `json:"layers"`
	List     string         `json:"list"`
	Pieces   []string       `json:"pieces"`
}

type onchainLayer struct {
	Node string `json:"node"`
	Ops  int    `json:"ops"`
	MACs int    `json:"macs"`
}

// exportOnchain writes the network of a bundle for the contract that executes it.
func (e *env) exportOnchain(o *exportOptions, dir string) error {
	b, err := openBundle([]string{dir})
	if err != nil {
		return err
	}
	m, err := onchain.Encode(b.Program())
	if err != nil {
		var refused *onchain.NodeError
		if errors.As(err, &refused) {
			err = hinted("a proof can be verified on chain whatever the network's size", err)
		}
		return fmt.Errorf("%s: %w", dir, err)
	}
	file := onchainFile{Contract: "OnchainModel", Cells: m.Cells, MACs: m.MACs(), List: fmt.Sprintf("0x%x", m.List), Pieces: []string{}}
	for _, l := range m.Layers {
		file.Layers = append(file.Layers, onchainLayer{l.Node, l.Ops, l.MACs})
	}
	for _, piece := range m.Pieces() {
		file.Pieces = append(file.Pieces, fmt.Sprintf("0x%x", piece))
	}
	var data bytes.Buffer
	w := json.NewEncoder(&data)
	w.SetIndent("", " ")
	if err := w.Encode(file); err != nil {
		return err
	}
	return e.exported(onchainModel, o.out, data.Bytes())
}

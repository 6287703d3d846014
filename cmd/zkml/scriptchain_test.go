// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"strconv"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/chain/keyfile"
)

// startNode NAME starts a node for the time of the script: its URL is in the variable NAME, the key of its
// rich account in the file NAME.key, and one without ether in NAME.poor.
func startNode(ts *testscript.TestScript, _ bool, args []string) {
	rich, err := crypto.GenerateKey()
	ts.Check(err)
	poor, err := crypto.GenerateKey()
	ts.Check(err)
	ts.Check(keyfile.Write(ts.MkAbs(args[0]+".key"), rich))
	ts.Check(keyfile.Write(ts.MkAbs(args[0]+".poor"), poor))
	n, err := chain.StartNode("127.0.0.1:0", crypto.PubkeyToAddress(rich.PublicKey))
	ts.Check(err)
	ts.Defer(func() {
		if err := n.Close(); err != nil {
			ts.Fatalf("close the node: %v", err)
		}
	})
	ts.Setenv(args[0], n.URL())
	ts.Setenv(args[0]+"_host", n.URL()[len("http://"):])
}

// remember NAME FILE PATH sets a variable to a field of a JSON file.
func remember(ts *testscript.TestScript, _ bool, args []string) {
	var v any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[1])), &v))
	v, err := lookUp(v, args[2])
	ts.Check(err)
	ts.Setenv(args[0], fmt.Sprint(v))
}

// setMode MODE FILE sets the permissions of a file, in octal.
func setMode(ts *testscript.TestScript, _ bool, args []string) {
	mode, err := strconv.ParseUint(args[0], 8, 9)
	ts.Check(err)
	ts.Check(os.Chmod(ts.MkAbs(args[1]), fs.FileMode(mode)))
}

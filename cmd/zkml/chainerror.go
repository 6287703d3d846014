// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"io"
	"math/big"
	"net"

	"github.com/ethereum/go-ethereum/rpc"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/chain/journal"
	"github.com/zkml-go/zkml/chain/platform"
	"github.com/zkml-go/zkml/chain/publish"
)

// chainError gives an error of a chain the advice that fits. c is nil if there is no connection.
func chainError(c *connection, err error) error {
	var usage usageError
	var input inputError
	if err == nil || errors.As(err, &usage) || errors.As(err, &input) {
		return err
	}
	if hint, ok := chainHint(c, err); ok {
		return hinted(hint, err)
	}
	return err
}

// chainHint returns what can be done about an error, and whether it is one of the chain's or of a file's.
func chainHint(c *connection, err error) (hint string, ok bool) {
	var funds *chain.FundsError
	var fee *chain.FeeError
	var late *chain.PendingError
	var revert *chain.RevertError
	var lost net.Error
	var status rpc.HTTPError
	var answer rpc.Error
	switch {
	case errors.Is(err, chain.ErrUnreachable):
		return "check --rpc; zkml node serves a chain for trying things out", true
	case errors.As(err, &funds) && c != nil:
		lacks := new(big.Int).Sub(funds.Need, funds.Have)
		return fmt.Sprintf("send at least %s to %s on chain %s", amount(lacks), c.From(), c.ID()), true
	case errors.As(err, &fee):
		return "wait, or raise --max-fee", true
	case errors.As(err, &late):
		return "the same command goes on waiting and sends nothing twice; with --replace it offers a higher fee", true
	case errors.Is(err, journal.ErrLocked):
		return "wait until the other run ends", true
	case errors.Is(err, journal.ErrOther):
		return "choose another name for the file that the command makes: its journal is of another account or chain", true
	case errors.Is(err, journal.ErrCorrupt):
		return "the journal was changed; without it a run may send again what was sent: look for the account's transactions before removing it", true
	case errors.Is(err, chain.ErrStepDiffers):
		return "an earlier run with this journal was given other arguments, or was another version: finish it as it was, or choose another name for the file that the command makes", true
	case errors.Is(err, chain.ErrForgotten):
		return "ask a node that keeps old blocks", true
	case errors.Is(err, platform.ErrOtherChain):
		return "--rpc is the node of another chain, or --deployment the file of another one", true
	case errors.Is(err, platform.ErrNoCode), errors.Is(err, platform.ErrOtherCode), errors.Is(err, platform.ErrWiring):
		return "the file was changed, or this program has other versions of the contracts", true
	case errors.As(err, &revert):
		return revertHints[revert.Name], true
	case errors.Is(err, publish.ErrNoBeacon), errors.Is(err, chain.ErrNoBeaconRoot):
		return "blobs are kept for some weeks, and can be asked for once the next block is there; --data-file names a copy", true
	case errors.As(err, &lost), errors.As(err, &status), errors.Is(err, io.EOF):
		return "the node stopped answering; the same command goes on and sends nothing twice", true
	case errors.As(err, &answer): // the node's own words
		return "", true
	case errors.Is(err, chain.ErrNoBlobs), errors.Is(err, chain.ErrNoBaseFee), errors.Is(err, chain.ErrNoTransaction),
		errors.Is(err, platform.ErrNoInference):
		return "", true
	}
	return "", false
}

// revertHints are for errors of the contracts that a user can do something about.
var revertHints = map[string]string{
	"VerifierStopped":                  "the verifier was stopped for good; its proof system is not to be trusted any more",
	"ProofSystemUnknown":               "the router has no verifier for the proof system: zkml status lists those it has",
	"ModelNotFound":                    "zkml status says how many models there are",
	"NotModelOwner":                    "only the owner of a model supersedes it: is --key-file that of the owner?",
	"AlreadySuperseded":                "supersede the newest version",
	"FeeTooHigh":                       "the owner raised the fee: raise --pay",
	"FeeUnpaid":                        "the owner raised the fee: run again",
	"StatementUsed":                    "the statement was attested before; choose another -o for a new nonce",
	"NotGuardian":                      "only the guardian of the deployment stops a verifier: is --key-file that of the guardian?",
	"AccessControlUnauthorizedAccount": "only the admin of the deployment changes the router: is --key-file that of the admin?",
	"SelectorUnknown":                  "the router has no verifier for the proof system",
	"WithdrawalFailed":                 "the account does not take ether",
	"CircuitHashMismatch":              "the bundle's keys changed since the file was made",
}

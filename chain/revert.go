// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"errors"
	"fmt"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/zkml-go/zkml/contracts"
)

// A RevertError says that a contract refused a call, and why.
type RevertError struct {
	contracts.Revert
}

func (e *RevertError) Error() string { return "reverted with " + e.String() }

// explain turns a node's answer into a *RevertError if the contract gave a reason that its ABI explains, or
// that of one of our other contracts, and returns it as it is otherwise.
func explain(contract abi.ABI, err error) error {
	if err == nil {
		return errors.New("no reason given")
	}
	var answer rpc.DataError
	if !errors.As(err, &answer) {
		return err
	}
	text, ok := answer.ErrorData().(string)
	if !ok {
		return err
	}
	data, decodeErr := hexutil.Decode(text)
	if decodeErr != nil {
		return err
	}
	revert, decodeErr := contracts.ExplainRevert(contract, data)
	if decodeErr != nil {
		return fmt.Errorf("%w (%w)", err, decodeErr)
	}
	return &RevertError{revert}
}

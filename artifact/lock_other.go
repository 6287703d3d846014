// SPDX-License-Identifier: Apache-2.0

//go:build !unix

package artifact

import (
	"os"
	"sync"
)

var process sync.Mutex

// lock serializes the changes that this process makes. Of two processes that
// change one bundle at the same moment, the later one wins.
func lock(*os.Root) (unlock func(), err error) {
	process.Lock()
	return process.Unlock, nil
}

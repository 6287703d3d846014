// SPDX-License-Identifier: Apache-2.0

//go:build !(linux && (amd64 || arm64))

package worker

import (
	"errors"
	"os"
)

func mapNew(int) (*os.File, []byte, error) { return nil, nil, errors.ErrUnsupported }

func mapFile(*os.File, int) ([]byte, error) { return nil, errors.ErrUnsupported }

func unmap([]byte) {}

func sealed(*os.File) bool { return false }

func populate(*os.File, int64, int64) error { return errors.ErrUnsupported }

func release(*os.File, int64, int64) {}

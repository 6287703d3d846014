// SPDX-License-Identifier: Apache-2.0

// Package keyfile reads and writes the files that hold the key of an account: 64 hexadecimal digits, or
// the encrypted JSON of go-ethereum's keystore. No error of this package tells anything of a key.
package keyfile

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/crypto"
)

// Errors that wrap what is wrong with a key file.
var (
	// ErrMode says that others than its owner may read a file of secrets.
	ErrMode = errors.New("others than its owner may use it")
	// ErrFormat says that a file is neither kind of key file.
	ErrFormat = errors.New("want 64 hexadecimal digits, or a keystore file of go-ethereum")
	// ErrPassword says that a keystore file needs a password, or another one.
	ErrPassword = errors.New("no password opens it")
)

const maxBytes = 1 << 16

// Read returns the key in a file. password is the path of a file whose first line opens a keystore file,
// "" for none. Both files must be closed to other users.
func Read(path, password string) (*ecdsa.PrivateKey, error) {
	data, err := readSecret(path)
	if err != nil {
		return nil, err
	}
	key, err := parse(data, password)
	if err != nil {
		return nil, fmt.Errorf("key file %s: %w", path, err)
	}
	return key, nil
}

func parse(data []byte, password string) (*ecdsa.PrivateKey, error) {
	text := bytes.TrimSpace(data)
	if !bytes.HasPrefix(text, []byte("{")) {
		return parseHex(text)
	}
	if password == "" {
		return nil, ErrPassword
	}
	secret, err := readSecret(password)
	if err != nil {
		return nil, err
	}
	line, _, _ := bytes.Cut(secret, []byte("\n"))
	k, err := keystore.DecryptKey(text, string(bytes.TrimSuffix(line, []byte("\r"))))
	switch {
	case errors.Is(err, keystore.ErrDecrypt):
		return nil, ErrPassword
	case err != nil:
		return nil, ErrFormat
	}
	return k.PrivateKey, nil
}

// parseHex says nothing of what it is given: an error of a decoder names the wrong digit.
func parseHex(text []byte) (*ecdsa.PrivateKey, error) {
	text = bytes.TrimPrefix(text, []byte("0x"))
	raw := make([]byte, hex.DecodedLen(len(text)))
	if _, err := hex.Decode(raw, text); err != nil || len(raw) != 32 {
		return nil, ErrFormat
	}
	key, err := crypto.ToECDSA(raw)
	if err != nil {
		return nil, fmt.Errorf("%w: it is 0 or not below the order of the curve", ErrFormat)
	}
	return key, nil
}

// readSecret reads a file that only its owner may use. Errors name it.
func readSecret(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	// Windows has no such modes.
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return nil, &fs.PathError{Op: "read", Path: path, Err: fmt.Errorf("%w: mode %04o, want 0600", ErrMode, mode)}
	}
	data, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxBytes {
		return nil, &fs.PathError{Op: "read", Path: path, Err: errors.New("too large for a secret")}
	}
	return data, nil
}

// Write writes a key to a new file, as hexadecimal digits, that its owner only may use.
func Write(path string, key *ecdsa.PrivateKey) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "%x\n", crypto.FromECDSA(key))
	return errors.Join(err, f.Sync(), f.Close())
}

// SPDX-License-Identifier: Apache-2.0

package keyfile_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/accounts/keystore"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/google/uuid"

	"github.com/zkml-go/zkml/chain/keyfile"
)

const digits = "4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d"

// write writes a file of a mode.
func write(t *testing.T, name, text string, mode fs.FileMode) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil { // whatever the umask
		t.Fatal(err)
	}
	return path
}

func TestHex(t *testing.T) {
	t.Parallel()
	for _, text := range []string{digits, "0x" + digits, strings.ToUpper(digits), " " + digits + "\r\n"} {
		key, err := keyfile.Read(write(t, "key", text, 0o600), "")
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		if got := fmt.Sprintf("%x", crypto.FromECDSA(key)); got != digits {
			t.Errorf("%q: got %s", text, got)
		}
	}
}

// TestRefused wants an error of the kind that fits, with the path and with nothing of the key.
func TestRefused(t *testing.T) {
	t.Parallel()
	order := "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
	tests := []struct {
		text string
		mode fs.FileMode
		want error
	}{
		{digits, 0o644, keyfile.ErrMode},
		{digits, 0o640, keyfile.ErrMode},
		{digits, 0o602, keyfile.ErrMode},
		{digits[1:], 0o600, keyfile.ErrFormat},
		{digits + "1d", 0o600, keyfile.ErrFormat},
		{digits[:63] + "g", 0o600, keyfile.ErrFormat},
		{"", 0o600, keyfile.ErrFormat},
		{strings.Repeat("0", 64), 0o600, keyfile.ErrFormat},
		{order, 0o600, keyfile.ErrFormat},
		{"{}", 0o600, keyfile.ErrPassword},
	}
	for _, test := range tests {
		path := write(t, "key", test.text, test.mode)
		_, err := keyfile.Read(path, "")
		if !errors.Is(err, test.want) || !strings.Contains(err.Error(), path) {
			t.Errorf("%q, mode %04o: got error %v, want %v", test.text, test.mode, err, test.want)
		}
		if len(test.text) > 8 && strings.Contains(err.Error(), test.text[4:12]) {
			t.Errorf("error %q tells of the key", err)
		}
	}
	if _, err := keyfile.Read(filepath.Join(t.TempDir(), "missing"), ""); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got error %v, want ErrNotExist", err)
	}
	if _, err := keyfile.Read(write(t, "key", strings.Repeat("0", 1<<17), 0o600), ""); err == nil {
		t.Error("a large file is read as a key")
	}
}

func TestKeystore(t *testing.T) {
	t.Parallel()
	key, err := crypto.HexToECDSA(digits)
	if err != nil {
		t.Fatal(err)
	}
	file, err := keystore.EncryptKey(&keystore.Key{Id: uuid.New(), Address: crypto.PubkeyToAddress(key.PublicKey), PrivateKey: key},
		"correct horse", keystore.LightScryptN, keystore.LightScryptP)
	if err != nil {
		t.Fatal(err)
	}
	path := write(t, "UTC--keystore", string(file), 0o600)
	for _, text := range []string{"correct horse", "correct horse\n", "correct horse\r\nsecond line\n"} {
		got, err := keyfile.Read(path, write(t, "password", text, 0o600))
		if err != nil {
			t.Fatal(err)
		}
		if !got.Equal(key) {
			t.Errorf("password file %q: another key", text)
		}
	}
	if _, err := keyfile.Read(path, write(t, "password", "wrong horse", 0o600)); !errors.Is(err, keyfile.ErrPassword) || strings.Contains(err.Error(), "horse") {
		t.Errorf("wrong password: got error %v, want ErrPassword", err)
	}
	if _, err := keyfile.Read(path, write(t, "password", "correct horse", 0o644)); !errors.Is(err, keyfile.ErrMode) {
		t.Errorf("open password file: got error %v, want ErrMode", err)
	}
	broken := write(t, "broken", `{"crypto":{"cipher":"none"},"version":3}`, 0o600)
	if _, err := keyfile.Read(broken, write(t, "password", "x", 0o600)); !errors.Is(err, keyfile.ErrFormat) {
		t.Errorf("got error %v, want ErrFormat", err)
	}
}

func TestWrite(t *testing.T) {
	t.Parallel()
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "key")
	if err := keyfile.Write(path, key); err != nil {
		t.Fatal(err)
	}
	got, err := keyfile.Read(path, "")
	if err != nil {
		t.Fatal(err)
	}
	if !got.Equal(key) {
		t.Error("another key was read than written")
	}
	if err := keyfile.Write(path, key); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got error %v, want that the file is there", err)
	}
}

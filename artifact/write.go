// SPDX-License-Identifier: Apache-2.0

package artifact

import (
	"bufio"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/zkml-go/zkml/internal/atomicfile"
)

// tempPrefix starts the names of files that are being written. One that is left
// behind by a crash belongs to nobody.
const tempPrefix = ".tmp-"

func tempName() string { return tempPrefix + strings.ToLower(rand.Text()) }

// stage writes a new file under a temporary name in root and makes it durable.
// On error the file is gone.
func stage(root *os.Root, write func(io.Writer) error) (string, File, error) {
	temp := tempName()
	out, err := root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return "", File{}, err
	}
	done := false
	defer func() { // also when write panics
		if !done {
			out.Close()
			root.Remove(temp)
		}
	}()
	h := sha256.New()
	count := &counter{}
	buf := bufio.NewWriterSize(io.MultiWriter(out, h, count), 1<<20)
	if err := write(buf); err != nil {
		return "", File{}, err
	}
	if err := errors.Join(buf.Flush(), out.Sync(), out.Close()); err != nil {
		return "", File{}, err
	}
	done = true
	return temp, File{Size: count.n, SHA256: Hash(h.Sum(nil))}, nil
}

type counter struct{ n int64 }

func (c *counter) Write(b []byte) (int, error) {
	c.n += int64(len(b))
	return len(b), nil
}

// replace writes a file so that at any moment the name has either its old or its
// new content.
func replace(root *os.Root, name string, data []byte) error {
	temp, _, err := stage(root, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
	if err != nil {
		return err
	}
	if err := root.Rename(temp, name); err != nil {
		root.Remove(temp)
		return err
	}
	return syncDir(root)
}

// syncDir makes the names in root durable.
func syncDir(root *os.Root) error {
	d, err := root.Open(".")
	if err != nil {
		return err
	}
	return errors.Join(atomicfile.Sync(d), d.Close())
}

// readFile reads a regular file of root of at most limit bytes.
func readFile(root *os.Root, name string, limit int64) ([]byte, error) {
	info, err := root.Lstat(name)
	if err != nil {
		return nil, err
	}
	// A symbolic link might leave the bundle, a pipe might never end.
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w: it is a %v, want a regular file", ErrCorrupt, info.Mode().Type())
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err = f.Stat(); err != nil { // of the file that is open: the name may have moved on
		return nil, err
	}
	if info.Size() > limit {
		return nil, fmt.Errorf("%w: it has %d bytes, want at most %d", ErrCorrupt, info.Size(), limit)
	}
	data := make([]byte, info.Size())
	if _, err := io.ReadFull(f, data); err != nil {
		return nil, err
	}
	return data, nil
}

// SPDX-License-Identifier: Apache-2.0

package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/zkml-go/zkml/internal/onnxtest"
	"github.com/zkml-go/zkml/internal/unsafesetup"
)

// writeONNX TEXT FILE writes the model that a text describes.
func writeONNX(ts *testscript.TestScript, _ bool, args []string) {
	c, err := onnxtest.Parse(ts.ReadFile(args[0]))
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), c.Model.Marshal(), 0o666))
}

// writeArray FILE SPEC... writes an .npy or .npz file. A spec is
// NAME:TYPE:EXTENTS:VALUES, lists with commas; values are repeated as needed.
func writeArray(ts *testscript.TestScript, _ bool, args []string) {
	var zipped bytes.Buffer
	z := zip.NewWriter(&zipped)
	var last []byte
	for _, spec := range args[1:] {
		f := strings.Split(spec, ":")
		data, err := npyFile(f[1], f[2], strings.Split(f[3], ","))
		ts.Check(err)
		w, err := z.Create(f[0] + ".npy")
		ts.Check(err)
		_, err = w.Write(data)
		ts.Check(err)
		last = data
	}
	ts.Check(z.Close())
	if filepath.Ext(args[0]) == ".npz" {
		last = zipped.Bytes()
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), last, 0o666))
}

// npyFile returns an .npy file of type u1, f4 or i8.
func npyFile(typ, extents string, values []string) ([]byte, error) {
	n := 1
	for _, d := range strings.Split(extents, ",") {
		extent, err := strconv.Atoi(d)
		if err != nil {
			return nil, err
		}
		n *= extent
	}
	var body []byte
	for i := range n {
		x, err := strconv.ParseFloat(values[i%len(values)], 64)
		if err != nil {
			return nil, err
		}
		switch typ {
		case "u1":
			body = append(body, byte(x))
		case "f4":
			body = binary.LittleEndian.AppendUint32(body, math.Float32bits(float32(x)))
		case "i8":
			body = binary.LittleEndian.AppendUint64(body, uint64(int64(x)))
		default:
			return nil, fmt.Errorf("unknown type %q", typ)
		}
	}
	order := "<"
	if typ == "u1" {
		order = "|"
	}
	header := fmt.Sprintf("{'descr': '%s%s', 'fortran_order': False, 'shape': (%s,), }\n", order, typ, extents)
	file := append([]byte("\x93NUMPY\x01\x00"), byte(len(header)), byte(len(header)>>8))
	return append(append(file, header...), body...), nil
}

// writePicture FILE WIDTHxHEIGHT [LEVEL] writes a gray PNG or JPEG of one level,
// or of a gradient.
func writePicture(ts *testscript.TestScript, _ bool, args []string) {
	var w, h int
	_, err := fmt.Sscanf(args[1], "%dx%d", &w, &h)
	ts.Check(err)
	level := -1
	if len(args) > 2 {
		level, err = strconv.Atoi(args[2])
		ts.Check(err)
	}
	im := image.NewGray(image.Rect(0, 0, w, h))
	for i := range im.Pix {
		im.Pix[i] = byte(level)
		if level < 0 {
			im.Pix[i] = byte(16 * i)
		}
	}
	var data bytes.Buffer
	if filepath.Ext(args[0]) == ".png" {
		err = png.Encode(&data, im)
	} else {
		err = jpeg.Encode(&data, im, nil)
	}
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data.Bytes(), 0o666))
}

// colors returns a picture whose pixel i has the levels 3i, 3i+1 and 3i+2.
func colors(w, h int) image.Image {
	im := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		im.SetNRGBA(i%w, i/w, color.NRGBA{byte(3 * i), byte(3*i + 1), byte(3*i + 2), 255})
	}
	return im
}

// writeSRS FILE N writes N powers of a known tau.
func writeSRS(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.ParseUint(args[1], 10, 32)
	ts.Check(err)
	srs, err := kzg.NewSRS(n, big.NewInt(2026))
	ts.Check(err)
	var data bytes.Buffer
	_, err = srs.WriteTo(&data)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data.Bytes(), 0o666))
}

// writePtau FILE POWER writes 2^POWER powers of a random tau, as snarkjs would.
func writePtau(ts *testscript.TestScript, _ bool, args []string) {
	power, err := strconv.Atoi(args[1])
	ts.Check(err)
	var data bytes.Buffer
	ts.Check(unsafesetup.WritePtau(&data, power))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data.Bytes(), 0o666))
}

// hashFile FILE NAME sets an environment variable to the SHA-256 hash of a file.
func hashFile(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[1], fmt.Sprintf("%x", sha256.Sum256([]byte(ts.ReadFile(args[0])))))
}

// SPDX-License-Identifier: Apache-2.0

package ir_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"flag"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/zkml-go/zkml/internal/oracle"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// small is a program with every primitive, every block width and awkward names.
func small(t testing.TB) *ir.Program {
	t.Helper()
	p := &ir.Program{Tables: []ir.Table{
		{Name: "relu8", Lo: -4, Values: []int64{0, 0, 0, 0, 0, 1, 2, 3, 4}},
		{Name: "wide", Lo: 0, Values: []int64{1 << 40, -5, 7, 9, 11}},
	}}
	must := func(name string, op ir.Op, args ...ir.ID) ir.ID {
		id, err := p.Add(name, op, args...)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	x := must("x", ir.Input{Name: "x", Shape: tensor.Shape{1, 2, 2}, Declared: ir.Range{Lo: -128, Hi: 127}, Scale: 1.0 / 127, Zero: 3, Visibility: ir.Committed})
	w := must("fc \"1\"\n<é>\u2028", ir.NewConst(tensor.Shape{3, 4}, []int64{1, -2, 3, 127, 5, -6, 7, -128, 9, 0, 11, 12}))
	b := must("bias", ir.NewConst(tensor.Shape{3}, []int64{1000, -32768, 32767}))
	flat := must("flatten", ir.View{View: tensor.View{From: tensor.Shape{4}, Axes: tensor.Shape{4}, To: tensor.Shape{4},
		Index: []tensor.Affine{{Offset: 0, Terms: []tensor.Term{{Axis: 0, Coef: 1}}}}}}, x)
	dot := must("fc", ir.Contract{Contraction: tensor.Contraction{Extents: []int{3, 4}, A: []int{0, 1}, B: []int{1}, Out: []int{0}}}, w, flat)
	sum := must("fc", ir.Linear{Coefs: []int64{1, 16}, Bias: -7}, dot, b)
	q := must("fc/requantize", ir.Rescale{Multiplier: 1, Shift: 18}, sum)
	y := must("relu", ir.Lookup{Table: 0}, q)
	z := must("", ir.Lookup{Table: 1}, y)
	pair := must("cat", ir.Concat{Axis: 0}, z, b)
	top := must("top", ir.Max{Axes: []int{0}}, pair)
	must("scalar", ir.NewConst(tensor.Shape{}, []int64{-1 << 33}))
	must("int32", ir.NewConst(tensor.Shape{1}, []int64{-40000}))
	must("ratio", ir.Divide{}, b, must("from 1", ir.Linear{Coefs: []int64{1}, Bias: 1}, y))
	must("rows", ir.Gather{Batch: 0}, w, y)
	p.Outputs = []ir.Output{
		{Name: "logits", ID: y, Scale: 0.25, Note: "softmax dropped", Visibility: ir.Public},
		{Name: "top", ID: top, Scale: 1e-7, Visibility: ir.Private},
	}
	return p
}

func text(t testing.TB, p *ir.Program) string {
	t.Helper()
	var b strings.Builder
	if err := p.WriteText(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func encode(t testing.TB, p *ir.Program) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := p.Encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestTextGolden pins the format: a change of it changes the digest of every
// model, and needs a new header.
func TestTextGolden(t *testing.T) {
	t.Parallel()
	got := text(t, small(t))
	path := filepath.Join("testdata", "small.txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("text of the small program (-golden +got):\n%s", d)
	}
	for kind := range ir.Kinds() {
		if !strings.Contains(got, " "+kind+" ") {
			t.Errorf("the golden text has no %s", kind)
		}
	}
}

func TestRoundTrip(t *testing.T) {
	t.Parallel()
	programs := []*ir.Program{small(t)}
	for seed := range uint64(100) {
		programs = append(programs, oracle.Random(rand.New(rand.NewPCG(seed, 3)), 12))
	}
	for i, p := range programs {
		file := encode(t, p)
		q, err := ir.Decode(file)
		if err != nil {
			t.Fatalf("program %d: %v", i, err)
		}
		if d := cmp.Diff(p, q, cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("program %d (-want +got):\n%s", i, d)
		}
		if !bytes.Equal(encode(t, q), file) {
			t.Fatalf("program %d: encoding the decoded program gives another file", i)
		}
		if p.Digest() != q.Digest() {
			t.Fatalf("program %d: the digest changes", i)
		}
	}
}

// TestBlockWidths checks the width and the bytes of a constant on both sides of
// each boundary.
func TestBlockWidths(t *testing.T) {
	t.Parallel()
	for x, width := range map[int64]int{
		0: 1, 127: 1, -128: 1, 128: 2, -129: 2, 1<<15 - 1: 2, -1 << 15: 2, 1 << 15: 4, -1<<15 - 1: 4,
		1<<31 - 1: 4, -1 << 31: 4, 1 << 31: 8, -1<<31 - 1: 8, ir.Limit: 8, -ir.Limit: 8,
	} {
		p := &ir.Program{}
		add(t, p, ir.Input{Name: "x", Shape: tensor.Shape{}, Declared: ir.Range{Lo: 0, Hi: 1}, Scale: 1, Visibility: ir.Public})
		c := add(t, p, ir.NewConst(tensor.Shape{2}, []int64{x, -1}))
		p.Outputs = []ir.Output{{ID: c, Scale: 1, Visibility: ir.Public}}
		file := encode(t, p)
		want := binary.LittleEndian.AppendUint64(nil, uint64(x))[:width]
		want = append(want, bytes.Repeat([]byte{0xff}, width)...)
		if got := file[24+len(text(t, p)):]; !bytes.Equal(got, want) {
			t.Errorf("%d is stored as %x, want %x", x, got, want)
		}
		q, err := ir.Decode(file)
		if err != nil {
			t.Errorf("%d: %v", x, err)
		} else if d := cmp.Diff(p, q, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%d: %s", x, d)
		}
	}
}

// TestNamesSurvive checks every character that a JSON string escapes, and more.
func TestNamesSurvive(t *testing.T) {
	t.Parallel()
	name := "\\\"/<>&'\u2028\u2029\ufffd\U0001f600é"
	for c := range rune(0xff) {
		name += string(c)
	}
	p := small(t)
	p.Nodes[1].Name, p.Tables[0].Name, p.Outputs[0].Name, p.Outputs[0].Note = name, name, name, name
	q, err := ir.Decode(encode(t, p))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(p, q, cmpopts.EquateEmpty()); d != "" {
		t.Error(d)
	}
}

// TestTextOfAbsentLists checks that nil and empty lists are the same program.
func TestTextOfAbsentLists(t *testing.T) {
	t.Parallel()
	build := func(list []int, s tensor.Shape) *ir.Program {
		p := &ir.Program{}
		x := add(t, p, ir.Input{Name: "x", Shape: s, Declared: ir.Range{Lo: 0, Hi: 1}, Scale: 1, Visibility: ir.Public})
		add(t, p, ir.Max{Axes: list}, x)
		add(t, p, ir.Contract{Contraction: tensor.Contraction{Extents: list, A: list, B: list, Out: list}}, x, x)
		return p
	}
	if d := cmp.Diff(text(t, build([]int{}, tensor.Shape{})), text(t, build(nil, nil))); d != "" {
		t.Error(d)
	}
}

// section builds a program file from its two sections.
func section(text string, weights []byte) []byte {
	file := []byte("zkml.ir\x01")
	file = binary.LittleEndian.AppendUint64(file, uint64(len(text)))
	file = binary.LittleEndian.AppendUint64(file, uint64(len(weights)))
	return append(append(file, text...), weights...)
}

// TestDecodeRefuses makes one change to a good file at a time.
func TestDecodeRefuses(t *testing.T) {
	t.Parallel()
	good := encode(t, small(t))
	body := text(t, small(t))
	weights := good[24+len(body):]
	if !bytes.Equal(section(body, weights), good) {
		t.Fatal("the test does not know the format")
	}
	replace := func(old, new string) []byte {
		if !strings.Contains(body, old) {
			t.Fatalf("the text has no %q", old)
		}
		return section(strings.Replace(body, old, new, 1), weights)
	}
	lines := strings.SplitAfter(body, "\n")
	swap := func(i, j int) []byte {
		l := append([]string{}, lines...)
		l[i], l[j] = l[j], l[i]
		return section(strings.Join(l, ""), weights)
	}
	header := func(at int, v uint64) []byte {
		f := bytes.Clone(good)
		binary.LittleEndian.PutUint64(f[at:], v)
		return f
	}
	widened := append([]byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 0, 3, 0, 4, 0}, weights[9:]...)
	for name, c := range map[string]struct {
		file []byte
		want string
	}{
		"empty":             {nil, "at the start"},
		"magic":             {append([]byte("zkml.ir\x02"), good[8:]...), "at the start"},
		"text too long":     {header(8, uint64(len(body)+1)), "the header names"},
		"text overflows":    {header(8, math.MaxUint64), "the header names"},
		"weights too long":  {header(16, uint64(len(weights)+1)), "the header names"},
		"weights overflow":  {header(16, math.MaxUint64), "the header names"},
		"truncated":         {good[:len(good)-1], "the header names"},
		"trailing byte":     {append(bytes.Clone(good), 0), "the header names"},
		"weights left over": {section(body, append(bytes.Clone(weights), 0)), "1 bytes of weights"},
		"weights missing":   {section(body, weights[:len(weights)-1]), "bytes of weights are left"},
		"header":            {replace("program 1", "program 2"), "the text starts with"},
		"no header":         {section("", nil), "the text starts with"},
		"no newline":        {section(body[:len(body)-1], weights), "the text has"},
		"empty line":        {section(body+"\n", weights), "neither table"},
		"verb":              {replace("node 3", "knot 3"), `"knot" is neither`},
		"number":            {replace("node 3", "node 4"), "line 7 is not"},
		"leading zero":      {replace("node 3", "node 03"), "line 7 is not"},
		"kind":              {replace("rescale", "resize"), `no primitive is called "resize"`},
		"other kind":        {replace("4 contract", "4 concat"), "fc (concat)"},
		"argument":          {replace("[1,3]", "[1,4]"), "value 4 of 4"},
		"arguments":         {replace("[1,3]", "[1,3,3]"), "3 arguments, want 2"},
		"shape":             {replace("[3] [-18554", "[4] [-18554"), "line 8 is not"},
		"range":             {replace(`"relu" [6] [3] [0,2]`, `"relu" [6] [3] [0,1]`), "line 11 is not"},
		"unknown field":     {replace(`"shift":18`, `"shift":18,"mode":0`), "line 10 is not"},
		"missing field":     {replace(`,"zero":3`, ``), "is not what"},
		"field order":       {replace(`"multiplier":1,"shift":18`, `"shift":18,"multiplier":1`), "line 10 is not"},
		"field case":        {replace(`"shift":18`, `"Shift":18`), "line 10 is not"},
		"repeated field":    {replace(`"shift":18`, `"shift":17,"shift":18`), "line 10 is not"},
		"field of a string": {replace(`"shift":18`, `"shift":"18"`), "requantize"},
		"fraction":          {replace(`"shift":18`, `"shift":18.5`), "requantize"},
		"space":             {replace(`"shift":18`, `"shift": 18`), "line 10 is not"},
		"null list":         {replace(`"axes":[0]`, `"axes":null`), "line"},
		"escape":            {replace(`"bias"`, `"\u0062ias"`), "line 6 is not"},
		"more on the line":  {replace(`"shift":18}`, `"shift":18} {}`), "line 10 is not"},
		"less on the line":  {replace(` {"multiplier":1,"shift":18}`, ``), "requantize"},
		"float text":        {replace(`"scale":0.25`, `"scale":0.250`), "is not what"},
		"zero shift":        {replace(`"shift":18`, `"shift":0`), "shift"},
		"infinite scale":    {replace(`"scale":0.25`, `"scale":1e999`), "line"},
		"no scale":          {replace(`"scale":0.25`, `"scale":0`), "scale 0"},
		"output id":         {replace(`"id":7`, `"id":77`), "value 77"},
		"visibility":        {replace(`"visibility":"private"`, `"visibility":"open"`), `"open"`},
		"hash":              {replace(`"sha256":"`, `"sha256":"0`), "line 2 is not"},
		"table size":        {replace(`"size":9`, `"size":8`), ""},
		"table size 0":      {replace(`"size":9`, `"size":0`), "0 elements"},
		"table size -1":     {replace(`"size":9`, `"size":-1`), "-1 elements"},
		"table size big":    {replace(`"size":9`, `"size":1048577`), "at most"},
		"width":             {replace(`"bytes":1`, `"bytes":3`), "3 bytes"},
		"width 0":           {replace(`"bytes":1`, `"bytes":0`), "0 bytes"},
		"wider than needed": {section(strings.Replace(body, `"bytes":1`, `"bytes":2`, 1), widened), "line 2 is not"},
		"huge constant":     {replace(`"shape":[3,4]`, `"shape":[30000,40000]`), "bytes of weights are left"},
		"huger constant":    {replace(`"shape":[3,4]`, `"shape":[1099511627776,1099511627776]`), "more than"},
		"tables late":       {swap(2, 4), "line 7"},
		"nodes swapped":     {swap(5, 6), "line 8"},
		"outputs swapped":   {swap(18, 19), "is not what"},
		"outputs early":     {swap(17, 18), "is not what"},
		"no outputs":        {section(strings.Join(lines[:18], ""), weights), "no output"},
	} {
		p, err := ir.Decode(c.file)
		if err == nil {
			t.Errorf("%s: accepted as\n%s", name, text(t, p))
		} else if !errors.Is(err, ir.ErrFormat) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %q, want %q", name, err, c.want)
		}
	}
}

// TestDecodeFindsFlips flips each byte of a file. A changed name or scale is
// another good program, with another digest; anything else is an error.
func TestDecodeFindsFlips(t *testing.T) {
	t.Parallel()
	p := small(t)
	good := encode(t, p)
	errs := 0
	for i := range good {
		for _, mask := range []byte{0x01, 0x20, 0x80} {
			bad := bytes.Clone(good)
			bad[i] ^= mask
			q, err := ir.Decode(bad)
			if err != nil {
				errs++
			} else if q.Digest() == p.Digest() {
				t.Fatalf("byte %d of %d ^ %#x goes unnoticed", i, len(good), mask)
			}
		}
	}
	if errs < 2*len(good) {
		t.Errorf("%d errors for 3×%d flips", errs, len(good))
	}
}

// TestDecodeLimits checks the limits, which Encode and Decode share.
func TestDecodeLimits(t *testing.T) {
	t.Parallel()
	line := `output 0 {"name":"","id":0,"scale":1,"note":"","visibility":"public"}` + "\n"
	tables := strings.Repeat(`table 0 {"name":"","lo":0,"size":1,"bytes":1,"sha256":""}`+"\n", ir.MaxTables+1)
	if _, err := ir.Decode(section("zkml program 1\n"+tables+line, make([]byte, ir.MaxTables+1))); err == nil || !strings.Contains(err.Error(), "tables") {
		t.Errorf("too many tables: %v", err)
	}
	p := small(t)
	p.Tables = make([]ir.Table, ir.MaxTables+1)
	if err := p.Encode(&bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "4097 tables") {
		t.Errorf("too many tables: %v", err)
	}
	p = small(t)
	p.Nodes = make([]ir.Node, ir.MaxNodes+1)
	if err := p.Encode(&bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "1048577 nodes") {
		t.Errorf("too many nodes: %v", err)
	}
}

// limitedWriter fails after n bytes.
type limitedWriter struct{ n int }

var errFull = errors.New("disk full")

func (w *limitedWriter) Write(b []byte) (int, error) {
	if len(b) > w.n {
		return 0, errFull
	}
	w.n -= len(b)
	return len(b), nil
}

func TestEncodeReportsWriteErrors(t *testing.T) {
	t.Parallel()
	p := small(t)
	n := len(encode(t, p))
	for room := range n {
		if err := p.Encode(&limitedWriter{room}); !errors.Is(err, errFull) {
			t.Fatalf("room for %d of %d bytes: %v", room, n, err)
		}
	}
	if err := p.Encode(&limitedWriter{n}); err != nil {
		t.Fatal(err)
	}
}

// FuzzDecode checks that Decode is total and that what it accepts is the one
// encoding of what it returns.
func FuzzDecode(f *testing.F) {
	f.Add(encode(f, small(f)))
	for seed := range uint64(20) {
		f.Add(encode(f, oracle.Random(rand.New(rand.NewPCG(seed, 4)), 10)))
	}
	f.Add(section("zkml program 1\n", nil))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := ir.Decode(data)
		if err != nil {
			if !errors.Is(err, ir.ErrFormat) {
				t.Errorf("%v is not an ErrFormat", err)
			}
			return
		}
		if !bytes.Equal(encode(t, p), data) {
			t.Error("a program has two files")
		}
	})
}

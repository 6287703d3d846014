// SPDX-License-Identifier: Apache-2.0

package artifact

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// maxJSON bounds the size of the JSON files that are read.
const maxJSON = 16 << 20

// encodeJSON returns v as JSON, indented for people.
func encodeJSON(v any) []byte {
	var out bytes.Buffer
	json.Indent(&out, compactJSON(v), "", "  ") // compactJSON is valid
	out.WriteByte('\n')
	return out.Bytes()
}

// compactJSON returns v, whose type always has an encoding, as JSON without spaces.
func compactJSON(v any) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		panic("zkml: internal error: " + err.Error())
	}
	return bytes.TrimSuffix(b.Bytes(), []byte{'\n'})
}

// decodeJSON decodes data, which must be a JSON object of the named format and
// version and, but for white space, exactly what encodeJSON writes for the
// result: no field unknown, absent, repeated, reordered or spelled differently.
func decodeJSON(data []byte, format string, version int, v any) error {
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	if head.Format != format {
		return fmt.Errorf("%w: format %q, want %q", ErrCorrupt, clip(head.Format), format)
	}
	if head.Version != version {
		return fmt.Errorf("%w: %d, this program reads version %d", ErrVersion, head.Version, version)
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	var got bytes.Buffer
	if err := json.Compact(&got, data); err != nil {
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	want := compactJSON(v)
	if at := difference(got.Bytes(), want); at >= 0 {
		return fmt.Errorf("%w: reads %q where %q is meant", ErrCorrupt, clip(string(got.Bytes()[at:])), clip(string(want[at:])))
	}
	return nil
}

// difference returns where a and b start to differ, or −1; a little earlier, so
// that a message shows some context.
func difference(a, b []byte) int {
	if bytes.Equal(a, b) {
		return -1
	}
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	return max(0, i-20)
}

// clip shortens s for a message.
func clip(s string) string {
	const length = 60
	if len(s) > length {
		return s[:length] + "…"
	}
	return s
}

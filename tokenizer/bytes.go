// SPDX-License-Identifier: Apache-2.0

package tokenizer

import "fmt"

// A vocabulary spells a byte as a character that can be seen: bytes that are a
// printable character of Latin-1 as that, the others, in order, as U+0100, ….
var byteOf = func() map[rune]byte {
	m := make(map[rune]byte, 256)
	hidden := rune(256)
	for b := range rune(256) {
		if b >= '!' && b <= '~' || b >= '¡' && b <= '¬' || b >= '®' {
			m[b] = byte(b)
			continue
		}
		m[hidden] = byte(b)
		hidden++
	}
	return m
}()

// fromRunes returns the bytes that a spelling stands for.
func fromRunes(text string) (string, error) {
	out := make([]byte, 0, len(text))
	for _, r := range text {
		b, ok := byteOf[r]
		if !ok {
			return "", fmt.Errorf("token %q: %q stands for no byte", text, r)
		}
		out = append(out, b)
	}
	if len(out) == 0 {
		return "", fmt.Errorf("a token stands for nothing")
	}
	return string(out), nil
}

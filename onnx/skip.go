// SPDX-License-Identifier: Apache-2.0

package onnx

// officialSkip says why official tests of ONNX are not for this importer.
type officialSkip struct{ pattern, reason string }

var skips []officialSkip

// skip registers, beside the operator, the reason why the official tests whose
// name matches pattern (as in package path) cannot pass.
func skip(pattern, reason string) struct{} {
	skips = append(skips, officialSkip{pattern, reason})
	return struct{}{}
}

// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"strings"
	"testing"
	"unsafe"
)

// TestLayout compares the structures with those of ICICLE's headers, field by field.
func TestLayout(t *testing.T) {
	_, c := open(t, Options{})
	var (
		d device
		m msmConfig
		n nttConfig
		i domainConfig
		v vectorConfig
	)
	want := map[string]uintptr{
		"Device": unsafe.Sizeof(d), "Device.type": unsafe.Offsetof(d.name), "Device.id": unsafe.Offsetof(d.id),

		"MSMConfig":                             unsafe.Sizeof(m),
		"MSMConfig.stream":                      unsafe.Offsetof(m.stream),
		"MSMConfig.precompute_factor":           unsafe.Offsetof(m.precomputeFactor),
		"MSMConfig.c":                           unsafe.Offsetof(m.window),
		"MSMConfig.bitsize":                     unsafe.Offsetof(m.bits),
		"MSMConfig.batch_size":                  unsafe.Offsetof(m.batch),
		"MSMConfig.are_points_shared_in_batch":  unsafe.Offsetof(m.sharedPoints),
		"MSMConfig.are_scalars_on_device":       unsafe.Offsetof(m.scalarsOnDevice),
		"MSMConfig.are_scalars_montgomery_form": unsafe.Offsetof(m.scalarsMontgomery),
		"MSMConfig.are_points_on_device":        unsafe.Offsetof(m.pointsOnDevice),
		"MSMConfig.are_points_montgomery_form":  unsafe.Offsetof(m.pointsMontgomery),
		"MSMConfig.are_results_on_device":       unsafe.Offsetof(m.resultsOnDevice),
		"MSMConfig.is_async":                    unsafe.Offsetof(m.async),
		"MSMConfig.ext":                         unsafe.Offsetof(m.extension),

		"NTTConfig_":                       unsafe.Sizeof(n),
		"NTTConfig_.stream":                unsafe.Offsetof(n.stream),
		"NTTConfig_.coset_gen":             unsafe.Offsetof(n.coset),
		"NTTConfig_.batch_size":            unsafe.Offsetof(n.batch),
		"NTTConfig_.columns_batch":         unsafe.Offsetof(n.columns),
		"NTTConfig_.ordering":              unsafe.Offsetof(n.order),
		"NTTConfig_.are_inputs_on_device":  unsafe.Offsetof(n.inputOnDevice),
		"NTTConfig_.are_outputs_on_device": unsafe.Offsetof(n.outputOnDevice),
		"NTTConfig_.is_async":              unsafe.Offsetof(n.async),
		"NTTConfig_.ext":                   unsafe.Offsetof(n.extension),

		"NTTInitDomainConfig":          unsafe.Sizeof(i),
		"NTTInitDomainConfig.stream":   unsafe.Offsetof(i.stream),
		"NTTInitDomainConfig.is_async": unsafe.Offsetof(i.async),
		"NTTInitDomainConfig.ext":      unsafe.Offsetof(i.extension),

		"VecOpsConfig":                     unsafe.Sizeof(v),
		"VecOpsConfig.stream":              unsafe.Offsetof(v.stream),
		"VecOpsConfig.is_a_on_device":      unsafe.Offsetof(v.aOnDevice),
		"VecOpsConfig.is_b_on_device":      unsafe.Offsetof(v.bOnDevice),
		"VecOpsConfig.is_result_on_device": unsafe.Offsetof(v.resultOnDevice),
		"VecOpsConfig.is_async":            unsafe.Offsetof(v.async),
		"VecOpsConfig.batch_size":          unsafe.Offsetof(v.batch),
		"VecOpsConfig.columns_batch":       unsafe.Offsetof(v.columns),
		"VecOpsConfig.ext":                 unsafe.Offsetof(v.extension),

		"kNN": uintptr(naturalToNatural), "kNM": uintptr(naturalToMixed), "kMN": uintptr(mixedToNatural),
		"kForward": uintptr(forward), "kInverse": uintptr(inverse),
	}
	for name, offset := range want {
		if got := c.layout(name); got != int64(offset) {
			t.Errorf("%s is at %d, in the headers at %d", name, offset, got)
		}
	}
	if c.layout("MSMConfig.nothing") != -1 {
		t.Error("the headers have a field that nobody has: this test finds nothing")
	}
}

// TestStatus compares names of errors with those of ICICLE's headers.
func TestStatus(t *testing.T) {
	_, c := open(t, Options{})
	for s := range status(len(statusNames)) {
		text := make([]byte, 64)
		c.status(int32(s), &text[0], uintptr(len(text)))
		if got, _, _ := strings.Cut(string(text), "\x00"); got != "eIcicleError::"+s.String() {
			t.Errorf("status %d is %s, in the headers %s", s, s, got)
		}
	}
}

// SPDX-License-Identifier: Apache-2.0

package onnxpb

import "fmt"

// value appends a ValueInfoProto to dst.
func value(kind string, dst *[]ValueInfo, f field, b *budget) error {
	i := len(*dst)
	err := many(dst, f, b, func(v *ValueInfo, msg []byte) error { return v.decode(msg, b) })
	if err != nil && i < len(*dst) {
		return fmt.Errorf("%s %d %q: %w", kind, i, (*dst)[i].Name, err)
	}
	return err
}

func (v *ValueInfo) decode(msg []byte, b *budget) error {
	return fields(msg, func(f field) error {
		switch f.num {
		case 1:
			return setString(&v.Name, f)
		case 2:
			return within(f, func(f field) error { return v.decodeType(f, b) })
		}
		return nil
	})
}

// decodeType reads a field of a TypeProto; types other than tensors leave Type
// at 0.
func (v *ValueInfo) decodeType(f field, b *budget) error {
	if f.num != 1 {
		return nil
	}
	return within(f, func(f field) error {
		switch f.num {
		case 1:
			return setInt(&v.Type, f)
		case 2:
			v.HasShape = true
			return within(f, func(f field) error {
				if f.num != 1 {
					return nil
				}
				return many(&v.Dims, f, b, (*Dim).decode)
			})
		}
		return nil
	})
}

func (d *Dim) decode(msg []byte) error {
	return fields(msg, func(f field) error {
		switch f.num {
		case 1:
			return setInt(&d.Value, f)
		case 2:
			return setString(&d.Param, f)
		}
		return nil
	})
}

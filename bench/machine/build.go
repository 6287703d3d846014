// SPDX-License-Identifier: Apache-2.0

package machine

import "runtime/debug"

// built returns the commit that this program was built of, if its build says so.
func built() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return Unknown
	}
	id, changed := Unknown, false
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			id = s.Value[:min(12, len(s.Value))]
		case "vcs.modified":
			changed = s.Value == "true"
		}
	}
	if changed {
		id += " with changes"
	}
	return id
}

// SPDX-License-Identifier: Apache-2.0

package main

import (
	"flag"
	"runtime"
)

var versionCommand = &command{
	name:  "version",
	short: "print the version",
	long:  "Version prints the version of this program, which is in every file that it writes.",
	setup: func(*flag.FlagSet) func(*env, []string) error {
		return func(e *env, args []string) error {
			if len(args) > 0 {
				return usagef("unexpected argument %q", args[0])
			}
			return e.result(map[string]string{"version": version, "go": runtime.Version()}, []row{{"zkml", version}, {"go", runtime.Version()}})
		}
	},
}

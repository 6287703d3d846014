// SPDX-License-Identifier: Apache-2.0

// Command zkml compiles neural networks to exact integer programs, proves their
// inference, and has the proofs verified by an EVM.
//
// Results go to standard output, everything else to standard error as lines
// that start with "zkml:". Exit codes: 0 done or accepted, 1 proof rejected,
// 2 usage, 3 bad input, model or file, 4 internal.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
)

// version names this tool in the files it writes.
const version = "0.1.0"

// commands lists the commands in the order of the help text.
var commands = []*command{
	demoCommand,
	inspectCommand,
	compileCommand,
	setupCommand,
	runCommand,
	proveCommand,
	verifyCommand,
	verifyEVMCommand,
	exportCommand,
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run executes one command line and returns its exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (code int) {
	e := &env{ctx: ctx, stdout: stdout, stderr: stderr}
	defer func() {
		if r := recover(); r != nil {
			e.message("error", "internal error: %v", r)
			e.message("hint", "this is a bug; the trace below helps to find it")
			fmt.Fprintf(stderr, "%s\n", debug.Stack())
			code = exitInternal
		}
	}()
	if len(args) == 0 {
		usage(stderr)
		return exitUsage
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		usage(stdout)
		return exitOK
	case "version", "--version":
		fmt.Fprintln(stdout, "zkml", version)
		return exitOK
	}
	for _, c := range commands {
		if c.name == args[0] {
			return e.report(c, c.execute(e, args[1:]))
		}
	}
	e.message("error", "unknown command %q", args[0])
	e.message("hint", "zkml help lists the commands")
	return exitUsage
}

func usage(w io.Writer) {
	fmt.Fprint(w, "zkml proves what a neural network computes.\n\nUsage:\n\n    zkml COMMAND [arguments]\n\nCommands:\n\n")
	for _, c := range commands {
		fmt.Fprintf(w, "    %-11s %s\n", c.name, c.short)
	}
	fmt.Fprint(w, "\n\"zkml COMMAND -h\" explains a command. Every command takes --json.\nExit codes: 0 done or accepted, 1 proof rejected, 2 usage, 3 bad input, model or file, 4 internal.\n")
}

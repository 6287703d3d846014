// SPDX-License-Identifier: Apache-2.0

// Command zkml compiles neural networks to exact integer programs, proves their
// inference, and has the proofs verified by an EVM.
//
// Results go to standard output, everything else to standard error as lines
// that start with "zkml:". Exit codes: 0 done or accepted, 1 proof rejected or
// benchmark regressed, 2 usage, 3 bad input, model or file, 4 internal, 130 interrupted.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// version names this tool in the files it writes.
const version = "0.1.0"

// commands lists the commands in the order of the help text.
var commands = []*command{
	demoCommand,
	inspectCommand,
	compileCommand,
	accuracyCommand,
	setupCommand,
	ceremonyCommand,
	runCommand,
	generateCommand,
	proveCommand,
	verifyCommand,
	verifyEVMCommand,
	openCommand,
	exportCommand,
	weightsCommand,
	zooCommand,
	benchCommand,
	deployCommand,
	registerCommand,
	attestCommand,
	statusCommand,
	stopCommand,
	routerCommand,
	nodeCommand,
	devicesCommand,
	versionCommand,
}

func main() {
	deviceKinds.Main() // this process may be the worker of another
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second signal ends the process at once
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run executes one command line and returns its exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (code int) {
	e := &env{ctx: ctx, stdout: stdout, stderr: stderr}
	defer func() {
		if r := recover(); r != nil {
			c := crashed(r)
			e.message("error", "internal error: %v", c.value)
			e.message("hint", "this is a bug; the trace below helps to find it")
			fmt.Fprintf(stderr, "%s\n", c.stack)
			code = exitInternal
		}
	}()
	if len(args) == 0 {
		usage(stderr)
		return exitUsage
	}
	switch name, rest := args[0], args[1:]; name {
	case "help", "-h", "-help", "--help":
		return e.help(rest)
	case "--version":
		return e.report(versionCommand, versionCommand.execute(e, rest))
	default:
		if c := find(name); c != nil {
			return e.report(c, c.execute(e, rest))
		}
		return e.unknown(name)
	}
}

// find returns the command of a name, or nil.
func find(name string) *command {
	for _, c := range commands {
		if c.name == name {
			return c
		}
	}
	return nil
}

func (e *env) unknown(name string) int {
	e.message("error", "unknown command %q", name)
	e.message("hint", "zkml help lists the commands")
	return exitUsage
}

// help explains the command that args names, or lists all.
func (e *env) help(args []string) int {
	if len(args) == 0 {
		usage(e.stdout)
		return exitOK
	}
	c := find(args[0])
	if c == nil {
		return e.unknown(args[0])
	}
	f, _ := c.flags(e)
	c.help(e.stdout, f)
	return exitOK
}

func usage(w io.Writer) {
	fmt.Fprint(w, "zkml proves what a neural network computes.\n\nUsage:\n\n    zkml COMMAND [arguments]\n\nCommands:\n\n")
	for _, c := range commands {
		fmt.Fprintf(w, "    %-11s %s\n", c.name, c.short)
	}
	fmt.Fprint(w, "\n\"zkml COMMAND -h\" explains a command. Every command takes --json.\n"+
		"Exit codes: 0 done or accepted, 1 proof rejected or benchmark regressed, 2 usage,\n3 bad input, model or file, 4 internal, 130 interrupted.\n")
}

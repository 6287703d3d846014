// SPDX-License-Identifier: Apache-2.0

package main

import (
	"flag"
	"fmt"
	"strings"
	"time"

	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/quant"
)

var demoCommand = &command{
	name:  "demo",
	short: "prove LeNet-5 on a digit and have an EVM accept it, in one go",
	args:  "[--system groth16|plonk|sumcheck] [--wrap groth16|plonk]",
	long: `
Demo compiles an embedded, trained LeNet-5 to an integer network, makes keys
(insecure ones, for this run only), proves what the network says of an embedded
picture of a digit, verifies the proof, deploys the verifier on an embedded EVM,
and has it accept the proof and reject a forged output. It needs no network, no
compiler and no node.`,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		name := f.String("system", "groth16", "the proof `SYSTEM`: groth16, plonk or sumcheck")
		wrap := f.String("wrap", "", wrapFlag)
		device := deviceFlag(f)
		return func(e *env, args []string) error {
			o := setupOptions{insecure: true, wrap: *wrap}
			system, err := parseSystem(*name)
			if err != nil {
				return err
			}
			if err := system.check(&o); err != nil {
				return usageError{err}
			}
			if err := checkDevice(*device); err != nil {
				return err
			}
			if len(args) > 0 {
				return usagef("unexpected argument %q", args[0])
			}
			d := &demo{env: e, system: system, options: o}
			if err := d.run(*device); err != nil {
				return err
			}
			if !e.json {
				fmt.Fprintln(e.stdout, sketch(d.out.picture, 28))
			}
			return e.result(d.out, d.rows())
		}
	},
}

// A demoResult is what demo prints.
type demoResult struct {
	Model       string        `json:"model"`
	System      string        `json:"system"`
	Parameters  int64         `json:"parameters"`
	MACs        int64         `json:"macs"`
	Report      *quant.Report `json:"report"`
	Constraints int           `json:"constraints"`
	Seconds     struct {
		Compile float64 `json:"compile"`
		Circuit float64 `json:"circuit"`
		Setup   float64 `json:"setup"`
		Witness float64 `json:"witness"`
		Prove   float64 `json:"prove"`
		Verify  float64 `json:"verify"`
		Total   float64 `json:"total"`
	} `json:"seconds"`
	deviceResult
	PeakRSS    int64       `json:"peak_rss_bytes"`
	ProofBytes int         `json:"proof_bytes"`
	InputBytes int         `json:"input_bytes"`
	Digit      int         `json:"digit"`
	Logits     []float64   `json:"logits"`
	Verified   bool        `json:"verified"`
	EVM        *evmVerdict `json:"evm"`
	Forged     *evmVerdict `json:"evm_forged"`

	picture []float64
}

type demo struct {
	*env
	system  proofSystem
	options setupOptions
	out     demoResult

	c     *compilation
	keyed *keyed
	job   job
	proof *provedRun
}

func (d *demo) run(device string) error {
	start := time.Now()
	l, err := d.openDevice(device)
	if err != nil {
		return err
	}
	defer d.closeDevice(l)
	d.options.device = l.device()
	d.out.Model, d.out.System = "LeNet-5", d.system.name()
	for _, stage := range []func() error{d.compile, d.setup, d.prove, d.verify, d.onEVM} {
		if err := d.ctx.Err(); err != nil {
			return err
		}
		if err := stage(); err != nil {
			return err
		}
	}
	d.out.deviceResult = l.result()
	d.out.Seconds.Total = time.Since(start).Seconds()
	d.out.PeakRSS = peakRSS()
	return nil
}

func (d *demo) compile() error {
	c, err := newCompilation(examples.LeNet5())
	if err != nil {
		return err
	}
	arrays, err := npy.DecodeZip(examples.Digits(), maxInputFile)
	if err != nil {
		return err
	}
	r := &quant.Span{Lo: 0, Hi: 1}
	digits, err := datasetFromArrays(arrays, c.graph, r)
	if err != nil {
		return err
	}
	if _, err := d.step("compiling LeNet-5 to an integer network", func() error {
		return c.compile(digits.samples, maxAbs, quant.Options{InputRange: r}, digits)
	}); err != nil {
		return err
	}
	d.c = c
	d.out.Parameters, d.out.MACs, d.out.Report = c.info.Parameters, c.info.MACs, c.report
	d.out.Seconds.Compile = c.took.Seconds()
	return nil
}

func (d *demo) setup() error {
	made, err := d.system.setup(d.env, d.c.program, d.out.Model, &d.options)
	if err != nil {
		return err
	}
	d.out.Seconds.Circuit, d.out.Seconds.Setup = made.circuit.Seconds(), made.setup.Seconds()
	d.out.Constraints = made.constraints
	if d.keyed, err = newKeyed(d.c.program.Digest(), d.system, made.vk); err != nil {
		return err
	}
	d.job = made.job(d.keyed)
	d.job.use(d.options.device)
	return nil
}

func (d *demo) prove() error {
	p := d.c.program
	in := p.Input(p.Inputs[0])
	picture, err := sampleFromImage(examples.Seven(), p)
	if err != nil {
		return err
	}
	d.out.picture = picture[0]
	q, err := quant.QuantizeInput(in, picture[0])
	if err != nil {
		return err
	}
	if _, err := d.step("proving", func() (err error) {
		d.proof, err = d.job.prove(d.ctx, [][]int64{q}, boundTo([32]byte{}))
		return err
	}); err != nil {
		return err
	}
	witness, proving, verify := d.proof.times()
	d.out.Seconds.Witness, d.out.Seconds.Prove, d.out.Seconds.Verify = witness.Seconds(), proving.Seconds(), verify.Seconds()
	if d.out.ProofBytes, err = size(d.proof.proof); err != nil {
		return err
	}
	d.out.InputBytes = len(d.proof.claim.Input)
	d.out.Logits = quant.Dequantize(p.Outputs[0], d.proof.outputs[0])
	d.out.Digit = quant.Argmax(d.proof.outputs[0])
	return nil
}

func (d *demo) verify() error {
	err := d.proof.proof.verify(d.keyed.id, d.proof.context, d.proof.claim, d.proof.public[1])
	d.out.Verified = err == nil
	return err
}

// onEVM has the proof accepted, and the same proof with another output rejected.
func (d *demo) onEVM() error {
	v, err := newEVM(d.ctx, d.keyed.system)
	if err != nil {
		return err
	}
	defer v.chain.Close()
	call, err := d.keyed.inference(d.proof.claim, d.proof.context, d.proof.public[1], d.proof.proof)
	if err != nil {
		return err
	}
	if d.out.EVM, err = v.verify(d.ctx, call.Calldata()); err != nil {
		return err
	}
	forged := *call
	forged.Output = append([]byte{}, call.Output...)
	forged.Output[0] ^= 1
	if d.out.Forged, err = v.verify(d.ctx, forged.Calldata()); err != nil {
		return err
	}
	if !d.out.EVM.Accepted || d.out.Forged.Accepted {
		return fmt.Errorf("the EVM accepted the proof: %t, and the forged output: %t", d.out.EVM.Accepted, d.out.Forged.Accepted)
	}
	return nil
}

func (d *demo) rows() []row {
	o := &d.out
	return []row{
		{"model", fmt.Sprintf("%s, %s parameters, %s multiply-accumulates", o.Model, thousands(o.Parameters), thousands(o.MACs))},
		{"accuracy", fmt.Sprintf("float %s, integer %s on %d drawn digits; agreement %s",
			percent(*o.Report.FloatAccuracy), percent(*o.Report.IntAccuracy), o.Report.Samples, percent(o.Report.Agreement))},
		{"statement", fmt.Sprintf("this LeNet-5 reads a %d in these %d pixels", o.Digit, o.InputBytes)},
		{"system", o.System},
		{"constraints", thousands(o.Constraints)},
		o.deviceResult.row(),
		{"compile", duration(o.Seconds.Compile)},
		{"circuit", duration(o.Seconds.Circuit)},
		{"setup", duration(o.Seconds.Setup)},
		{"witness", duration(o.Seconds.Witness)},
		{"prove", duration(o.Seconds.Prove)},
		{"verify", duration(o.Seconds.Verify)},
		{"total", duration(o.Seconds.Total)},
		{"peak memory", bytesize(o.PeakRSS)},
		{"proof", fmt.Sprintf("%d bytes", o.ProofBytes)},
		{"EVM", fmt.Sprintf("accepted, %s gas (%s bytes of calldata, all %d input bytes and 10 logits public)",
			thousands(o.EVM.GasVerify), thousands(o.EVM.CalldataBytes), o.InputBytes)},
		{"EVM, forged output", "rejected: " + o.Forged.Reason},
		{"EVM, deployment", fmt.Sprintf("%s gas, %s bytes, once for all models", thousands(o.EVM.GasDeploy), thousands(o.EVM.ContractBytes))},
		{"model on chain", fmt.Sprintf("%x", d.keyed.id)},
	}
}

func duration(s float64) string { return seconds(time.Duration(s * float64(time.Second))) }

// sketch draws a picture of values in [0, 1] with a character for each pair of
// rows.
func sketch(pixels []float64, width int) string {
	const shades = " .:*#"
	var b strings.Builder
	for y := 0; (y+1)*width < len(pixels); y += 2 {
		line := make([]byte, width)
		for x := range line {
			v := (pixels[y*width+x] + pixels[(y+1)*width+x]) / 2
			line[x] = shades[min(int(v*float64(len(shades))), len(shades)-1)]
		}
		if l := strings.TrimRight(string(line), " "); l != "" {
			b.WriteString("    " + l + "\n")
		}
	}
	return b.String()
}

// SPDX-License-Identifier: Apache-2.0

package archtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// root is the top of the repository, from this package.
const root = "../.."

type pkg struct {
	ImportPath string
	Name       string
	Dir        string
	Imports    []string
	Deps       []string
	GoFiles    []string
	Standard   bool
}

// list returns the packages of the module, and all they depend on.
func list(t *testing.T) map[string]*pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Name,Dir,Imports,Deps,GoFiles,Standard", "./...")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	pkgs := map[string]*pkg{}
	for d := json.NewDecoder(bytes.NewReader(out)); d.More(); {
		p := &pkg{}
		if err := d.Decode(p); err != nil {
			t.Fatal(err)
		}
		pkgs[p.ImportPath] = p
	}
	return pkgs
}

// matches reports whether path is pattern, is below it if the pattern ends in
// /..., or is in the module of that path if it is not ours.
func matches(pattern, path string) bool {
	if base, ok := strings.CutSuffix(pattern, "/..."); ok {
		return path == base || strings.HasPrefix(path, base+"/")
	}
	return path == pattern || (strings.Contains(pattern, ".") && strings.HasPrefix(path, pattern+"/"))
}

// violations lists the imports that the table does not allow.
func violations(rules []rule, pkgs map[string]*pkg) []string {
	var out []string
	for _, p := range pkgs {
		own, ok := strings.CutPrefix(p.ImportPath, module+"/")
		if !ok {
			continue
		}
		i := slices.IndexFunc(rules, func(r rule) bool { return matches(r.pkg, own) })
		if i < 0 {
			continue
		}
		for _, imp := range p.Imports {
			if q := pkgs[imp]; q != nil && q.Standard {
				continue
			}
			short := strings.TrimPrefix(imp, module+"/")
			if !slices.ContainsFunc(rules[i].allow, func(a string) bool { return matches(a, short) }) {
				out = append(out, fmt.Sprintf("%s imports %s: %s", own, short, rules[i].why))
			}
		}
	}
	slices.Sort(out)
	return out
}

func TestImports(t *testing.T) {
	pkgs := list(t)
	for _, v := range violations(rules, pkgs) {
		t.Error(v)
	}
	// The harness can fail: a table that allows nothing is violated.
	if v := violations([]rule{{"circuits", nil, "planted"}}, pkgs); len(v) == 0 {
		t.Error("the planted rule found no violation")
	}
	for _, r := range rules {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(pkgs)), func(p string) bool {
			own, ok := strings.CutPrefix(p, module+"/")
			return ok && matches(r.pkg, own)
		}) {
			t.Errorf("the import table speaks of %s, which does not exist", r.pkg)
		}
	}
}

func TestDenials(t *testing.T) {
	pkgs := list(t)
	for _, d := range denials {
		p := pkgs[module+"/"+d.pkg]
		if p == nil {
			t.Errorf("denial of %s: no such package", d.pkg)
			continue
		}
		dep := d.dep
		if !strings.Contains(dep, ".") {
			dep = module + "/" + dep
		}
		found := false
		for q := range pkgs {
			found = found || q == dep || strings.HasPrefix(q, dep+"/")
		}
		if !found {
			t.Errorf("%s must not reach %s: there is no such package to reach", d.pkg, d.dep)
		}
		for _, q := range p.Deps {
			if q == dep || strings.HasPrefix(q, dep+"/") {
				t.Errorf("%s reaches %s: %s", d.pkg, q, d.why)
			}
		}
	}
}

// goFiles calls visit with every Go file of the repository.
func goFiles(t *testing.T, visit func(path string, data []byte)) {
	t.Helper()
	err := filepath.WalkDir(root, func(p string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if e.IsDir() && (e.Name() == "node_modules" || e.Name() == ".git" || strings.HasSuffix(e.Name(), ".zkml")) {
			return filepath.SkipDir
		}
		if path.Ext(p) != ".go" {
			return nil
		}
		data, err := os.ReadFile(p)
		if err == nil {
			visit(filepath.ToSlash(strings.TrimPrefix(p, root+string(filepath.Separator))), data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// generated is the line that tools take a generated file by.
var generated = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

// claimed is a line that means to be such a line.
var claimed = regexp.MustCompile(`(?mi)^// code generated .* do not edit`)

func TestFiles(t *testing.T) {
	n := 0
	goFiles(t, func(path string, data []byte) {
		n++
		if generated.Match(data) {
			return
		}
		if claimed.Match(data) {
			t.Errorf("%s: it says that it is generated, but not as tools read it: %s", path, generated)
		}
		if !bytes.HasPrefix(data, []byte("// SPDX-License-Identifier: Apache-2.0\n\n")) {
			t.Errorf("%s: it does not start with the licence line", path)
		}
		if lines := bytes.Count(data, []byte("\n")); lines > maxLines {
			t.Errorf("%s: %d lines, more than %d", path, lines, maxLines)
		}
	})
	if n < 100 {
		t.Errorf("%d files looked at: the walk misses the tree", n)
	}
}

func TestPackages(t *testing.T) {
	for ip, p := range list(t) {
		if !strings.HasPrefix(ip, module) {
			continue
		}
		if badNames[p.Name] {
			t.Errorf("%s: a package called %s says nothing", ip, p.Name)
		}
		docs := 0
		for _, f := range p.GoFiles {
			parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, f), nil, parser.PackageClauseOnly|parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			if parsed.Doc != nil {
				docs++
			}
		}
		if docs != 1 && len(p.GoFiles) > 0 {
			t.Errorf("%s: %d package comments, want one", ip, docs)
		}
	}
}

# Everything here is one command that a person could type. "make help" lists it.

.PHONY: help demo build tools test short evm lint generate contracts golden bench fuzz size

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  %-10s %s\n", $$1, $$2}'

demo: ## prove LeNet-5 on a digit and have an EVM accept it
	go run ./cmd/zkml demo

build: ## build the command into ./zkml
	go build -o zkml ./cmd/zkml

tools: ceremony/ptau/node_modules contracts/node_modules examples/attestation/node_modules internal/evmtest/node_modules internal/ort/node_modules ## install what some tests need: solc, two EVMs, viem, snarkjs, ONNX Runtime

test: ## run all tests; those whose tools are missing say so and skip
	go test -timeout 30m ./...

short: ## run the tests that take less than a minute
	go test -short ./...

evm: contracts/node_modules internal/evmtest/node_modules ## run the tests that need solc and EVMs
	go test -timeout 30m ./contracts/... ./chain/... ./export/... ./internal/evmtest/...

lint: ## check formatting, vet and staticcheck
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	go vet ./...
	go tool staticcheck ./...

generate: ## regenerate what is generated
	go generate ./...

contracts: contracts/node_modules ## compile the contracts into contracts/artifacts
	node contracts/build.mjs

ceremony/ptau/node_modules contracts/node_modules examples/attestation/node_modules internal/evmtest/node_modules internal/ort/node_modules: %/node_modules: %/package-lock.json
	cd $* && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

golden: ## bless the golden files; review the difference as code
	go test ./circuits ./protocol/pcs ./protocol/reduction ./contracts ./export ./onnx ./ir ./internal/chart ./internal/ort ./cmd/zkml ./bench/compare ./bench/report ./benches -update
	go test ./internal/gaspage -update # of the tables above

bench: ## run the benchmarks, in Go benchmark format
	go test -run '^$$' -bench . -benchtime 5x -timeout 60m ./benches

fuzz: ## fuzz every reader for ten seconds each
	@go list ./... | while read p; do go test -list '^Fuzz' $$p | grep '^Fuzz' | while read f; do \
	  echo "$$p $$f"; go test -run '^$$' -fuzz "^$$f\$$" -fuzztime 10s -fuzzminimizetime 10x $$p || exit 1; done || exit 1; done

size: ## count the lines of Go by package
	@find . -name '*.go' -not -path '*/node_modules/*' | xargs wc -l | awk '$$2!="total"{sub(/\/[^\/]*$$/,"",$$2); n[$$2]+=$$1} END{for(d in n) printf "%7d %s\n", n[d], d}' | sort -k2

# Every target installs what it lacks (scripts/setup.sh) and says what it is doing. The work is in scripts/.
SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help run build dev test faults bench setup fmt lint clean

help: ## This list
	@echo 'Randpas. Two commands matter: make run, make test.'
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Build, fill ./data with demo data, serve on http://localhost:3000 (ADDR=HOST:PORT, DATA=DIR)
	@scripts/run.sh

build: ## Build the release: target/release/randpas and target/site
	@scripts/build.sh

dev: ## Build for development, serve, and build again at every change (ADDR=HOST:PORT, DATA=DIR)
	@scripts/dev.sh

test: ## Run every check and test there is (ONLY="clippy unit" for some of them)
	@scripts/test.sh

faults: ## The long form of the fault tests: kills the server a hundred times, some minutes (ONLY=power for some)
	@scripts/faults.sh

bench: ## Measure the speed goals and write docs/benchmarks.md
	@scripts/bench.sh

setup: ## Install everything that the other commands need, and nothing else
	@scripts/setup.sh test

fmt: ## Format the code
	@cargo fmt --all

lint: ## Formatting and clippy only, for host and browser: what to run before a commit
	@ONLY="format shell clippy clippy-wasm" scripts/test.sh

clean: ## Remove what was built (not ./data, not the tools)
	@cargo clean
	@rm -rf tests/e2e/node_modules tests/e2e/output tests/e2e/test-results

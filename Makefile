# One command each. Everything is set up by itself: Python 3.11, git, make and the package registries are enough.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3.11
ARGS ?=
VENV := .venv
BIN := $(VENV)/bin
UV := $(VENV)/uv/bin/uv
UV_VERSION := 0.13.9
READY := $(VENV)/.ready
CHROMIUM := /usr/bin/chromium
WORKERS := $(shell echo $$(( $$(getconf _NPROCESSORS_ONLN) + 1 )))  # one more than cores: tests wait for disks and a browser
unexport PYTHONDONTWRITEBYTECODE  # images of containers set it: then each process that starts compiles all it imports

.PHONY: help install demo test check fix bench canary fuzz simulate hostile peers vectors words style lock clean bench-peers

help: ## Show these targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 10

install: $(READY) ## What a server needs, in .venv: no browser and no database (deploy/README.md)
	@$(BIN)/python -m compileall -q hub node protocol

demo: $(READY) ## A hub and three nodes on this machine, from spreadsheet to withdrawal (ARGS="--exit --json" to end by itself)
	@$(BIN)/python -m deploy.demo $(ARGS)

test: $(READY) $(CHROMIUM) ## All tests, on SQLite and a real PostgreSQL
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(READY) ## Lint, types, imports, vectors
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m protocol.vectors --check

fix: $(READY) ## Format and mend what can be mended by machine
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(READY) ## Figures, as ratios against a raw limit in the same run
	$(BIN)/python -m tests.bench $(ARGS)

bench-peers: $(READY) ## OpenTAXII doing the like work in the same run (installs it from PyPI)
	$(BIN)/python -m tests.bench.peers $(ARGS)

fuzz: $(READY) ## Mutated input for everything that reads bytes from outside (ARGS="--inputs N --seed S")
	@$(BIN)/python -m tests.fuzz $(ARGS)

canary: $(READY) ## Thousands of reports with a word of its own in each private field, looked for everywhere else
	@$(BIN)/python -m tests.federation.canary_weeks $(ARGS)

simulate: $(READY) ## Random histories of a hub and its members (ARGS="--histories 200 --seed N"); a failing one is told in words
	@$(BIN)/python -m tests.simulator $(ARGS)

hostile: $(READY) ## A hub that is not honest before a node (ARGS='--node "COMMAND"' for another one)
	@$(BIN)/python -m tests.hostile $(ARGS)

peers: $(READY) ## Go's own tile log and signed notes read our log, proofs and evidence (needs Go; on Debian root gets it)
	@command -v go >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && \
	apt-get update -qq && apt-get install -qq -y --no-install-recommends golang-go golang-golang-x-mod-dev >/dev/null; } || true
	@$(BIN)/python -m tests.peers

vectors: $(READY) ## Write the protocol's vectors again (the diff must be empty)
	$(BIN)/python -m protocol.vectors

words: $(READY) ## Bring the catalogues of the languages up to date with what is said in English
	$(BIN)/python -m node.wording.template

style: ## Compile the pages' style again (needs Node.js; users do not: its result is committed)
	cd $$(mktemp -d) && npm install --silent --no-audit --no-fund govuk-frontend@6.3.0 sass@1.108.2 \
	  && npx sass --load-path=node_modules --style=compressed --no-source-map --quiet-deps \
	    $(CURDIR)/protocol/house/web/style/watchword.scss $(CURDIR)/protocol/house/web/static/watchword.css

lock: $(UV) ## Resolve the dependencies again into requirements.lock
	$(UV) pip compile pyproject.toml --group dev --universal --generate-hashes --no-annotate --quiet --python-version 3.11 -o requirements.lock

clean: ## Remove the virtual environment and what the demo wrote
	rm -rf $(VENV) .demo

# The journeys use the browser that people have. On Debian as root it is installed; elsewhere its absence fails.
$(CHROMIUM):
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium fonts-liberation; \
	else echo "Chromium is needed at $(CHROMIUM): the journeys run in a real browser."; exit 1; fi

$(UV):
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed: '$(PYTHON)' was not found."; exit 1; }
	$(PYTHON) -m venv $(VENV)/uv
	$(VENV)/uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

# requirements.lock holds versions and hashes, and no address of a registry: any mirror serves.
$(READY): pyproject.toml requirements.lock | $(UV)
	$(UV) venv --quiet --allow-existing --python $(PYTHON) $(VENV)
	$(UV) pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

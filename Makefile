# Everything a contributor runs. 'make help' lists it.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
RUN := $(BIN)/python
TSC := tools/types/node_modules/.bin/tsc
export NO_MKDOCS_2_WARNING = 1 # a banner about another product, on every build
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PIP_ROOT_USER_ACTION = ignore

.PHONY: help serve site check test fix bench diagrams types lock-deps clean
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: .venv/.site ## the live guide on http://127.0.0.1:8000 (PORT=…), rebuilt on every change
	@$(RUN) -m macros check || { echo "The guide has faults (above). Mend them and run make serve again."; exit 1; }
	@$(RUN) tools/serve.py $(PORT)

site: .venv/.site ## the finished site in site/; the last good one stays when something is wrong
	@$(RUN) -m macros check
	@rm -rf .build && mkdir -p .build
	@echo "Building the pages …"
	@$(BIN)/mkdocs build --strict --site-dir .build/site
	@echo "Finishing them …"
	@$(RUN) -m macros finish .build/site
	@if [ -d site ]; then mv site .build/before; fi; mv .build/site site; rm -rf .build
	@echo "Done: site/index.html"

check: .venv/.test ## data, pages, types and lint, in seconds
	@$(BIN)/mypy --no-error-summary # first: it names the line of what would end in a traceback below
	@$(RUN) -m macros check
	@$(RUN) -m macros schema --check
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet . || { echo "Lint failed: run 'make fix', then look at what is left."; exit 1; }
	@if command -v node >/dev/null && [ -x $(TSC) ]; then $(TSC) -p tools/types; else echo "The types of the scripts are left to the workflow; 'make types' checks them here (needs node)."; fi

fix: .venv/.test ## mend what can be mended: format, lint, schemas, new ids into data/*.lock, new stylesheets into mkdocs.yml
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format --quiet .
	@$(RUN) -m macros schema
	@$(RUN) -m macros lock
	@$(RUN) -m macros styles

test: .venv/.test ## every check: data, units, pages, site, browser, second engine, workflows
	@$(RUN) -m tools.browsers
	@$(MAKE) --no-print-directory check
	@$(RUN) -m pytest -n 2 --dist loadgroup -rs

bench: .venv/.test ## times and sizes, measured side by side
	@$(RUN) -m tools.bench

diagrams: ## draw data/diagrams/*.dot again, for authors (needs node)
	@cd tools/diagrams && npm ci --ignore-scripts --no-audit --no-fund --silent && node render.mjs

types: ## check the types of the scripts, for authors (needs node); from then on 'make check' does too
	@cd tools/types && npm ci --ignore-scripts --no-audit --no-fund --silent
	@$(TSC) -p tools/types

lock-deps: ## write the lock files again from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --quiet --output-file requirements.txt
	uv pip compile pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --quiet --output-file requirements-test.txt

clean: ## remove everything that was made
	rm -rf .venv site .build .cache

# Installed once, and again when the lock changes. Both stamps name what to do when it fails.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name one with make PYTHON=python3.12"; exit 1; }
	@echo "Making .venv …"
	@$(PYTHON) -m venv .venv || { echo "No venv could be made. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }

.venv/.site: requirements.txt | .venv/bin/python
	@echo "Installing what builds the site (once, about half a minute) …"
	@$(BIN)/pip install --quiet --require-hashes -r requirements.txt || { echo "The install failed (above). Check the network and try again: make clean, then this command."; exit 1; }
	@touch $@

.venv/.test: requirements-test.txt .venv/.site
	@echo "Installing what runs the checks (once, about a minute) …"
	@$(BIN)/pip install --quiet --require-hashes -r requirements-test.txt || { echo "The install failed (above). Check the network and try again."; exit 1; }
	@touch $@

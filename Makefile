# Everything a checkout needs. `make` alone lists what there is; each target sets up what it uses.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip --quiet
# The first Python that is new enough; `make PYTHON=/path/to/python3.12 …` chooses another.
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$python; break; }; done)

.DEFAULT_GOAL := help
.PHONY: help setup try screenshots chat test bench faults docs lint image platforms audit format check lock clean

help: ## list what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## make the environment in .venv/ (the other targets do it when needed)
	@echo "The environment in $(VENV)/ is ready."

$(READY): requirements-dev.lock pyproject.toml
	@if [ -z "$(PYTHON)" ]; then echo "Whoswho needs Python 3.11 or newer; none was found." >&2; exit 1; fi
	@echo "Making the environment in $(VENV)/ with $$($(PYTHON) --version) …"
	@$(PYTHON) -m venv --clear $(VENV) || { echo "On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Installing the pinned packages; the first time this takes a minute …"
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q bot
	@touch $@


try: $(READY) ## open the bot on local pages that look like Discord: no token, no network
	@WHOSWHO_DATA="$${WHOSWHO_DATA:-.whoswho}" $(BIN)/whoswho try

chat: $(READY) ## hold a conversation about the shipped knowledge
	@WHOSWHO_DATA="$${WHOSWHO_DATA:-.whoswho}" $(BIN)/whoswho chat

test: $(READY) ## run the tests
	@$(BIN)/python -m pytest -n auto --dist worksteal

bench: $(READY) ## measure against the goals for speed and print a table
	@$(BIN)/python -m tests.bench

faults: $(READY) ## kills, full disks, damage, hostile text, a long soak: everything that CI runs a short form of
	@$(BIN)/python -m tests.faults

screenshots: $(READY) ## take the README's pictures anew (needs chromium)
	@$(BIN)/python -m tests.screenshots

docs: $(READY) ## write the pages that are made from the program itself
	@$(BIN)/whoswho settings > docs/settings.md

lint: $(READY) ## check style, types and the direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@if [ -x $(BIN)/hadolint ]; then $(BIN)/hadolint docker/Dockerfile; fi

image: $(READY) ## do what the image does, without a container engine, in a clean folder
	@sh docker/check.sh $(CURDIR)/$(BIN)/python

platforms: $(READY) ## see whether every pinned package is there for both processors of the image
	@sh docker/platforms.sh $(CURDIR)/$(BIN)/python

audit: $(READY) ## ask the advisory database about the pinned packages (needs its address to be reachable)
	@$(BIN)/pip-audit --require-hashes --requirement requirements.lock

format: $(READY) ## lay the code out and mend what can be mended by itself
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

check: lint test ## lint and test, as a change is checked before it lands

LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate

lock: ## pin the newest versions that fit (needs uv)
	@uv pip compile $(LOCK) --extra docx --extra pdf --extra postgres --output-file requirements.lock pyproject.toml
	@uv pip compile $(LOCK) --constraint requirements.lock --all-extras \
		--output-file requirements-dev.lock pyproject.toml
	@echo 'hatchling' | uv pip compile $(LOCK) --constraint requirements-dev.lock --output-file docker/build.lock -

clean: ## remove the environment, the caches and the checkout's own data
	@rm -rf $(VENV) .whoswho .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist

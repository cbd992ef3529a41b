# Everything here needs only Python 3.11, make and git: the first target that wants the environment creates it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LANGUAGE ?=
JOBS ?= auto
# surge, volume and ablation simulate for longer: make bench BENCHES=surge
BENCHES ?= start_up parse throughput logs memory

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench docs servers examples new-dialect clean

help:           ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 22

demo: $(VENV)/.ready        ## examine the two sample mailboxes: one account broken into, one address only forged
	@for story in broken-into forged; do \
	  printf '\n$$ modori check examples/%s\n\n' $$story; \
	  $(BIN)/modori check $(if $(LANGUAGE),--lang $(LANGUAGE)) examples/$$story; status=$$?; \
	  case $$status in 0|1[0-2]) ;; *) exit $$status;; esac; \
	done

test: $(VENV)/.ready-dev    ## the whole test suite
	$(BIN)/pytest -q -n $(JOBS) --dist loadfile

lint: $(VENV)/.ready-dev    ## ruff, mypy --strict, the layers
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: $(VENV)/.ready-bench ## throughput against peers, memory, start-up; writes docs/bench.md
	@for name in $(BENCHES); do echo "== $$name"; $(BIN)/python -m bench.$$name || exit 1; done

docs: $(VENV)/.ready        ## write the reference pages again from the data
	$(BIN)/python scripts/docs.py

servers: $(VENV)/.ready-dev ## fetch the real mail servers that the tests run (Debian; needs apt)
	$(BIN)/python -m tests.servers.lab.packages

examples: servers           ## make the sample mailboxes again with real mail servers (Debian; needs root)
	$(BIN)/python -m scripts.examples

new-dialect: $(VENV)/.ready ## NAME=some-server: the data file and the sample a new dialect needs
	@test -n "$(NAME)" || { echo 'usage: make new-dialect NAME=some-server' >&2; exit 2; }
	$(BIN)/python scripts/new_dialect.py "$(NAME)"

clean:          ## remove the environment and every cache
	rm -rf $(VENV) .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Modori needs Python 3.11 or newer: make PYTHON=/path/to/python3.11' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo 'Python lacks its venv module: on Debian and Ubuntu, apt install python3-venv' >&2; exit 1; }

# An environment that uv made has no pip.
$(VENV)/.pip: | $(BIN)/python
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null
	@touch $@

$(VENV)/.ready: pyproject.toml | $(VENV)/.pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

# `pip install --group` (PEP 735) came with pip 25.1; Python 3.11 brings an older one.
$(VENV)/.ready-dev: pyproject.toml | $(VENV)/.pip
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $@ $(VENV)/.ready

$(VENV)/.ready-bench: $(VENV)/.ready-dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	@touch $@

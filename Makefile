# `make` sets up, checks and builds; `make test` sets up and tests. Nothing else has to be installed first
# than python3 (3.11 or newer, with venv and pip), make and git. What is installed is what `make lock` has locked, by hash.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

LOCK := .ci/lock
LOCKED := $(PIP) --require-hashes --requirement

.PHONY: all test lint lock clean

all: .venv/ready
	@$(BIN)/factpack schema
	@$(BIN)/factpack build

test: .venv/ready-to-test
	@$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: .venv/ready-to-test
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

lock: .venv/ready-to-test
	@.ci/relock

.venv/ready: $(LOCK)/runtime.txt $(LOCK)/build.txt pyproject.toml src/factpack/__init__.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "factpack needs Python 3.11 or newer")'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(LOCKED) $(LOCK)/runtime.txt --requirement $(LOCK)/build.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/ready-to-test: .venv/ready $(LOCK)/development.txt
	@$(LOCKED) $(LOCK)/development.txt
	@touch $@

clean:
	rm -rf .venv .factpack

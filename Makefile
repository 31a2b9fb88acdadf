# Two commands: `make run` shows mexile on a fictional organisation, `make test` runs every test.
# Everything is set up in this folder; stamp files make the second run quick.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := run
.PHONY: run test bench setup setup-test front translations locks clean

PYTHON ?= python3
UV := UV_PYTHON_DOWNLOADS=never UV_NO_PROGRESS=1 VIRTUAL_ENV=$(CURDIR)/.venv .installer/bin/uv

run: setup
	@exec .venv/bin/mexile demo

setup: .venv/.run front translations
setup-test: .venv/.test front translations

# uv comes by `pip install --target`: it needs neither a virtual environment nor rights,
# and it works where the system's pip refuses to install anything else.
.installer/.stamp: .ci/installer.lock
	@echo "Getting the installer"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check --no-warn-script-location --root-user-action ignore \
	  --upgrade --target .installer --require-hashes -r .ci/installer.lock
	@touch $@

.venv/pyvenv.cfg: | .installer/.stamp
	@$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv

# Once the test environment was made, a change of a lock renews that one: a run never takes the tests' tools away.
.venv/.run: requirements.lock requirements-test.lock pyproject.toml | .venv/pyvenv.cfg
	@echo "Making the environment"
	@lock=requirements.lock; [ ! -e .venv/.test ] || lock=requirements-test.lock; \
	  $(UV) pip sync --quiet --require-hashes $$lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --offline --editable .
	@touch $@

.venv/.test: requirements-test.lock requirements.lock pyproject.toml | .venv/pyvenv.cfg
	@echo "Making the test environment"
	@$(UV) pip sync --quiet --require-hashes requirements-test.lock
	@$(UV) pip install --quiet --no-deps --no-build-isolation --offline --editable .
	@touch .venv/.run $@

front:
translations:

# After a change of dependencies in pyproject.toml.
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-header --no-annotate
locks: .installer/.stamp
	@$(COMPILE) pyproject.toml --group build -o requirements.lock
	@$(COMPILE) pyproject.toml --extra test --group build -o requirements-test.lock
	@$(COMPILE) --group installer -o .ci/installer.lock
	@$(COMPILE) --group npm -o .ci/npm.lock

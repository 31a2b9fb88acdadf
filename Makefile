# Two commands: `make run` shows mexile on a fictional organization, `make test` runs every test.
# Everything is set up in this folder; stamp files make the second run quick.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := run
.PHONY: run test check coverage axe pictures bench setup setup-test front translations locks clean

# Compiled once and kept, whatever the surroundings say: a start takes a second instead of five.
export PYTHONDONTWRITEBYTECODE :=

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

# Front-end files: exact versions from package-lock.json, which holds their hashes; the few files that
# pages and PDFs need are copied to where the web server finds them and checked once more.
VENDOR := mexile/static/vendor
FONTS := node_modules/@fontsource
FRONT_FILES := node_modules/htmx.org/dist/htmx.min.js \
  $(foreach subset,latin latin-ext,\
    $(FONTS)-variable/source-sans-3/files/source-sans-3-$(subset)-wght-normal.woff2 \
    $(foreach weight,400 500,$(FONTS)/source-serif-4/files/source-serif-4-$(subset)-$(weight)-normal.woff2)) \
  node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf node_modules/dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf
NPM := npm_config_update_notifier=false npm
ifeq ($(shell command -v npm),)
  NPM := npm_config_update_notifier=false PATH="$(CURDIR)/.installer/npm/bin:$$PATH" PYTHONPATH=$(CURDIR)/.installer/npm npm
  NPM_WHEEL := .installer/npm/.stamp
endif

front: $(VENDOR)/.stamp
$(VENDOR)/.stamp: package-lock.json .ci/vendor.sha256 | .venv/pyvenv.cfg $(NPM_WHEEL)
	@echo "Getting the front-end files"
	@$(NPM) ci --silent --ignore-scripts --no-audit --no-fund
	@rm -rf $(VENDOR) && mkdir -p $(VENDOR) && cp $(FRONT_FILES) $(VENDOR)/
	@cd $(VENDOR) && sha256sum --quiet --strict --check $(CURDIR)/.ci/vendor.sha256
	@touch $@

.installer/npm/.stamp: .ci/npm.lock | .venv/pyvenv.cfg
	@echo "Getting npm"
	@$(UV) pip install --quiet --python $(PYTHON) --target .installer/npm --require-hashes -r .ci/npm.lock
	@touch $@

# Words: the committed .po files become the .mo files that are read at run time.
translations: $(patsubst %.po,%.mo,$(wildcard mexile/translations/*/LC_MESSAGES/*.po))
%.mo: %.po | .venv/.run
	@.venv/bin/pybabel --quiet compile --input-file $< --output-file $@

# What the code must keep: one format, the lint, the types, who may import whom.
check: setup-test
	@.venv/bin/ruff format --quiet --check . || { .venv/bin/ruff format --check .; exit 1; }
	@.venv/bin/ruff check --quiet .
	@.venv/bin/lint-imports --no-cache > .venv/contracts 2>&1 || { cat .venv/contracts; exit 1; }
	@.venv/bin/mypy

# Every test. SOME=1 runs what this machine can and says at the end what was not run; ALL=1 asks every route
# as every role on PostgreSQL too; HOUSE=services runs the tests of one house on SQLite alone.
ifdef HOUSE
test: setup-test
	@.venv/bin/pytest -n 2 --dist worksteal -k "not postgresql" tests/$(HOUSE)
else
test: check
	@SOME=$(SOME) .ci/system
	@SOME=$(SOME) ALL=$(ALL) .venv/bin/pytest -n 2 --dist worksteal --durations=25
endif

# How much of each house the tests reach, on SQLite.
coverage: setup-test
	@.venv/bin/pytest -q -n 2 --dist worksteal -k "not postgresql" --cov=mexile --cov-branch --cov-report=
	@for house in $(patsubst mexile/%/__init__.py,%,$(wildcard mexile/*/__init__.py)); do \
	  printf '%-12s %s %%\n' $$house $$(.venv/bin/coverage report --include="mexile/$$house/*" --format=total); done
	@printf '%-12s %s %%\n' mexile $$(.venv/bin/coverage report --format=total)

# axe-core on every page at both widths, by day and by night; `make test` asks once a language.
axe: setup-test
	@AXE=1 .venv/bin/pytest -q -n 2 tests/browser/test_pages.py

# What the browser sees of every page, for people to look at: make pictures INTO=folder
pictures: setup-test
	@mkdir -p $(or $(INTO),pictures)
	@PICTURES=$(abspath $(or $(INTO),pictures)) .venv/bin/pytest -q tests/browser/test_pages.py

# The figures: medians and ratios, all in one run.
bench: setup-test
	@.venv/bin/python -m tests.bench

# After a change of dependencies in pyproject.toml.
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-header --no-annotate
locks: .installer/.stamp
	@$(COMPILE) pyproject.toml --group build -o requirements.lock
	@$(COMPILE) pyproject.toml --extra test --group build -o requirements-test.lock
	@$(COMPILE) --group installer -o .ci/installer.lock
	@$(COMPILE) --group npm -o .ci/npm.lock
	@$(NPM) install --silent --package-lock-only --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved

clean:
	rm -rf .venv .installer node_modules $(VENDOR) build *.egg-info mexile/translations/*/LC_MESSAGES/*.mo

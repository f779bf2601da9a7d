# Everything a person or a CI run needs. `make` alone lists the targets.

PYTHON ?= python3
VENV   ?= .venv
PY     := $(VENV)/bin/python
PW     := $(PY) -m pathwaylang
# The extras that the demo, the tests and the linters use.
EXTRAS := draw,report,bulk,sql,lsp,serve,dev
STAMP  := $(VENV)/.installed

PATHWAY := pathways/liver_mets.pw
PATIENT := pathways/cases/two_small_lesions.json
STAGE   := management
OUT     := build

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-long bench gallery lint type fmt check clean

help: ## list the targets
	@echo "PathwayLang: clinical pathways that are proved complete. Targets:"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: $(STAMP) ## create the virtual environment and install the project into it

# Rebuilt only when pyproject.toml changes.
$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "PathwayLang needs Python 3.11 or newer; say which with: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "== setting up $(VENV) (once; a minute or two)"
	$(PYTHON) -m venv $(VENV) \
	  || { echo "$(PYTHON) cannot create environments: it lacks its own module venv or ensurepip"; exit 1; }
	$(PY) -m pip install --disable-pip-version-check --editable '.[$(EXTRAS)]'
	$(PY) -m pip install --disable-pip-version-check --editable '.[verify]' \
	  || echo "the solvers could not be installed: all works without them, their tests are skipped"
	@command -v java >/dev/null && $(PY) -m pip install --disable-pip-version-check --editable '.[spark]' \
	  || echo "no Spark (it needs Java): its tests are skipped"
	@touch $@

demo: $(STAMP) ## check the liver pathway, build it, run one patient and draw that patient's way
	@echo "== 1 of 4: check $(PATHWAY): does every case reach exactly one recommendation?"
	$(PW) check $(PATHWAY)
	@echo "== 2 of 4: build charts, artifact and the summary of what was proved into $(OUT)/"
	$(PW) build $(PATHWAY) -o $(OUT)
	@echo "== 3 of 4: run one patient ($(PATIENT)) through the stage $(STAGE)"
	$(PW) run $(PATHWAY) --case $(PATIENT) --stage $(STAGE)
	@echo "== 4 of 4: draw this patient's way into $(OUT)/patient/"
	$(PW) draw $(PATHWAY) -o $(OUT)/patient --case $(PATIENT) --stage $(STAGE)
	@echo "== done: open $(OUT)/ for the whole pathway, $(OUT)/patient/ for this patient"

test: $(STAMP) ## run all tests; the last line names what was skipped
	$(PY) -m pytest -n 2

test-long: $(STAMP) ## run also the tests that take minutes
	$(PY) -m pytest -n 2 --long

bench: $(STAMP) ## time the main jobs; prints the tables of docs/benchmarks.md
	$(PY) -m bench

gallery: $(STAMP) ## make the pictures of docs/gallery.md anew (the page only with Chromium)
	$(PY) -m tools.gallery

lint: $(STAMP) ## ruff: rules and format
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

type: $(STAMP) ## mypy, strict
	$(PY) -m mypy

fmt: $(STAMP) ## mend what ruff can mend, format the Python
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

check: lint type test ## all that a change must pass

clean: ## remove the virtual environment, build output and caches
	rm -rf $(VENV) $(OUT) .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find pathwaylang tests -name __pycache__ -type d -prune -exec rm -rf {} +

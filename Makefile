# Each target sets up what it needs in .venv and can be repeated.

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin

DEMO_ARGUMENTS := $(if $(FACE),--face "$(FACE)") $(if $(VOICE),--voice "$(VOICE)") \
	$(if $(TEXT),--text "$(TEXT)") $(if $(OUT),--out "$(OUT)")

.PHONY: demo test run check bench chaos setup clean

demo: $(VENV)/.ready  ## make the sample lecture, or your own: FACE=... VOICE=... TEXT=... OUT=...
	$(BIN)/python -m app demo $(DEMO_ARGUMENTS)

run: $(VENV)/.ready  ## the service in the foreground
	$(BIN)/python -m app up

setup: $(VENV)/.ready  ## what demo and run need, and nothing else

test: $(VENV)/.ready-dev  ## all tests
	$(BIN)/python -m pytest $(TESTS)

check: $(VENV)/.ready-dev  ## lint, format, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_bridge_syntax.py

bench: $(VENV)/.ready-dev  ## speed and quality, as JSON lines
	$(BIN)/python -m benchmarks

chaos: $(VENV)/.ready-dev  ## the failure suite: everything is killed, cut off and filled up meanwhile
	$(BIN)/python -m benchmarks.chaos

clean:  ## what the targets above made, but not what was generated
	rm -rf $(VENV) models .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: pyproject.toml app_requirements.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --constraint app_requirements.txt .
	$(BIN)/python -m app setup
	touch $@

$(VENV)/.ready-dev: tests/requirements.txt $(VENV)/.ready
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --constraint app_requirements.txt --constraint tests/requirements.txt ".[dev]"
	touch $@

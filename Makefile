# Each target sets up what it needs in .venv and can be repeated.

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
XTTS_VENV := .venv-xtts
PIP_INSTALL := -m pip install --disable-pip-version-check --quiet --constraint app_requirements.txt

# Tests that bear company share the cores, those first that take long; those of whole services have
# the machine to themselves.
SHARING_TESTS := tests/e2e/test_recorded.py tests/studio tests/jobs tests/fuzz tests/browser tests/contract tests/quality \
	tests/doors tests/notify tests/clients tests/unit tests/web app config.py
SHARED := --numprocesses logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder

DEMO_ARGUMENTS := $(if $(FACE),--face "$(FACE)") $(if $(VOICE),--voice "$(VOICE)") \
	$(if $(TEXT),--text "$(TEXT)") $(if $(OUT),--out "$(OUT)")

.PHONY: demo test proofs fuzz test-xtts test-sadtalker run check bench quality chaos attack setup setup-xtts setup-russian setup-tests \
	clean

demo: $(VENV)/.ready  ## make the sample lecture, or your own: FACE=... VOICE=... TEXT=... OUT=...
	$(BIN)/python -m app demo $(DEMO_ARGUMENTS)

run: $(VENV)/.ready  ## the service in the foreground
	$(BIN)/python -m app up

setup: $(VENV)/.ready  ## what demo and run need, and nothing else

setup-xtts: $(XTTS_VENV)/.ready  ## voice cloning: the same, with coqui-tts, in an environment of its own

setup-russian:  ## RHVoice, for Russian, from Debian's packages
	sh tools/setup_russian.sh

setup-tests:  ## servers and programs that tests use, from Debian's packages, for root
	$(if $(wildcard $(BIN)/python),$(BIN)/python,$(PYTHON)) -m tools.setup_tests

# SYSTEM_PACKAGES=no: not even root installs packages, and tests that need them skip.
test: $(VENV)/.ready-dev $(if $(TESTS),,test-xtts)  ## all tests, or TESTS=...
	$(if $(filter no,$(SYSTEM_PACKAGES)),,$(BIN)/python -m tools.setup_tests --once)
	$(BIN)/python -m pytest $(or $(TESTS),$(SHARED) $(SHARING_TESTS))
	$(if $(TESTS),,$(BIN)/python -m pytest tests $(patsubst %,--ignore=%,$(SHARING_TESTS)))

proofs: $(VENV)/.ready-dev  ## the long form of short tests: every character in every language
	$(BIN)/python -m pytest -m proof

fuzz: $(VENV)/.ready-dev  ## more than 20,000 requests made up from the API's document, for a quarter of an hour
	$(BIN)/python -m pytest -m proof tests/fuzz -s

test-xtts: $(XTTS_VENV)/.ready-dev  ## those of the coqui-tts engines
	$(XTTS_VENV)/bin/python -m pytest $(SHARED) tests/coqui

test-sadtalker: $(VENV)/.ready-dev  ## a real checkout: SADTALKER_DIR=... SAD_TALKER_PYTHON=...
	SADTALKER_DIR="$(SADTALKER_DIR)" SAD_TALKER_PYTHON="$(SAD_TALKER_PYTHON)" \
		$(BIN)/python -m pytest tests/sadtalker_real

check: $(VENV)/.ready-dev  ## lint, format, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python tools/check_bridge_syntax.py

bench: $(VENV)/.ready-dev  ## speed and quality, as JSON lines
	$(BIN)/python -m benchmarks

quality: $(VENV)/.ready-dev  ## how it looks and sounds: quality/report.html; PORTRAITS=folder QUALITY="--quick ..."
	$(BIN)/python -m benchmarks.quality $(if $(PORTRAITS),--portraits "$(PORTRAITS)") $(QUALITY)

chaos: $(VENV)/.ready-dev  ## the failure suite: everything is killed, cut off and filled up meanwhile
	$(BIN)/python -m benchmarks.chaos

attack: $(VENV)/.ready-dev  ## the hostile battery against services of its own: ATTACK="--only paths --json"
	$(BIN)/python -m benchmarks.attack $(ATTACK)

clean:  ## what the targets above made, but not what was generated
	rm -rf $(VENV) $(XTTS_VENV) models .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: pyproject.toml app_requirements.txt | $(VENV)/bin/python
	$(BIN)/python $(PIP_INSTALL) .
	$(BIN)/python -m app setup
	touch $@

$(VENV)/.ready-dev: tests/requirements.txt $(VENV)/.ready
	$(BIN)/python $(PIP_INSTALL) --constraint tests/requirements.txt ".[dev]"
	touch $@

$(XTTS_VENV)/bin/python:
	$(PYTHON) -m venv $(XTTS_VENV)

$(XTTS_VENV)/.ready: pyproject.toml app_requirements.txt | $(XTTS_VENV)/bin/python
	$(XTTS_VENV)/bin/python $(PIP_INSTALL) ".[xtts,xtts-ja,xtts-zh,alignment]"
	$(XTTS_VENV)/bin/python -m app setup
	$(XTTS_VENV)/bin/python -m app setup --engine xtts
	touch $@

$(XTTS_VENV)/.ready-dev: tests/requirements.txt $(XTTS_VENV)/.ready
	$(XTTS_VENV)/bin/python $(PIP_INSTALL) --constraint tests/requirements.txt ".[dev]"
	touch $@

# Everything is fetched and built below .masuk; `make clean` forgets it all.
PYTHON ?= python3
HOME_FOLDER := .masuk
VENV := $(HOME_FOLDER)/venv
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check --cache-dir $(CURDIR)/$(HOME_FOLDER)/cache/pip

.PHONY: run setup test quick check unit scenarios lock clean

run: setup  ## run every scenario on the embedded device and make the report
	$(VENV)/bin/masuk run -n auto

setup: $(VENV)/.ready  ## fetch and build what is missing
	$(VENV)/bin/masuk setup

test: setup check unit scenarios  ## everything that CI runs

quick: setup check  ## for every save: style, types, import rules, and the tests that need neither device nor other programs
	$(VENV)/bin/pytest -q -n 2 -m "not device and not programs" tests

check:  ## style, types and import rules
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

unit:  ## tests of harness, handset, backend and builder
	$(VENV)/bin/pytest tests

scenarios:  ## the scenarios themselves
	$(VENV)/bin/masuk run -n auto

$(VENV)/.ready: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "masuk needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 4; }
	@echo "setup: Python packages (pip, 1 minute)"
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --require-hashes -r requirements.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --no-index --editable .
	touch $@

lock:  ## resolve the requirements anew after a change in pyproject.toml; needs uv
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header -o requirements.txt

clean:  ## remove everything that was fetched or built
	rm -rf $(HOME_FOLDER)

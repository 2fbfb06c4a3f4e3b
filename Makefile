# make demo   a fresh environment, and the main job from a recording to tracks
# make test   a fresh environment, then lint, import contracts, types and tests
# make clean  remove what these made

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
REQUIREMENTS = requirements.txt requirements-dev.txt setup.py pyproject.toml

.PHONY: demo test lint contracts types unit test-slow fuzz kill pictures docs clean

demo: $(VENV)/.installed
	$(BIN)/sleap-demo demo

test: lint contracts types unit

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

contracts: $(VENV)/.installed-dev
	$(BIN)/lint-imports --no-cache

types: $(VENV)/.installed-dev
	$(BIN)/mypy

unit: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

# Minutes long: real recordings and full accuracy.
test-slow: $(VENV)/.installed-dev
	$(BIN)/python -m pytest -m slow

# Damaged and hostile files of every format, each opened in a process of its own.
fuzz: $(VENV)/.installed-dev
	$(BIN)/python tests/safety/fuzzing/run.py --files 20000

# Writers killed at 500 random instants, and every write refused in turn.
kill: $(VENV)/.installed-dev
	$(BIN)/python tests/durability/killing.py 500 1
	$(BIN)/python tests/durability/failing.py 12 12

# Pictures of every window, dialog and menu, for the documentation: look at them, too.
pictures: $(VENV)/.installed-dev
	SLEAP_PICTURES=docs/pictures $(BIN)/python -m pytest tests/gui/pictures

docs: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --editable '.[docs]'
	$(BIN)/python -m sphinx -W -b html docs docs/_build/html

$(VENV)/.installed: $(REQUIREMENTS)
	$(PYTHON) tools/check_system.py before-install
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python tools/check_system.py after-install
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) demo build dist *.egg-info docs/_build

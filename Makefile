# Everything a newcomer needs: `make report` and `make test`. Each target sets up what it needs, once.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: report test test-transformers lint bench train notebooks lab package site clean

report: $(VENV)/.core
	$(BIN)/hexapla report texts/karabakh-1920

test: $(VENV)/.test
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --ignore tests/test_encode_transformers.py

test-transformers: $(VENV)/.transformers
	$(BIN)/python -m pytest tests/test_encode_transformers.py tests/test_network_parity.py

lint: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: $(VENV)/.bench
	$(BIN)/python -m tests.bench $(ROOMS)

# Learned files anew: `make train STEP=fluency`, or every step in order; hours, and the development data.
train: $(VENV)/.bench $(VENV)/.transformers
	$(BIN)/python -m tests.training $(STEP)

notebooks: $(VENV)/.notebook
	$(BIN)/python -m pytest tests/test_notebook.py tests/test_notebook_widget.py tests/test_notebooks.py
	$(BIN)/python -m tests.notebooks

lab: $(VENV)/.notebook
	$(BIN)/jupyter lab notebooks/70_your_own_text.ipynb

# Wheel and sdist, installed into an empty environment and used there without a network.
package: $(VENV)/.package
	$(BIN)/python -m tests.package

# The site, in build/site; built offline, and nothing in it is loaded from elsewhere.
site: $(VENV)/.docs
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet
	! grep -rlE '(<script|<img|<link rel="(stylesheet|icon|preconnect)")[^>]*(src|href)="?(https?:)?//' build/site --include='*.html'

clean:
	rm -rf $(VENV) out build dist

$(VENV)/.core: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) --editable .
	touch $@

$(VENV)/.test: $(VENV)/.core
	$(PIP) --editable '.[test]'
	touch $@

$(VENV)/.transformers: $(VENV)/.test
	$(PIP) torch==2.13.0
	$(PIP) --editable '.[test-transformers]'
	touch $@

$(VENV)/.notebook: $(VENV)/.test
	$(PIP) --editable '.[notebook]'
	touch $@

$(VENV)/.package: $(VENV)/.test
	$(PIP) --editable '.[package]'
	touch $@

$(VENV)/.docs: $(VENV)/.core
	$(PIP) --editable '.[docs]'
	touch $@

$(VENV)/.bench: $(VENV)/.test
	$(PIP) --editable '.[bench]'
	touch $@

# Two commands for a fresh machine: `make demo` and `make test`. Both need only python3 (>= 3.11), pip, venv and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test explore lint bench docs screenshots lock clean

$(BIN)/.run: requirements/run.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(BIN)/.dev: requirements/dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: $(BIN)/.run
	$(BIN)/crmclean demo -o demo-run --force

test: $(BIN)/.dev
	$(BIN)/python -m pytest -n auto

# The property tests with examples nobody has seen yet: `make test` repeats itself on purpose.
explore: $(BIN)/.dev
	CRMCLEAN_EXAMPLES=explore $(BIN)/python -m pytest -n auto tests/properties

lint: $(BIN)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(BIN)/.dev
	$(BIN)/python -m benchmarks

docs: $(BIN)/.dev
	$(BIN)/python -m tools.docs

# Pictures of the report; needs Chromium.
screenshots: $(BIN)/.dev
	$(BIN)/python -m tools.screenshots

# Renews the hashed locks; needs uv. No registry address is written.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/run.in -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements/dev.in -o requirements/dev.txt

clean:
	rm -rf $(VENV) demo-run bench-out .mypy_cache .ruff_cache .pytest_cache .hypothesis

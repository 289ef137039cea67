# The two commands of the README are `make serve` and `make test`. Everything else hangs from `.venv/.ready`.
PYTHON ?= python3
PORT ?= 5000
BIN := .venv/bin
READY := .venv/.ready
ROOM := var

.PHONY: serve test lint check lock messages method screenshots clean

# What is tried out stays in $(ROOM): the requests, and a copy of the list of destinations.
serve: $(READY) $(ROOM)/destinations.yaml
	@test -n "$$TRAVELPLAN_DATABASE" || $(BIN)/python -m webapp.hr.demo --first
	@TRAVELPLAN_SIGN_IN=$${TRAVELPLAN_SIGN_IN:-try-out} TRAVELPLAN_DATABASE=$${TRAVELPLAN_DATABASE:-sqlite:///$(ROOM)/travelplan.db} \
	  TRAVELPLAN_DESTINATIONS=$${TRAVELPLAN_DESTINATIONS:-$(ROOM)/destinations.yaml} \
	  $(BIN)/travelplan serve --port $(PORT)

# A change of the list itself makes the copy anew.
$(ROOM)/destinations.yaml: destinations.yaml
	@mkdir -p $(ROOM)
	@cp destinations.yaml $@

test: $(READY)
	@$(BIN)/pytest

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

check: lint test

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	  || { echo "travelplan needs Python 3.11 or newer as '$(PYTHON)'; name another with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "Python's venv module is missing: install it first (Debian and Ubuntu: sudo apt install python3-venv), then run make again."; exit 1; }
	@echo "Setting up .venv (once, about a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes --only-binary :all: -r requirements.lock
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation -e .
	@touch $@

# After a change of the dependencies in pyproject.toml; needs uv. Hashes only, no addresses.
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-annotate --no-header --upgrade --quiet -o requirements.lock

# After a change of any sentence in the code: bring the catalogues up to date.
messages: $(READY)
	@$(BIN)/python scripts/update_messages.py

# After a change of factors, routes or published cases: write the numbers of docs/method.md anew.
method: $(READY)
	@$(BIN)/python scripts/build_method.py

# Every page in Dutch at two widths, in build/screenshots; needs Chromium.
screenshots: $(READY)
	@$(BIN)/python scripts/screenshots.py

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache

# Needs only Python 3.11 or later with pip, and make. Each target sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PARAMS ?= params/necs-2019-20.yaml

.PHONY: report test mutations methods lab lock lowest clean

report: $(VENV)/.ready          ## the report of PARAMS as HTML and PDF, below outputs/
	$(BIN)/wres run $(PARAMS)

test: $(VENV)/.ready            ## every test
	$(BIN)/python -m pytest -n 2 --dist loadfile

mutations: $(VENV)/.ready       ## known faults, put in one at a time: each must turn a test red
	$(BIN)/python tests/mutations.py

methods: $(VENV)/.ready         ## docs/methods.md: false alarms, differences found, coverage
	$(BIN)/python docs/make_methods.py

lab: $(VENV)/.lab               ## the notebooks in JupyterLab
	$(BIN)/jupyter lab --LabApp.default_url=/lab/tree/notebooks/explore.ipynb

$(VENV)/.ready: pyproject.toml requirements.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	$(BIN)/python -m compileall -q wres_helpers
	touch $@

$(VENV)/.lab: $(VENV)/.ready requirements-lab.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-lab.lock
	touch $@

lock:                           ## pin the versions anew (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
	    --extra cluster --extra test pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
	    --extra cluster --extra test --extra lab pyproject.toml --constraint requirements.lock --output-file requirements-lab.lock

lowest:                         ## the report with the lowest versions that pyproject.toml allows, then with the newest (needs uv)
	for versions in lowest-direct highest; do \
	    uv venv --quiet --clear --python 3.11 build/$$versions && \
	    uv pip install --quiet --python build/$$versions/bin/python --resolution $$versions . && \
	    build/$$versions/bin/python -m wres_helpers run --force $(PARAMS) || exit 1; \
	done

clean:                          ## remove what was made, never the data
	rm -rf $(VENV) outputs/*/ .pytest_cache .ruff_cache .hypothesis build *.egg-info

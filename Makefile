# Needs only Python 3.11 or later with pip, and make. Each target sets up what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PARAMS ?= params/necs-2019-20.yaml

.PHONY: report test quick thorough accessible sentences mutations methods notebooks reference lab lock lowest newest clean

report: $(VENV)/.ready          ## the report of PARAMS as HTML and PDF, below outputs/
	$(BIN)/wres run $(PARAMS)

# where two cores are usual: two workers and the calls of wres they make keep both busy, and a third imports, collects and reads for itself
# (5:38 and 5:29, measured one after the other on a quiet machine; 4:55 to 5:16 since). What is compiled is kept
WORKERS ?= 2
TESTED := PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n $(WORKERS) --dist loadscope

test: $(VENV)/.tests            ## every test
	$(TESTED)

quick: $(VENV)/.tests           ## the pure rules; no notebook, no page, no process
	$(TESTED) -m "not slow" tests/analysis tests/settings tests/data tests/intake tests/page_model tests/report

thorough: $(VENV)/.tests        ## every test, with every drawn example of a broken or odd input
	WRES_EXAMPLES=all $(TESTED)

accessible: $(VENV)/.tests      ## every page in a browser (Chromium, Chrome or Edge): axe, keyboard, width of a telephone; notebooks, where JupyterLab is there
	$(PIP) --editable ".[browser]"
	$(BIN)/python -m pytest tests/accessibility/pages_in_a_browser.py tests/accessibility/notebooks_in_a_browser.py

sentences: $(VENV)/.tests       ## every sentence at the edges of counts, to be read: build/edges.txt
	EDGE_SENTENCES=build/edges.txt $(BIN)/python -m pytest -q tests/report/test_edge_sentences.py

mutations: $(VENV)/.tests       ## known faults, put in one at a time: each must turn a test red; then a sample of random ones
	$(BIN)/python tests/mutations.py
	$(BIN)/python tests/benchmarks/mutants.py analysis 150 1

methods: $(VENV)/.ready         ## docs/methods.md: false alarms, differences found, coverage
	$(BIN)/python docs/make_methods.py

# in a container whoever runs this is root, which JupyterLab wants to be told
AS_ROOT := $(if $(filter 0,$(shell id -u 2>/dev/null)),--allow-root)

lab: $(VENV)/.lab               ## the notebooks in JupyterLab
	$(BIN)/jupyter lab $(AS_ROOT) notebooks/explore.ipynb

notebooks: $(VENV)/.ready       ## the notebooks made anew from notebooks/source
	$(BIN)/python notebooks/source/make_notebooks.py

reference: $(VENV)/.ready       ## docs/reference.md and params/README.md made anew from the code
	$(BIN)/python docs/make_reference.py
	$(BIN)/python docs/make_readmes.py

PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

$(VENV)/.ready: pyproject.toml requirements-report.lock
	$(PYTHON) -m venv $(VENV)
	$(PIP) -r requirements-report.lock
	$(PIP) --no-deps --editable .
	$(BIN)/python -m compileall -q wres_helpers
	touch $@

$(VENV)/.tests: $(VENV)/.ready requirements.lock
	$(PIP) -r requirements.lock
	touch $@

$(VENV)/.lab: $(VENV)/.ready requirements-lab.lock
	$(PIP) -r requirements-lab.lock
	touch $@

lock:                           ## pin the versions anew (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
	    --extra cluster --extra test pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
	    --extra cluster --extra test --extra lab pyproject.toml --constraint requirements.lock --output-file requirements-lab.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
	    pyproject.toml --constraint requirements.lock --output-file requirements-report.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 \
	    --resolution lowest-direct pyproject.toml --output-file requirements-lowest.lock

lowest:                         ## the report with the lowest versions that pyproject.toml allows
	$(PYTHON) -m venv --clear build/lowest
	build/lowest/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-lowest.lock
	build/lowest/bin/python -m wres_helpers run --force $(PARAMS)

newest:                         ## the report with the newest versions there are today
	$(PYTHON) -m venv --clear build/newest
	build/newest/bin/python -m pip install --quiet --disable-pip-version-check .
	build/newest/bin/python -m wres_helpers run --force $(PARAMS)

clean:                          ## remove what was made, never the data
	rm -rf $(VENV) outputs/*/ .pytest_cache .ruff_cache .mypy_cache .hypothesis build *.egg-info

# `make demo` and `make test` are the two to know; `make help` lists the others.

PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$each >/dev/null 2>&1 && $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$each; exit; }; done; echo python3)
RUN := .venv/bin/python
MANAGE := $(RUN) manage.py
CODE := cms home initiatives forum search tests manage.py .ci
TESTS ?= tests
PYTEST_WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo test check format messages services services-stop bench pictures constraints \
	python environment environment-dev

help: ## lists the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

python:
	@command -v $(PYTHON) >/dev/null 2>&1 || { echo "Ancrage needs Python 3.11 or newer, and no $(PYTHON) is here." >&2; exit 1; }

environment: python
	@$(PYTHON) .ci/environment.py

environment-dev: python
	@$(PYTHON) .ci/environment.py --dev

demo: python ## sets everything up, loads the demo and serves it on http://127.0.0.1:$PORT (default 8000)
	@exec $(PYTHON) .ci/demo.py

test: environment-dev ## runs all tests (TESTS=tests/wiki for some of them)
	@$(MANAGE) messages compile
	$(RUN) -m pytest -n $(PYTEST_WORKERS) --dist loadgroup $(PYTEST_ARGS) $(TESTS)

check: environment-dev ## format, lint, types, import contracts, migrations, templates, translations
	@$(RUN) .ci/check.py $(CHECKS)

format: environment-dev ## formats the Python code
	$(RUN) -m ruff format $(CODE)
	$(RUN) -m ruff check --fix $(CODE)

messages: environment-dev ## collects the interface's words into cms/locale/*/LC_MESSAGES/django.po, and compiles
	@$(MANAGE) messages update
	@$(MANAGE) messages compile

services: python ## starts PostgreSQL, Redis and OpenSearch on loopback (SERVICES="redis elasticsearch" for some)
	@$(PYTHON) .ci/services.py start $(SERVICES)

services-stop: python ## stops what `make services` started
	@$(PYTHON) .ci/services.py stop $(SERVICES)

bench: environment-dev ## measures against a bare Django view and prints a table of ratios
	$(RUN) -m tests.benchmarks $(BENCH_ARGS)
	$(RUN) -m tests.benchmarks.engines
	$(RUN) -m tests.benchmarks.finding

pictures: environment-dev ## makes the pictures of the guide anew (needs Chromium)
	$(RUN) -m tests.e2e.pictures $(PICTURES)

constraints: python ## pins the newest versions that pyproject.toml allows into constraints.txt
	@$(PYTHON) .ci/constraints.py

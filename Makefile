# `make demo` and `make test` say first what they will install. While you write code: `make unit` (see CONTRIBUTING.md).
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

CARGO ?= cargo
PROFILE_DIR := $(or $(CARGO_TARGET_DIR),target)/debug
DERMAGA := $(PROFILE_DIR)/dermaga
export DERMAGA_PACK ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/dermaga/pack

.PHONY: help demo test unit live browser engines setup build pack lint fmt check docs bench dist clean

help: ## what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: ## install what is missing (Debian and its relatives; elsewhere it says what to install)
	@scripts/setup

build: ## the program
	@scripts/say 'Building dermaga (about 2 minutes the first time on 2 cores; nothing to do later)'
	@$(CARGO) build --locked

pack: ## the images that the lessons need, out of Debian packages
	@pack/build "$(DERMAGA_PACK)"

demo: setup build pack ## prove the lessons against a real Docker engine
	@scripts/say 'The lesson this course grew from, command by command, on a private engine'
	@$(DERMAGA) test --verbose lessons/id/image/mengambil-image.md
	@scripts/say 'All lessons'
	@$(DERMAGA) test lessons

test: setup pack ## every test, with real engines and a real browser
	@scripts/setup --tests
	@scripts/test

unit: ## the tests that need no engine, no root and no browser, without the slow ones
	@scripts/test unit

live: setup pack ## the tests with real engines, or those with ONLY=NAME in their names
	@scripts/setup --tests
	@scripts/test live $(ONLY)

browser: setup pack ## the site in a headless Chromium, or the tests with ONLY=NAME in their names
	@scripts/setup --tests
	@scripts/axe >/dev/null
	@scripts/test browser $(ONLY)

engines: setup ## the gateway and BuildKit on a newer Docker, which apt gets into a private root
	@scripts/engines

lint: build ## what can be known about the lessons without an engine
	@$(DERMAGA) lint lessons

fmt: ## format the code
	@$(CARGO) fmt

check: ## format, clippy, documentation
	@$(CARGO) fmt --check
	@$(CARGO) clippy --locked --all-targets -- -D warnings
	@RUSTDOCFLAGS='-D warnings' $(CARGO) doc --locked --no-deps --quiet

dist: ## a tarball and a .deb of the program, in target/dist
	@scripts/dist

bench: ## measure (see bench/README.md)
	@bench/run

clean: ## remove what was built here (not the pack in the cache)
	@$(CARGO) clean

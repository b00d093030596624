# Every command of the project. On a bare Debian 12 or 13, as root or with sudo, each one first
# installs what it needs (.ci/packages); where all is there it asks only dpkg.

.PHONY: help run test setup build lint format bench soak

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 16

run: ## build the service and start it on ./data, with a demo sender beside it
	@.ci/setup run
	@.ci/build release mailtrail-server mailtrail
	@.ci/demo

test: ## build everything with clang and run all tests
	@.ci/setup test
	@.ci/build dev
	@ctest --preset dev

setup: ## install all that any of these commands needs
	@.ci/setup lint

build: ## the release build: build/release/bin/mailtrail-server and mailtrail
	@.ci/setup run
	@.ci/build release mailtrail-server mailtrail

lint: ## clang-format, clang-tidy and buf, changing nothing
	@.ci/setup lint
	@.ci/lint

format: ## rewrite the sources and protos as clang-format and buf want them
	@.ci/setup lint
	@.ci/format

bench: ## measure against this machine's ceilings, into build/bench/results.json
	@.ci/setup run
	@.ci/build release mailtrail-server mailtrail_bench
	@build/release/bin/mailtrail_bench

soak: ## repeat the slow tests, 20 times or until one fails
	@.ci/setup test
	@.ci/build dev
	@ctest --preset dev --label-regex slow --repeat until-fail:20

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-builtin-rules --no-print-directory
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PORT ?= 8000
# Only these integration tests also make sense in a browser; the others read files.
WASM_TESTS ?= --test wasm

WASM := setup/with-wasm
TARGET := wasm32-unknown-unknown
MODULE := target/wasm/$(TARGET)/release/layerdrop.wasm
PACKAGE := www/pkg/layerdrop_bg.wasm
TSC := node_modules/.bin/tsc
ESBUILD := node_modules/.bin/esbuild
SMALL := --minify --tsconfig-raw={} --charset=utf8 --legal-comments=none --log-level=warning
LANGUAGES := $(filter-out en wording,$(basename $(notdir $(wildcard www/words/*.js))))
NPM := target/npm/SHA256SUMS

.PHONY: help run site package test test-native test-wasm test-types test-headless test-e2e test-engines test-package test-portals test-infrastructure verdicts lint bench clean FORCE

help: ## show this list
	@sed -n 's/^\([a-z0-9-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 22

run: site ## build the page and serve it on this machine (PORT=8000)
	@setup/serve $(PORT)

site: dist ## build the static site into dist/

package: $(NPM) ## build the npm package into target/npm/, with the pages in one file

test: test-native test-wasm test-types test-headless test-e2e test-engines test-package test-portals ## run every test

lint: $(PACKAGE) test-types | setup/rust setup/linters ## check formatting, lints and types
	cargo fmt --all --check
	cargo clippy --locked --all-targets -- -D warnings
	$(WASM) cargo clippy --locked --target $(TARGET) --lib $(WASM_TESTS) -- -D warnings
	shellcheck -x -P SCRIPTDIR -S warning $(SETUP) setup/with-wasm .ci/run

bench: dist | setup/node setup/bench setup/browser ## measure Layerdrop beside other libraries (SETS= CONTENDERS= ROUNDS=5)
	@node bench/run.js

clean: ## remove what was built; the tools in .tools/ and node_modules/ stay
	rm -rf dist target www/pkg

# Parts of the test

test-native: | setup/rust ## … the Rust tests on this machine
	cargo test --locked

test-wasm: | setup/wasm-bindgen setup/wasm-pack setup/browser ## … the wasm tests in a browser
	@# The runner waits 20 seconds unless told, and a busy machine takes longer. Now and then its browser never loads the module: what fails, fails twice.
	export WASM_BINDGEN_TEST_TIMEOUT=200; in_browser() { $(WASM) wasm-pack test --headless --chrome --chromedriver /usr/bin/chromedriver --mode no-install -- --locked $(WASM_TESTS); }; in_browser || in_browser

test-types: dist | setup/node ## … the types of the page's scripts
	$(TSC)
	$(TSC) -p tsconfig.worker.json
	$(TSC) -p tsconfig.headless.json

test-e2e: dist | setup/node setup/python setup/java setup/ruby setup/browser ## … the whole way, in a browser
	node --test --test-reporter=spec tests/www/*.test.js tests/e2e/*.test.js

test-engines: dist | setup/node setup/python setup/browser setup/engines ## … the main job in Chromium, Firefox and WebKitGTK
	node --test --test-reporter=spec tests/engines/*.test.js

test-headless: dist | setup/node setup/python setup/browser setup/shells ## … the command line, and every command that it shows
	node --test --test-reporter=spec tests/headless/*.test.js

test-package: $(NPM) | setup/package-tools setup/python setup/browser ## … the npm package, in bundlers, frames and from disk
	node --test --test-reporter=spec tests/package/*.test.js

test-portals: $(NPM) | setup/portals setup/package-tools setup/python setup/browser ## … the sites of examples/, built and opened
	node --test --test-reporter=spec tests/portals/*.test.js

test-infrastructure: dist | setup/node setup/infrastructure ## … the layer as code by SAM, both CDKs, Terraform and Pulumi (1 GB of tools; no part of test)
	node --test --test-reporter=spec tests/infrastructure/*.test.js

verdicts: | setup/rust setup/python ## fetch real packages and compare what is said of them with what is expected
	tests/verdicts/fetch "$$PWD/.tools/verdicts" .tools/python/bin/python
	LAYERDROP_VERDICTS="$$PWD/.tools/verdicts" LAYERDROP_PYTHON=.tools/python/bin/python cargo test --locked --test verdicts -- --nocapture

# The site

# Cargo knows best whether there is anything to do, and leaves the file's time alone if not.
$(MODULE): FORCE | setup/wasm-target
	$(WASM) cargo build --locked --release --lib --target $(TARGET)

$(PACKAGE): $(MODULE) | setup/wasm-bindgen
	$(WASM) wasm-bindgen --target no-modules --no-modules-global wasm_bindgen --typescript \
	  --remove-name-section --remove-producers-section --out-dir $(@D) $<

# The folders are prerequisites too, because a file that goes leaves its trace only there.
# The page is one script, each further language another one, the worker a third.
dist: $(PACKAGE) $(shell find www headless -path www/pkg -prune -o -print) | setup/node
	rm -rf target/site dist
	mkdir -p target/site/worker target/site/dist
	$(ESBUILD) www/layer-drop-element.js --bundle --format=esm $(SMALL) $(LANGUAGES:%=--external:./words/%.js) --outfile=target/site/dist/layer-drop-element.js
	$(ESBUILD) www/layer-drop.js $(SMALL) --outfile=target/site/dist/layer-drop.js
	$(ESBUILD) $(LANGUAGES:%=www/words/%.js) --bundle --format=esm $(SMALL) --outdir=target/site/dist/words
	$(ESBUILD) www/pkg/layerdrop.js www/engine/worker-packing.js www/engine/worker.js www/page.css $(SMALL) --outdir=target/site/worker
	$(ESBUILD) headless/index.js headless/layerdrop.js --bundle --platform=node --format=esm --tsconfig-raw={} --charset=utf8 --log-level=warning --outdir=target/site/dist/headless
	cd target/site/worker && cat pkg/layerdrop.js engine/worker-packing.js engine/worker.js >../dist/worker.js && mv pkg page.css ../dist
	cp www/pkg/*.wasm target/site/dist/pkg
	cp www/index.html headless/package.json target/site/dist
	mv target/site/dist dist
	touch dist

$(NPM): dist $(shell find npm -type f) README.md CHANGELOG.md LICENSE Cargo.toml
	node npm/build.js target/npm/layerdrop
	rm -f target/npm/*.tgz
	cd target/npm && npm pack --silent ./layerdrop && sha256sum *.tgz layerdrop/*.html layerdrop/inline.js >SHA256SUMS

# The set-up: each script installs one thing, if it isn't there already.

SETUP := $(addprefix setup/,rust wasm-target wasm-bindgen wasm-pack browser engines node package-tools portals python java ruby shells infrastructure linters bench)
.PHONY: $(SETUP)
$(SETUP):
	@$@
setup/wasm-target setup/wasm-pack: | setup/rust
setup/wasm-bindgen: | setup/wasm-target
setup/bench: | setup/python

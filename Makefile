# The project's commands; `make` alone lists them.
#
# Everything goes through CMake presets (CMakePresets.json); build trees are
# build/<preset>.

PRESET  ?= release
BUILD   := build/$(PRESET)
BIN     := $(BUILD)/bin
DATA    ?= data
LISTEN  ?= 127.0.0.1:50051
HTTP    ?= 127.0.0.1:8080
JOBS    ?= $(shell nproc)

# Seconds for each target of `make fuzz`.
FUZZ_SECONDS ?= 600

.PHONY: help packages configure build run test golden simulate screenshots asan tsan soak fuzz bench format lint clean

help:
	@echo "make run      build, index the sample corpus, serve it and its page"
	@echo "make test     build and run every test"
	@echo "make build    build the programs into $(BIN)"
	@echo "make golden   rewrite what the sample corpus's judged queries find"
	@echo "make screenshots  rewrite the pictures of the pages in docs/"
	@echo "make simulate a week of 50,000 sessions, its figures compared with insights"
	@echo "make asan     the tests under AddressSanitizer and UBSan"
	@echo "make tsan     the tests of the gRPC-free core under ThreadSanitizer"
	@echo "make soak     programs killed hundreds of times, rebuilds under load"
	@echo "make fuzz     every fuzz target for FUZZ_SECONDS ($(FUZZ_SECONDS))"
	@echo "make bench    the benchmarks"
	@echo "make format   format the sources; make lint checks them"
	@echo "make clean    remove the build trees and the sample index"

packages:
	@sh deploy/install-packages.sh

configure: packages
	@[ -f $(BUILD)/build.ninja ] || cmake --preset $(PRESET) $(CONFIGURE) >build-configure.log 2>&1 \
	  || { cat build-configure.log; rm -f build-configure.log; exit 1; }
	@rm -f build-configure.log

build: configure
	@echo "Building into $(BUILD) (a few minutes the first time)"
	@ninja -C $(BUILD) -j$(JOBS) kbsearch-indexer kbsearch-server kbsearch

# The sample corpus is indexed again only when it or the programs are newer.
$(DATA)/.helpdesk: $(BIN)/kbsearch-indexer $(shell find corpora/helpdesk/content -type f 2>/dev/null)
	@echo "Indexing the sample corpus into $(DATA)"
	@$(BIN)/kbsearch-indexer build --data $(DATA) --corpus helpdesk --source corpora/helpdesk/content
	@touch $@

# Tokens to try the agents' and the operators' page with.
$(DATA)/tokens.yaml: | $(BIN)/kbsearch-server
	@mkdir -p $(DATA)
	@umask 077; for role in agent operator; do \
	  $(BIN)/kbsearch-server new-token --name $$role --role $$role >$(DATA)/$$role.new || exit 1; \
	  sed -n 's/^  \([^ ]*\)$$/\1/p' $(DATA)/$$role.new | head -1 >$(DATA)/$$role.token; \
	  sed -n '/^- name:/,$$p' $(DATA)/$$role.new; rm $(DATA)/$$role.new; \
	done >$@.new; mv $@.new $@

run: build
	@$(MAKE) --no-print-directory $(DATA)/.helpdesk $(DATA)/tokens.yaml
	@echo "Serving; Ctrl-C stops. Open in a browser:"
	@echo "  http://$(HTTP)/          search and write a ticket"
	@echo "  http://$(HTTP)/agent     the agents' desk; token: $$(cat $(DATA)/agent.token)"
	@echo "  http://$(HTTP)/operator  the operators' dashboard; token: $$(cat $(DATA)/operator.token)"
	@exec $(BIN)/kbsearch-server --data $(DATA) --listen $(LISTEN) --http $(HTTP) \
	  --tokens $(DATA)/tokens.yaml --anonymous-role portal

test: configure
	@echo "Building programs and tests into $(BUILD) (a few minutes the first time)"
	@ninja -C $(BUILD) -j$(JOBS)
	ctest --test-dir $(BUILD) --output-on-failure -j$(JOBS)

# Takes the pictures of docs/screenshots anew.
screenshots: configure
	@ninja -C $(BUILD) -j$(JOBS) kbsearch-indexer kbsearch-server kbsearch
	@mkdir -p docs/screenshots
	@KBSEARCH_BIN=$(BIN) KBSEARCH_SCREENSHOTS=docs/screenshots node --test tests/e2e/main.test.mjs

golden: configure
	@ninja -C $(BUILD) -j$(JOBS) update-golden
	@git --no-pager diff --stat -- tests/relevance/golden

SESSIONS ?= 50000
# Where their events go: a file, "postgresql", or a PostgreSQL location.
EVENTS ?=
simulate: configure
	@ninja -C $(BUILD) -j$(JOBS) simulated_week
	$(BUILD)/tests/simulated_week corpora/helpdesk $(SESSIONS) $(EVENTS)

# The analyzers' tables are those of the release build: to make them takes
# minutes, under a sanitizer many.
TABLES := $(CURDIR)/build/release/share/kbsearch/analyzers
.PHONY: tables
tables:
	@$(MAKE) --no-print-directory configure PRESET=release
	@ninja -C build/release -j$(JOBS) kbsearch_resources

asan: tables
	@$(MAKE) --no-print-directory test PRESET=asan CONFIGURE=-DKBSEARCH_TABLES=$(TABLES)

# gRPC from Debian is not instrumented; the server's tests are left out.
tsan: tables
	@$(MAKE) --no-print-directory configure PRESET=tsan CONFIGURE=-DKBSEARCH_TABLES=$(TABLES)
	@ninja -C build/tsan -j$(JOBS) analyzers_test engine_test indexer_test
	@for program in analyzers_test engine_test indexer_test; do \
	  build/tsan/tests/$$program || exit 1; done

# What the tests do a few times, hundreds of times. With KBSEARCH_SOAK_SOURCE
# (articles) and KBSEARCH_SOAK_QUERIES (as `kbsearch eval` reads them) also twenty
# rebuilds of that corpus under load, with figures.
soak: configure
	@ninja -C $(BUILD) -j$(JOBS) server_integration_test
	KBSEARCH_SOAK=1 $(BUILD)/tests/server_integration_test \
	  --gtest_filter='SoakTest.*:FaultsTest.*:OperationsTest.AnAnswerIsOfOneGeneration'

# Finds go to build/fuzz/finds: tests/fuzz/README.md.
FUZZ_ANALYZERS ?= clean_text identifier $(addprefix analyzer.,da de el en es fi fr it nl pt ro ru sv uk)
FUZZ_INDEXER ?= $(addprefix reader.,jsonl html markdown text csv zendesk forum canned archive) repair_json
FUZZ_ENGINE ?= query_syntax page_token mail stored_document synonyms curations \
  $(addprefix file.,manifest current ledger pushed checksums change_log vocabulary titles forward sounds deletes) \
  search explain autocomplete suggest

# $(call fuzz,module,targets,longest input,folders of seeds)
define fuzz
@for target in $(2); do \
  echo "$$target"; mkdir -p build/fuzz/corpus/$$target; \
  KBSEARCH_FUZZ_TARGET=$$target ASAN_OPTIONS=new_delete_type_mismatch=0 \
  build/fuzz/tests/fuzz_$(1) \
    -max_total_time=$(FUZZ_SECONDS) -max_len=$(3) -timeout=20 -verbosity=0 \
    -print_final_stats=1 -artifact_prefix=build/fuzz/finds/$$target- \
    build/fuzz/corpus/$$target $(4) \
    $$(ls -d tests/fuzz/corpus/$$target 2>/dev/null) || exit 1; done
endef

fuzz: tables
	@$(MAKE) --no-print-directory configure PRESET=fuzz CONFIGURE=-DKBSEARCH_TABLES=$(TABLES)
	@ninja -C build/fuzz -j$(JOBS) fuzz_analyzers fuzz_engine fuzz_indexer
	@mkdir -p build/fuzz/finds
	$(call fuzz,analyzers,$(FUZZ_ANALYZERS),512,tests/fuzz/analyzers/seeds)
	$(call fuzz,indexer,$(FUZZ_INDEXER),16384,tests/fuzz/indexer/seeds tests/fixtures/ingest)
	$(call fuzz,engine,$(FUZZ_ENGINE),4096,tests/fuzz/engine/seeds)

bench: configure
	@ninja -C $(BUILD) -j$(JOBS) analyze_bench read_bench
	$(BUILD)/tests/analyze_bench $(if $(BENCH_CORPUS),--corpus=$(BENCH_CORPUS))
	$(BUILD)/tests/read_bench $(or $(BENCH_CORPUS),corpora/helpdesk/content)

format:
	@git ls-files '*.cc' '*.h' | xargs clang-format -i

lint: configure
	@ninja -C $(BUILD) kbsearch_portal
	ctest --test-dir $(BUILD) --output-on-failure -L lint

clean:
	rm -rf build $(DATA)

# `make demo` shows a live reload on a virtual chip; `make test` runs every test. See README.md.

SHELL := /bin/bash
EXAMPLE ?= basic
BOARD ?= qemu-riscv32
# qemu-riscv32: esp32c3, esp32c6, …; qemu-xtensa: esp32, esp32s2, esp32s3. The virtual chip then has that chip's
# instructions and memory map.
CHIP ?=
# Of make soak, for each board.
RELOADS ?= 10000
# What to fuzz: folders of Fuzz/Corpus/, all if empty; how long each.
FUZZ ?=
export FUZZ_SECONDS ?= 60
SWIFT_BUILD := swift build
# Everything that is made outside .build/ of SwiftPM.
OUT := build

.PHONY: help demo play test bench soak test-esp-idf fuzz lint format api-reference tool runtime release fixtures clean

help:
	@echo "make demo       edit a running firmware on a virtual chip and watch the new code run"
	@echo "                BOARD=qemu-xtensa: an Xtensa chip; CHIP=esp32c3 (or another of the board): as if the chip were"
	@echo "                that one; EXAMPLE=…: another of Examples/"
	@echo "make play       the same firmware, yours to edit; every save reloads; Ctrl-C ends"
	@echo "make test       every test, from a clean clone in one command"
	@echo "make bench      measure, and write docs/BENCHMARKS.md; ONLY=\"load sizes\", UPDATE_BASELINE=1, ORIGINAL=path of"
	@echo "                igrr/hotreload for ratios"
	@echo "make soak       reload each virtual board 10,000 times while things go wrong; RELOADS=…, SEED=…"
	@echo "make test-esp-idf"
	@echo "                build the examples with the ESP-IDF of this terminal, and reload in Espressif's QEMU"
	@echo "make fuzz       feed every reader of foreign bytes what somebody hostile would; FUZZ_SECONDS=60 each,"
	@echo "                FUZZ=loader: only one of Fuzz/Corpus/"
	@echo "make tool       the command line tool, optimised: .build/release/hotreload"
	@echo "make runtime    the chip's runtime, compiled, in components/hotreload/lib: then ESP-IDF needs no Swift"
	@echo "make release    all that a project needs, without Swift: build/release/hotreload-<version>-<host>.tar.gz"
	@echo "make format     lay out the Swift sources; make lint only checks"
	@echo "make api-reference"
	@echo "                rewrite docs/API.md from the C headers"
	@echo "make fixtures   rebuild the committed test fixtures"
	@echo "make clean      remove what was built"

demo:
	@scripts/demo.sh --board $(BOARD) $(CHIP:%=--chip %) --example $(EXAMPLE)

play:
	@scripts/play.sh --board $(BOARD) $(CHIP:%=--chip %) --example $(EXAMPLE)

test:
	@scripts/test.sh

# Times mean something only while nothing else runs.
bench:
	@scripts/bench.sh

# Progress is on standard error; docs/RELIABILITY.md has figures.
soak:
	@HOTRELOAD_SOAK=$(RELOADS) $(SEED:%=HOTRELOAD_SOAK_SEED=%) swift test --filter LongSoakTests

# CHIPS="esp32c3 esp32c6": only those.
test-esp-idf:
	@scripts/test-esp-idf.sh $(CHIPS)

fuzz:
	@scripts/fuzz.sh $(FUZZ)

lint:
	@scripts/lint.sh

format:
	@git ls-files '*.swift' ':!Fuzz/Modules' | xargs swift format format --in-place --parallel

tool:
	@$(SWIFT_BUILD) -c release --product hotreload

runtime:
	@scripts/runtime.sh

release:
	@scripts/release.sh

api-reference:
	@swift scripts/api-reference.swift

fixtures:
	@Tests/Fixtures/build.sh

clean:
	@rm -rf .build $(OUT)

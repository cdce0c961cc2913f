# SPDX-License-Identifier: MIT
# The front doors.  They install what they need with apt, after saying what; ACTFN_NO_INSTALL=1 makes them list it and
# stop instead.  All else is CMake: see CMakePresets.json.

help:
	@echo 'make test    build, and what one wants to know before installing: some minutes'
	@echo 'make test-all   build by every preset and run every test, also on emulated 64-bit Arm'
	@echo 'make try OP=gelu   measure the formulas of one operation, without a build, in seconds'
	@echo 'make fuzz    fuzz the C API and what the command reads, FUZZ_SECONDS=600 each'
	@echo 'make bench   build and run the benchmark: every operation, then beside the peers that are installed'
	@echo 'make bench-check   that the benchmark makes a whole report, in seconds'
	@echo 'make exhaustive   every operation over all 2^32 floats, for hours; goes on where it was, and docs/ACCURACY.md'
	@echo 'make exhaustive OPS=gelu   the same of one operation, in minutes'
	@echo 'make addition OPS=gelu   all that the list cannot write of an operation that was added: see docs/ADDING.md'
	@echo 'make exhaustive-neon   the bits of NEON, emulated'
	@echo 'make exhaustive-peers   the same of the peers that are installed'
	@echo 'make same-bits   the same bits by gcc and Clang, at -O2 and -O3'
	@echo 'make reproducible   build the libraries twice, and compare the bytes'
	@echo 'make mutation   break the library in one place at a time and count which breaks the tests see'
	@echo 'make performance   the full comparison, and docs/PERFORMANCE.md from it'

# CONTRIBUTING.md says which preset proves what.
test:
	cmake/install_dependencies.sh build test
	tests/run.sh native

test-all:
	cmake/install_dependencies.sh build test test-all
	tests/run.sh

# The inner loop of work on a formula: no build, no library, seconds.
try:
	@cmake/install_dependencies.sh build
	@tests/try.sh "$(OP)"

# EXHAUSTIVE_STEP=16: one of 16 floats.  OPS=gelu,mish: only these operations; all else stays as it was found.  All instruction
# sets are hashed; errors are measured on the first that is here
# in both modes, and on the others in the fast one, whose bits may differ.
exhaustive:
	cmake/install_dependencies.sh build test
	cmake --preset release
	cmake --build --preset release --target actfn_exhaustive actfn_command
	tests/exhaustive/walk.sh build/release $(EXHAUSTIVE_STEP) $(OPS:%=--ops %)

# By emulation, some fifty minutes of a CPU: one float of 64 at the defaults, and of 1024 all settings and both modes.
exhaustive-neon:
	cmake/install_dependencies.sh build test test-all
	cmake --preset aarch64
	cmake --build --preset aarch64 --target actfn_exhaustive
	cmake --preset release
	cmake --build --preset release --target actfn_command
	mkdir -p build/exhaustive
	$(EXHAUSTIVE_NEON) --to build/exhaustive/neon --step $(NEON_STEP) --settings 1 --hash-only
	$(EXHAUSTIVE_NEON) --to build/exhaustive/neon_1024 --step 1024 --hash-only
	python3 tests/exhaustive/report.py gather build/exhaustive/neon build/exhaustive/neon_1024
	python3 tests/exhaustive/report.py write build/release/tools/actfn

# OPS holds the names; EXHAUSTIVE_STEP as above.
addition:
	cmake/install_dependencies.sh build test
	cmake --preset release
	tests/addition.sh build/release $(EXHAUSTIVE_STEP) $(OPS)

exhaustive-peers: bench-build
	cmake --preset release
	cmake --build --preset release --target actfn_command
	mkdir -p build/exhaustive
	build/bench/bench/compare/actfn_exhaustive_peers --to build/exhaustive/peers --step $(EXHAUSTIVE_STEP)
	python3 tests/exhaustive/report.py gather build/exhaustive/peers
	python3 tests/exhaustive/report.py write build/release/tools/actfn

FUZZ_SECONDS = 600

fuzz:
	cmake/install_dependencies.sh build test test-all
	cmake --preset fuzz
	cmake --build --preset fuzz
	fuzz/run.sh $(FUZZ_SECONDS)

bench: bench-build
	bench/pinned.sh bench/table.py build/bench/bench/actfn_bench --repetitions 9
	bench/pinned.sh bench/compare/report.py --program $(COMPARE) --to build/bench-report

bench-check: bench-build
	ctest --test-dir build/bench/bench --output-on-failure

performance: bench-build
	bench/pinned.sh bench/compare/report.py --program $(COMPARE) --plan full --to build/performance
	bench/pinned.sh bench/compare/report.py --to build/performance --markdown docs/PERFORMANCE.md

same-bits:
	cmake/install_dependencies.sh build test test-all
	tests/same_bits.sh build/same_bits

reproducible:
	cmake/install_dependencies.sh build
	tests/reproducible.sh library "$(CURDIR)" cmake -G Ninja

# MUTATION holds arguments, as --only dispatch: see docs/MUTATION.md.
mutation:
	cmake/install_dependencies.sh build test test-all
	nice -n 10 tests/mutation/mutate.py $(MUTATION)

# BENCH_CMAKE says where the peers are: see docs/BENCHMARK.md.
bench-build:
	cmake/install_dependencies.sh build bench
	cmake --preset bench $(BENCH_CMAKE)
	cmake --build --preset bench

EXHAUSTIVE_STEP = 1
EXHAUSTIVE_NEON = qemu-aarch64 -L / -cpu cortex-a57 build/aarch64/tests/exhaustive/actfn_exhaustive --isa neon
NEON_STEP = 64
COMPARE = build/bench/bench/compare/actfn_compare

.PHONY: help test test-all try addition fuzz mutation exhaustive exhaustive-neon exhaustive-peers reproducible bench bench-build bench-check
.PHONY: performance same-bits

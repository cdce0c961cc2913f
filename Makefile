# SPDX-License-Identifier: MIT
# Each target prints the missing Debian packages and installs them with apt.  With ACTFN_NO_INSTALL=1 the target prints them
# and stops.  CMake does everything else: see CMakePresets.json.

help:
	@echo 'make test    build, and run the tests that a user wants before installing: some minutes'
	@echo 'make test-all   build by every preset and run every test, also on emulated 64-bit Arm'
	@echo 'make try OP=gelu   measure the formulas of one operation, without a build, in seconds'
	@echo 'make fuzz    fuzz the C API and the input of the command, FUZZ_SECONDS=600 each'
	@echo 'make bench   build, and compare with the peers that Debian has and with those that are installed: minutes'
	@echo 'make bench-peers   the same with the newest peers of the Python package index too, in an environment of its own'
	@echo 'make bench-catalogue   print the time of every operation in each form, without peers'
	@echo 'make bench-check   check in seconds that the benchmark makes a whole report'
	@echo 'make exhaustive   measure every operation over all 2^32 floats, and write docs/ACCURACY.md: hours; can be resumed'
	@echo 'make exhaustive OPS=gelu   the same for one operation, in minutes'
	@echo 'make addition OPS=gelu   write the generated files for an operation that was added: see docs/ADDING.md'
	@echo 'make exhaustive-neon   the bits of NEON, emulated'
	@echo 'make exhaustive-peers   measure the other libraries that are installed'
	@echo 'make same-bits   check that gcc and Clang, at -O2 and -O3, give the same bits'
	@echo 'make reproducible   build the libraries twice, and compare the bytes'
	@echo 'make mutation   break the library in one place at a time and count which breaks the tests see'
	@echo 'make performance   run the full comparison with the peers of bench-peers, and write docs/PERFORMANCE.md'

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

# EXHAUSTIVE_STEP=16: one of 16 floats.  OPS=gelu,mish: only these operations; the results of others stay unchanged.  All
# instruction sets are hashed.  Errors are measured on the best instruction set of the machine in both modes, and on the
# others in the fast mode only, because only that mode may have other bits.
exhaustive:
	cmake/install_dependencies.sh build test
	cmake --preset release
	cmake --build --preset release --target actfn_exhaustive actfn_command
	tests/exhaustive/walk.sh build/release $(EXHAUSTIVE_STEP) $(OPS:%=--ops %)

# In an emulator, some fifty minutes of CPU: one of 64 floats at the default parameters, and one of 1024 at all settings in
# both modes.
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

# OPS holds the names of the operations; EXHAUSTIVE_STEP as above.
addition:
	cmake/install_dependencies.sh build test
	cmake --preset release
	tests/addition.sh build/release $(EXHAUSTIVE_STEP) $(OPS)

exhaustive-peers: bench-build
	cmake --preset release
	cmake --build --preset release --target actfn_command
	cmake --build --preset bench --target actfn_exhaustive_peers
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
	bench/pinned.sh bench/compare/report.py --program $(COMPARE) --to build/bench-report --type $(TYPE)

bench-catalogue: bench-build
	bench/pinned.sh bench/table.py build/bench/bench/actfn_bench --repetitions 9 --type $(TYPE)

bench-check: bench-build
	ctest --test-dir build/bench/bench --output-on-failure

bench-peers: bench-peers-build
	bench/pinned.sh bench/compare/report.py $(WITH_PEERS) --to build/bench-peers-report --type $(TYPE)

# CPU holds the machine's name, for a system whose own name says too little.
performance: bench-peers-build
	bench/pinned.sh bench/compare/report.py $(WITH_PEERS) --plan full --to build/performance
	bench/pinned.sh bench/compare/report.py --to build/performance --markdown docs/PERFORMANCE.md $(if $(CPU),--cpu "$(CPU)")

same-bits:
	cmake/install_dependencies.sh build test test-all
	tests/same_bits.sh build/same_bits

reproducible:
	cmake/install_dependencies.sh build
	tests/reproducible.sh library "$(CURDIR)" cmake -G Ninja

# MUTATION holds arguments, for example --only dispatch: see docs/MUTATION.md.
mutation:
	cmake/install_dependencies.sh build test test-all
	nice -n 10 tests/mutation/mutate.py $(MUTATION)

# BENCH_CMAKE holds CMake options that tell the places of other libraries: see docs/BENCHMARK.md.
bench-build:
	cmake/install_dependencies.sh build bench
	cmake --preset bench $(BENCH_CMAKE)
	cmake --build --preset bench --target actfn_compare actfn_bench actfn_entry_cost

# Downloads some gigabytes, mostly torch.  BENCH_PIP holds arguments of pip, for example an index with torch for CPUs only.
bench-peers-build:
	cmake/install_dependencies.sh build bench bench-peers
	python3 -m venv $(PEERS)
	$(PEERS)/bin/pip install --quiet --upgrade $(BENCH_PIP) -r bench/peers.txt
	CMAKE_PREFIX_PATH="$(abspath $(PEERS)):$$CMAKE_PREFIX_PATH" cmake --preset bench -B build/bench-peers \
	    "-DCMAKE_BUILD_RPATH=$(abspath $(PEERS))/lib" $(BENCH_CMAKE)
	cmake --build build/bench-peers --target actfn_compare

EXHAUSTIVE_STEP = 1
EXHAUSTIVE_NEON = qemu-aarch64 -L / -cpu cortex-a57 build/aarch64/tests/exhaustive/actfn_exhaustive --isa neon
NEON_STEP = 64
# Of the buffers of bench, bench-peers and bench-catalogue: f32, f16 or bf16.
TYPE = f32
COMPARE = build/bench/bench/compare/actfn_compare
# PEERS=/opt/env names an existing environment.
PEERS = build/bench-peers-python
WITH_PEERS = --program build/bench-peers/bench/compare/actfn_compare --python $(PEERS)/bin/python3,$(PYTHONS)
PYTHONS = $(or $(ACTFN_BENCH_PYTHON),python3)

.PHONY: help test test-all try addition fuzz mutation exhaustive exhaustive-neon exhaustive-peers reproducible bench bench-build bench-catalogue
.PHONY: bench-check bench-peers bench-peers-build
.PHONY: performance same-bits

# SPDX-License-Identifier: MIT
# The front doors.  Both install what they need with apt, after saying what; ACTFN_NO_INSTALL=1 makes them list it and
# stop instead.  All else is CMake: see CMakePresets.json.

help:
	@echo 'make test    build by every preset, run every test, also on emulated 64-bit Arm'
	@echo 'make fuzz    fuzz the C API and what the command reads, FUZZ_SECONDS=600 each'
	@echo 'make bench   build and run the benchmark: every operation, then beside the peers that are installed'
	@echo 'make bench-check   that the benchmark makes a whole report, in seconds'
	@echo 'make performance   the full comparison, and docs/PERFORMANCE.md from it'

test:
	cmake/install_dependencies.sh build test
	tests/run.sh

FUZZ_SECONDS = 600

fuzz:
	cmake/install_dependencies.sh build test
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

# BENCH_CMAKE says where the peers are: see docs/BENCHMARK.md.
bench-build:
	cmake/install_dependencies.sh build bench
	cmake --preset bench $(BENCH_CMAKE)
	cmake --build --preset bench

COMPARE = build/bench/bench/compare/actfn_compare

.PHONY: help test fuzz bench bench-build bench-check performance

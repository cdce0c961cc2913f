# SPDX-License-Identifier: MIT
# The front doors.  Both install what they need with apt, after saying what; ACTFN_NO_INSTALL=1 makes them list it and
# stop instead.  All else is CMake: see CMakePresets.json.

help:
	@echo 'make test    build by every preset, run every test, also on emulated 64-bit Arm'
	@echo 'make bench   build and run the benchmark: every operation, then beside the peers that are installed'
	@echo 'make bench-check   that the benchmark makes a whole report, in seconds'
	@echo 'make mutation   break the library in one place at a time and count which breaks the tests see'
	@echo 'make performance   the full comparison, and docs/PERFORMANCE.md from it'

test:
	cmake/install_dependencies.sh build test
	tests/run.sh

bench: bench-build
	bench/pinned.sh bench/table.py build/bench/bench/actfn_bench --repetitions 9
	bench/pinned.sh bench/compare/report.py --program $(COMPARE) --to build/bench-report

bench-check: bench-build
	ctest --test-dir build/bench/bench --output-on-failure

performance: bench-build
	bench/pinned.sh bench/compare/report.py --program $(COMPARE) --plan full --to build/performance
	bench/pinned.sh bench/compare/report.py --to build/performance --markdown docs/PERFORMANCE.md

# MUTATION holds arguments, as --only dispatch: see docs/reliability/mutation.md.
mutation:
	cmake/install_dependencies.sh build test
	nice -n 10 tests/mutation/mutate.py $(MUTATION)

# BENCH_CMAKE says where the peers are: see docs/BENCHMARK.md.
bench-build:
	cmake/install_dependencies.sh build bench
	cmake --preset bench $(BENCH_CMAKE)
	cmake --build --preset bench

COMPARE = build/bench/bench/compare/actfn_compare

.PHONY: help test mutation bench bench-build bench-check performance

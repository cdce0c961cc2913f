# SPDX-License-Identifier: MIT
# Two front doors.  Both install what they need with apt, after saying what; ACTFN_NO_INSTALL=1 makes them list it and
# stop instead.  All else is CMake: see CMakePresets.json.

help:
	@echo 'make test    build by every preset, run every test, also on emulated 64-bit Arm'
	@echo 'make bench   build and run the benchmark'

test:
	cmake/install_dependencies.sh build test
	tests/run.sh

bench:
	cmake/install_dependencies.sh build bench
	cmake --preset bench
	cmake --build --preset bench
	bench/table.sh build/bench/bench/actfn_bench

.PHONY: help test bench

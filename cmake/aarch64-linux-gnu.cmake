# SPDX-License-Identifier: MIT
# Builds for 64-bit Arm on another Debian machine.  A plain ctest runs the result in an emulator.  The libraries are those of
# the arm64 architecture, installed beside the machine's own.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)

# pkg-config would describe the machine's own SLEEF.
set(ENV{PKG_CONFIG_LIBDIR} /usr/lib/aarch64-linux-gnu/pkgconfig:/usr/share/pkgconfig)

# The loader and libc of the arm64 architecture lie in /lib like the machine's own, so the root is the emulator's prefix.  A
# Cortex-A57 has NEON and nothing newer: an instruction that this library may not use ends in SIGILL.
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64;-L;/;-cpu;cortex-a57)

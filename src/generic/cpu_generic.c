/* SPDX-License-Identifier: MIT */
/* CPU features on an architecture that has only the generic backend. */
#include "dispatch/cpu.h"

#include <stddef.h>

uint32_t actfn_cpu_features(void) { return 0; }

const char *actfn_cpu_lacks(uint32_t has, uint32_t needs) { return needs & ~has ? "this CPU lacks a feature" : NULL; }

/* SPDX-License-Identifier: MIT */
/* The elementwise functions by name. */
#include "api/arguments.h"
#include "api/by_name.h"
#include "catalogue/params.h"

#define NAMED_MODE ACTFN_FAST
#define NAMED(function) actfn_status function
#include "api/named.def"

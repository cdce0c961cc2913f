// SPDX-License-Identifier: MIT
#pragma once

#include "inputs.h"

// Tells the report what was measured, and under which conditions.
void add_context(Distribution distribution);

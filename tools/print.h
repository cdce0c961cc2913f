/* SPDX-License-Identifier: MIT */
/* Numbers, ranges and JSON, as `info` and `list` print them. */
#ifndef ACTFN_TOOLS_PRINT_H
#define ACTFN_TOOLS_PRINT_H

#include <actfn.h>

#define FLOAT_SIZE 32
#define RANGE_SIZE 96

/* The shortest decimal that reads back as the same float. */
const char *float_text(float value, char text[static FLOAT_SIZE]);

/* What a legal value is, for "must be ...": "finite, > 0". */
const char *describe_range(const struct actfn_param_info *info, char text[static RANGE_SIZE]);

/* To standard output, with quotes and escapes; null for NULL. */
void json_string(const char *text);

/* The same; null for NaN, and "inf" or "-inf", quoted, because JSON has no infinity. */
void json_float(float value);

#endif

/* SPDX-License-Identifier: MIT */
/* Numbers, ranges and JSON, as `info` and `list` print them. */
#ifndef ACTFN_TOOLS_PRINT_H
#define ACTFN_TOOLS_PRINT_H

#include <actfn.h>

#define FLOAT_SIZE 32
#define RANGE_SIZE 96

/* The shortest decimal that reads back as the same float. */
const char *float_text(float value, char text[static FLOAT_SIZE]);

/* The text of a range for "must be ...": "finite, > 0". */
const char *describe_range(const struct actfn_param_info *info, char text[static RANGE_SIZE]);

/* Prints a string with quotes and escapes to standard output; null for NULL. */
void json_string(const char *text);

/* Prints a number; null for NaN, and "inf" or "-inf" as strings, because JSON has no infinity. */
void json_float(float value);

#endif

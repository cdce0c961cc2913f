/* SPDX-License-Identifier: MIT */
#include "print.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *float_text(float value, char text[static FLOAT_SIZE])
{
    for (int digits = FLT_DIG; digits <= FLT_DECIMAL_DIG; digits++) {
        snprintf(text, FLOAT_SIZE, "%.*g", digits, (double)value);
        if (strtof(text, NULL) == value)
            break;
    }
    return text;
}

const char *describe_range(const struct actfn_param_info *info, char text[static RANGE_SIZE])
{
    char bound[FLOAT_SIZE];
    const char *nonzero = info->flags & ACTFN_PARAM_NONZERO ? ", not 0" : "";
    size_t used = 0;
    text[0] = '\0';
    if (isinf(info->minimum) && isinf(info->maximum)) {
        snprintf(text, RANGE_SIZE, "any number%s", nonzero);
        return text;
    }
    if (!isinf(info->minimum) && !isinf(info->maximum))
        used = (size_t)snprintf(text, RANGE_SIZE, "finite");
    if (info->minimum == FLT_TRUE_MIN)
        used += (size_t)snprintf(text + used, RANGE_SIZE - used, "%s> 0", used ? ", " : "");
    else if (info->minimum > -FLT_MAX)
        used += (size_t)snprintf(text + used, RANGE_SIZE - used, "%s>= %s", used ? ", " : "",
                                 float_text(info->minimum, bound));
    if (info->maximum < FLT_MAX)
        used += (size_t)snprintf(text + used, RANGE_SIZE - used, "%s<= %s", used ? ", " : "",
                                 float_text(info->maximum, bound));
    snprintf(text + used, RANGE_SIZE - used, "%s", nonzero);
    return text;
}

void json_string(const char *text)
{
    if (!text) {
        fputs("null", stdout);
        return;
    }
    putchar('"');
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c == '"' || *c == '\\')
            printf("\\%c", *c);
        /* The catalogue is ASCII.  An environment variable may contain any bytes, and each byte is kept. */
        else if (*c < ' ' || *c > '~')
            printf("\\u%04x", *c);
        else
            putchar(*c);
    }
    putchar('"');
}

void json_float(float value)
{
    char text[FLOAT_SIZE];
    if (isnan(value))
        fputs("null", stdout);
    else
        printf(isinf(value) ? "\"%s\"" : "%s", float_text(value, text));
}

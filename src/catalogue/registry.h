/* SPDX-License-Identifier: MIT */
/* What the entries ask of the catalogue. */
#ifndef ACTFN_REGISTRY_H
#define ACTFN_REGISTRY_H

#include "catalogue/params.h"

#include <stdbool.h>

/* One operation with all that is known of it but its kernels. */
struct op_record {
    struct actfn_op_info info;
    const struct actfn_param_info *params;
    const float *defaults;                          /* NULL where a parameter has none */
    bool (*legal)(const float *params);             /* relations between parameters; NULL: none */
    bool (*from_output_legal)(const float *params); /* NULL: always */
};

extern const struct op_record actfn_op_records[];

/* NULL if there is no such operation.  Inline: every entry asks this first, and small buffers pay for a call. */
static inline const struct op_record *actfn_op_record(actfn_op op)
{
    return (int)op >= 0 && (int)op < OP_COUNT ? &actfn_op_records[(int)op] : NULL;
}

/* Whether each parameter is in its range and all of them fit together. */
bool actfn_params_legal(const struct op_record *row, const float *params);

#endif

/* SPDX-License-Identifier: MIT */
/* What the entries ask of the catalogue. */
#ifndef ACTFN_REGISTRY_H
#define ACTFN_REGISTRY_H

#include <actfn.h>
#include <stdbool.h>

/* One operation with all that is known of it but its kernels. */
struct op_row {
    struct actfn_op_info info;
    const struct actfn_param_info *params;
    const float *defaults;                          /* NULL where a parameter has none */
    bool (*legal)(const float *params);             /* relations between parameters; NULL: none */
    bool (*from_output_legal)(const float *params); /* NULL: always */
};

/* NULL if there is no such operation. */
const struct op_row *actfn_op_row(actfn_op op);

/* Whether each parameter is in its range and all of them fit together. */
bool actfn_params_legal(const struct op_row *row, const float *params);

#endif

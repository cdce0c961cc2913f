/* SPDX-License-Identifier: MIT */
/* The catalogue as the functions of src/api use it. */
#ifndef ACTFN_REGISTRY_H
#define ACTFN_REGISTRY_H

#include "catalogue/params.h"

#include <stdbool.h>

/* One operation: everything except its kernels. */
struct op_record {
    struct actfn_op_info info;
    const struct actfn_param_info *params;
    const float *defaults;                          /* NULL where a parameter has none */
    bool (*legal)(const float *params);             /* relations between parameters; NULL: none */
    bool (*from_output_legal)(const float *params); /* NULL: always */
};

extern const struct op_record actfn_op_records[];

/* NULL if the operation does not exist.  The function is inline, because every public function asks for the record first, and a
 * call would cost too much on a small buffer. */
static inline const struct op_record *actfn_op_record(actfn_op op)
{
    return (int)op >= 0 && (int)op < OP_COUNT ? &actfn_op_records[(int)op] : NULL;
}

/* Whether each parameter is in its range and the relations between parameters hold. */
bool actfn_params_legal(const struct op_record *record, const float *params);

#endif

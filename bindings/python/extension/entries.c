/* SPDX-License-Identifier: MIT */
/* The addresses of the library's entries, for code that is compiled elsewhere and uses this copy of the library. */
#include "module.h"

#define ENTRY(name)                                                                                                    \
    {                                                                                                                  \
#name, (void (*)(void))name                                                                                    \
    }

static const struct {
    const char *name;
    void (*address)(void);
} entries[] = {
    ENTRY(actfn_version),
    ENTRY(actfn_status_string),
    ENTRY(actfn_op_info),
    ENTRY(actfn_op_from_name),
    ENTRY(actfn_forward_f32),
    ENTRY(actfn_backward_f32),
    ENTRY(actfn_backward_from_output_f32),
    ENTRY(actfn_param_gradient_f32),
    ENTRY(actfn_forward_bf16),
    ENTRY(actfn_backward_bf16),
    ENTRY(actfn_backward_from_output_bf16),
    ENTRY(actfn_param_gradient_bf16),
    ENTRY(actfn_forward_f16),
    ENTRY(actfn_backward_f16),
    ENTRY(actfn_backward_from_output_f16),
    ENTRY(actfn_param_gradient_f16),
    ENTRY(actfn_rows_forward_f32),
    ENTRY(actfn_rows_backward_f32),
    ENTRY(actfn_gates_packed_forward_f32),
    ENTRY(actfn_gates_packed_backward_f32),
    ENTRY(actfn_channels_forward_f32),
    ENTRY(actfn_channels_backward_f32),
    ENTRY(actfn_rrelu_f32),
    ENTRY(actfn_rrelu_backward_f32),
};

/* {name: address}, as the module's attribute `entries`. */
int add_entries(PyObject *module)
{
    PyObject *dict = PyDict_New();
    for (size_t i = 0; dict && i < sizeof entries / sizeof *entries; i++) {
        PyObject *address = PyLong_FromUnsignedLongLong((uintptr_t)entries[i].address);
        if (!address || PyDict_SetItemString(dict, entries[i].name, address))
            Py_CLEAR(dict);
        Py_XDECREF(address);
    }
    if (dict && !PyModule_AddObject(module, "entries", dict))
        return 0;
    Py_XDECREF(dict);
    return -1;
}

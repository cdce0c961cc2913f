/* SPDX-License-Identifier: MIT */
/* The extension module actfn._core: the functions that each file adds to it. */
#ifndef ACTFN_PYTHON_MODULE_H
#define ACTFN_PYTHON_MODULE_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* All files share one table of the NumPy API, which module.c defines. */
#define PY_ARRAY_UNIQUE_SYMBOL actfn_array_api
#define PY_UFUNC_UNIQUE_SYMBOL actfn_ufunc_api
#define NPY_NO_DEPRECATED_API NPY_1_21_API_VERSION
#ifndef ACTFN_DEFINE_NUMPY_API
#define NO_IMPORT_ARRAY
#define NO_IMPORT_UFUNC
#endif
#include <numpy/arrayobject.h>
#include <numpy/ufuncobject.h>

#include <actfn.h>

/* Parameters as a tuple of floats, or None for the defaults. */
struct params {
    float values[ACTFN_MAX_PARAMS];
    const float *pointer; /* values, or NULL */
    int count;
};
int convert_params(PyObject *object, void *params);

/* The type number of ml_dtypes.bfloat16.  0, the number of NumPy's bool, means that there is no such type. */
extern int bfloat16_number;

extern PyMethodDef ufunc_methods[], family_methods[];
int add_entries(PyObject *module);

#endif

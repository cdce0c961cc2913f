/* SPDX-License-Identifier: MIT */
#define ACTFN_DEFINE_NUMPY_API
#include "module.h"
#include "pool.h"

int convert_params(PyObject *object, void *result)
{
    struct params *params = result;
    params->pointer = NULL;
    params->count = 0;
    if (object == Py_None)
        return 1;
    if (!PyTuple_Check(object) || PyTuple_GET_SIZE(object) > ACTFN_MAX_PARAMS) {
        PyErr_SetString(PyExc_TypeError, "parameters must be None or a short tuple");
        return 0;
    }
    params->count = (int)PyTuple_GET_SIZE(object);
    for (int k = 0; k < params->count; k++) {
        params->values[k] = (float)PyFloat_AsDouble(PyTuple_GET_ITEM(object, k));
        if (PyErr_Occurred())
            return 0;
    }
    params->pointer = params->values;
    return 1;
}

/* ---- the catalogue --------------------------------------------------------------------------------------------- */

static PyObject *flag(unsigned int set) { return PyBool_FromLong(set != 0); }

static PyObject *param_dict(const struct actfn_param_info *param)
{
    return Py_BuildValue("{s:s, s:f, s:f, s:f, s:N, s:N, s:N, s:N}", "name", param->name, "default",
                         param->default_value, "minimum", param->minimum, "maximum", param->maximum, "required",
                         flag(param->flags & ACTFN_PARAM_REQUIRED), "nonzero", flag(param->flags & ACTFN_PARAM_NONZERO),
                         "gradient", flag(param->flags & ACTFN_PARAM_GRADIENT), "array",
                         flag(param->flags & ACTFN_PARAM_ARRAY));
}

static PyObject *op_dict(const struct actfn_op_info *info)
{
    PyObject *params = PyList_New(0);
    for (int k = 0; params && k < info->param_count; k++) {
        PyObject *param = param_dict(actfn_op_param(info->op, k));
        if (!param || PyList_Append(params, param))
            Py_CLEAR(params);
        Py_XDECREF(param);
    }
    if (!params)
        return NULL;
    return Py_BuildValue(
        "{s:i, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:f, s:f, s:f, s:f, s:N, s:N, s:N, s:N, s:N, s:N}", "op",
        (int)info->op, "name", info->name, "family", actfn_family_name(info->family), "aliases", info->aliases,
        "formula", info->formula, "derivative", info->derivative, "derivative_from_output",
        info->derivative_from_output, "note", info->note, "legal", info->legal, "from_output_legal",
        info->from_output_legal, "ulp_forward", info->ulp_forward, "ulp_backward", info->ulp_backward,
        "ulp_forward_fast", info->ulp_forward_fast, "ulp_backward_fast", info->ulp_backward_fast, "from_output",
        flag(info->flags & ACTFN_OP_FROM_OUTPUT), "param_gradient", flag(info->flags & ACTFN_OP_PARAM_GRADIENT),
        "reads_x", flag(info->flags & ACTFN_OP_READS_X), "reads_y", flag(info->flags & ACTFN_OP_READS_Y), "reduces",
        flag(info->flags & ACTFN_OP_REDUCES), "params", params);
}

static PyObject *catalogue(PyObject *module, PyObject *unused)
{
    (void)module, (void)unused;
    PyObject *list = PyList_New(0);
    for (int op = 0; list && op < actfn_op_count(); op++) {
        PyObject *entry = op_dict(actfn_op_info((actfn_op)op));
        if (!entry || PyList_Append(list, entry))
            Py_CLEAR(list);
        Py_XDECREF(entry);
    }
    return list;
}

/* ---- the library, the machine, the threads ------------------------------------------------------------------------
 */

static PyObject *library(PyObject *module, PyObject *unused)
{
    (void)module, (void)unused;
    PyObject *isas = PyDict_New();
    const char *name;
    for (int i = 0; isas && (name = actfn_isa_at(i)); i++) {
        PyObject *isa = Py_BuildValue("{s:N, s:s}", "available", flag((unsigned)actfn_isa_available(name)), "reason",
                                      actfn_isa_reason(name));
        if (!isa || PyDict_SetItemString(isas, name, isa))
            Py_CLEAR(isas);
        Py_XDECREF(isa);
    }
    if (!isas)
        return NULL;
    return Py_BuildValue("{s:s, s:s, s:N, s:s, s:n}", "version", actfn_version_string(), "isa", actfn_isa_name(),
                         "isas", isas, "sleef", actfn_sleef_version(), "streaming_threshold",
                         (Py_ssize_t)actfn_streaming_threshold());
}

static PyObject *select_isa(PyObject *module, PyObject *name)
{
    (void)module;
    const char *text = NULL;
    if (name != Py_None && !PyUnicode_Check(name))
        return PyErr_Format(PyExc_TypeError, "select_isa: name must be a string or None, not %s",
                            Py_TYPE(name)->tp_name);
    if (name != Py_None && !(text = PyUnicode_AsUTF8(name)))
        return NULL;
    if (actfn_isa_select(text) != ACTFN_OK)
        return PyErr_Format(PyExc_ValueError, "select_isa: name is %R: %s", name, actfn_isa_reason(text));
    Py_RETURN_NONE;
}

static PyObject *set_num_threads(PyObject *module, PyObject *number)
{
    (void)module;
    const long count = PyLong_AsLong(number);
    if (count == -1 && PyErr_Occurred()) {
        if (PyErr_ExceptionMatches(PyExc_OverflowError))
            return PyErr_Format(PyExc_ValueError, "set_num_threads: n must be 1 ... %d, not %R", POOL_MOST, number);
        return PyErr_Format(PyExc_TypeError, "set_num_threads: n must be an integer, not %s", Py_TYPE(number)->tp_name);
    }
    if (count < 1 || count > POOL_MOST)
        return PyErr_Format(PyExc_ValueError, "set_num_threads: n must be 1 ... %d, not %ld", POOL_MOST, count);
    pool_set_threads((int)count);
    Py_RETURN_NONE;
}

static PyObject *get_num_threads(PyObject *module, PyObject *unused)
{
    (void)module, (void)unused;
    return PyLong_FromLong(pool_threads());
}

/* Converts a number to the library's type, float. */
static PyObject *single(PyObject *module, PyObject *number)
{
    (void)module;
    const double value = PyFloat_AsDouble(number);
    return value == -1 && PyErr_Occurred() ? NULL : PyFloat_FromDouble((double)(float)value);
}

static PyMethodDef methods[] = {
    { "single", single, METH_O, "A Python float that a float32 holds." },
    { "catalogue", catalogue, METH_NOARGS, "What the library says of each operation, a list of dicts." },
    { "library", library, METH_NOARGS, "What the library says of itself." },
    { "select_isa", select_isa, METH_O,
      "select_isa(name, /)\n--\n\nTake the kernels of that instruction set from now on, in the whole process; None for "
      "the "
      "automatic choice.\n\nRaises ValueError where it is unknown or this machine cannot run it." },
    { "set_num_threads", set_num_threads, METH_O,
      "set_num_threads(n, /)\n--\n\nSplit large contiguous arrays over n threads from now on, the calling one among "
      "them; 1 at "
      "first.\n\nBits do not depend on it." },
    { "get_num_threads", get_num_threads, METH_NOARGS,
      "get_num_threads()\n--\n\nThe number of threads that a large contiguous array is split over." },
    { NULL, NULL, 0, NULL },
};

static struct PyModuleDef definition = { PyModuleDef_HEAD_INIT, .m_name = "actfn._core", .m_doc = "libactfn for NumPy.",
                                         .m_size = -1, .m_methods = methods };

PyMODINIT_FUNC PyInit__core(void)
{
    import_array();
    import_umath();
    if (actfn_version() / 100 != ACTFN_VERSION_MAJOR * 100 + ACTFN_VERSION_MINOR)
        return PyErr_Format(PyExc_ImportError, "actfn was built for libactfn %d.%d, and found %s", ACTFN_VERSION_MAJOR,
                            ACTFN_VERSION_MINOR, actfn_version_string());
    if (!pool_init())
        return PyErr_NoMemory();
    PyObject *module = PyModule_Create(&definition);
    if (module && (PyModule_AddFunctions(module, ufunc_methods) || PyModule_AddFunctions(module, family_methods) ||
                   add_entries(module)))
        Py_CLEAR(module);
    return module;
}

/* SPDX-License-Identifier: MIT */
/*
 * The elementwise operations as NumPy ufuncs.
 *
 * Each is a numpy.ufunc, except for its `vectorcall`, the entry that NumPy keeps in each ufunc.  Our vectorcall takes mode=
 * and the operation's parameters out of the keywords.  If the call has any, the call goes on to another ufunc with these
 * bound; such a ufunc is made once.  So an implementer of __array_ufunc__ sees an ordinary ufunc and its arrays, and no
 * unknown keywords.
 */
#include "module.h"
#include "pool.h"

#include <stdint.h>
#include <string.h>

enum form { FORWARD, BACKWARD, FROM_OUTPUT, FORM_COUNT };

struct bound {
    actfn_op op;
    enum form form;
    actfn_mode mode;
    int inputs;
    int param_count; /* the number of parameters as keywords; 0 if they are bound */
    bool open;       /* accepts keywords */
    bool ready;      /* has a value for each parameter */
    float params[ACTFN_MAX_PARAMS];
    PyObject *param_names; /* a tuple */
    PyObject *keywords;    /* name or alias -> the parameter's index, param_count for mode */
    PyObject *cache;       /* bytes of (params, mode) -> ufunc */
    PyObject *text;        /* holds name and doc */
    PyUFuncGenericFunction loops[2];
    void *data[2];
    char types[2 * 3]; /* the types of the loops, one after the other */
};

static vectorcallfunc numpy_call; /* NumPy's own vectorcall of a ufunc */
static PyObject *bind_hook;       /* (ufunc, params, mode) -> ufunc with these bound, or raises */
static PyObject *rescue_hook; /* (ufunc, arguments, keywords, exception) -> None, (result,), or a better exception */

/* ---- the inner loop ---------------------------------------------------------------------------------------------- */

/* A type of elements: its size, and the library's entries for it. */
struct element {
    size_t size;
    bool (*compute)(const struct bound *b, size_t n, const void *x, const void *dy, void *out);
    unsigned char nan[sizeof(float)];
};

/* Pasted: compute_<type> (compute_bf16), actfn_forward_<type>. */
#define COMPUTE(type)                                                                                                  \
    static bool compute_##type(const struct bound *b, size_t n, const void *x, const void *dy, void *out)              \
    {                                                                                                                  \
        switch (b->form) {                                                                                             \
        case FORWARD: return actfn_forward_##type(b->op, b->mode, b->params, n, x, out) == ACTFN_OK;                   \
        case BACKWARD: return actfn_backward_##type(b->op, b->mode, b->params, n, x, dy, out) == ACTFN_OK;             \
        default: return actfn_backward_from_output_##type(b->op, b->mode, b->params, n, x, dy, out) == ACTFN_OK;       \
        }                                                                                                              \
    }
COMPUTE(f32)
COMPUTE(f16)
COMPUTE(bf16)

/* A quiet NaN.  The least byte comes first, as on every machine with kernels. */
static const struct element f32 = { sizeof(float), compute_f32, { 0, 0, 0xc0, 0x7f } },
                            f16 = { sizeof(actfn_f16), compute_f16, { 0, 0x7e } },
                            bf16 = { sizeof(actfn_bf16), compute_bf16, { 0xc0, 0x7f } };

/* A strided run is copied to a buffer block by block, and back. */
enum { BLOCK = 512 };

struct run {
    const struct element *element;
    const struct bound *bound;
    char *const *args;
};

static bool contiguous_part(void *context, size_t begin, size_t end)
{
    const struct run *run = context;
    const size_t offset = begin * run->element->size;
    char *const *args = run->args;
    if (run->bound->form == FORWARD)
        return run->element->compute(run->bound, end - begin, args[0] + offset, NULL, args[1] + offset);
    return run->element->compute(run->bound, end - begin, args[0] + offset, args[1] + offset, args[2] + offset);
}

/* Whether an input may contain the result of an earlier element: reduce and accumulate feed results back. */
static bool feeds_back(const struct bound *b, char **args, npy_intp n, npy_intp const *steps)
{
    const int out = b->inputs;
    const intptr_t o = (intptr_t)args[out], o_last = o + (n - 1) * steps[out];
    for (int i = 0; i < out; i++) {
        const intptr_t p = (intptr_t)args[i], p_last = p + (n - 1) * steps[i];
        if (p == o && steps[i] == steps[out] && steps[out] != 0)
            continue;
        const intptr_t p_low = p < p_last ? p : p_last, p_high = p < p_last ? p_last : p;
        const intptr_t o_low = o < o_last ? o : o_last, o_high = o < o_last ? o_last : o;
        if (p_low <= o_high && o_low <= p_high)
            return true;
    }
    return false;
}

static void one_by_one(const struct element *e, const struct bound *b, char **args, npy_intp n, npy_intp const *steps)
{
    for (npy_intp i = 0; i < n; i++)
        e->compute(b, 1, args[0] + i * steps[0], args[1] + i * steps[1], args[b->inputs] + i * steps[b->inputs]);
}

/* Copies m elements to or from a place without gaps.  For a constant size the compiler makes a copy one instruction. */
static void copy_elements(size_t size, npy_intp m, char *to, npy_intp to_step, const char *from, npy_intp from_step)
{
    if (size == sizeof(float))
        for (npy_intp i = 0; i < m; i++)
            memcpy(to + i * to_step, from + i * from_step, sizeof(float));
    else
        for (npy_intp i = 0; i < m; i++)
            memcpy(to + i * to_step, from + i * from_step, sizeof(uint16_t));
}

static void strided(const struct element *e, const struct bound *b, char **args, npy_intp n, npy_intp const *steps)
{
    float buffer[3][BLOCK];
    const int out = b->inputs;
    const npy_intp size = (npy_intp)e->size;
    for (npy_intp done = 0; done < n; done += BLOCK) {
        const npy_intp m = n - done < BLOCK ? n - done : BLOCK;
        char *at[3];
        for (int k = 0; k <= out; k++) {
            at[k] = args[k] + done * steps[k];
            if (steps[k] == size)
                continue;
            if (k < out)
                copy_elements(e->size, m, (char *)buffer[k], size, at[k], steps[k]);
            at[k] = (char *)buffer[k];
        }
        e->compute(b, (size_t)m, at[0], at[1], at[out]);
        if (steps[out] != size)
            copy_elements(e->size, m, args[out] + done * steps[out], steps[out], (char *)buffer[out], size);
    }
}

static void loop_of(const struct element *e, const struct bound *b, char **args, npy_intp n, npy_intp const *steps)
{
    bool whole = true;
    for (int k = 0; k <= b->inputs; k++)
        whole = whole && steps[k] == (npy_intp)e->size;
    if (!b->ready) {
        /* Only a ufunc's methods reach this line.  Without the parameters there is no result. */
        for (npy_intp i = 0; i < n; i++)
            memcpy(args[b->inputs] + i * steps[b->inputs], e->nan, e->size);
    } else if (n == 1) {
        e->compute(b, 1, args[0], args[1], args[b->inputs]);
    } else if (feeds_back(b, args, n, steps)) {
        one_by_one(e, b, args, n, steps);
    } else if (whole) {
        struct run run = { e, b, args };
        pool_run((size_t)n, 1, contiguous_part, &run);
    } else {
        strided(e, b, args, n, steps);
    }
}

static void loop_f32(char **args, npy_intp const *dimensions, npy_intp const *steps, void *data)
{
    loop_of(&f32, data, args, dimensions[0], steps);
}
static void loop_f16(char **args, npy_intp const *dimensions, npy_intp const *steps, void *data)
{
    loop_of(&f16, data, args, dimensions[0], steps);
}
static void loop_bf16(char **args, npy_intp const *dimensions, npy_intp const *steps, void *data)
{
    loop_of(&bf16, data, args, dimensions[0], steps);
}

int bfloat16_number;

/* Sets ml_dtypes' type.  Ufuncs that are made later have a loop for it. */
static PyObject *set_bfloat16(PyObject *module, PyObject *dtype)
{
    (void)module;
    if (!PyArray_DescrCheck(dtype) || !PyTypeNum_ISUSERDEF(((PyArray_Descr *)dtype)->type_num))
        return PyErr_Format(PyExc_TypeError, "set_bfloat16() takes ml_dtypes' dtype");
    bfloat16_number = ((PyArray_Descr *)dtype)->type_num;
    Py_RETURN_NONE;
}

/* ---- the call ---------------------------------------------------------------------------------------------------- */

static struct bound *bound_of(PyObject *ufunc) { return ((PyUFuncObject *)ufunc)->data[0]; }

/*
 * Called after a TypeError or a similar exception.  Returns the result if our functions accept the call although NumPy does
 * not; otherwise raises an exception that names the wrong argument.
 */
static PyObject *rescue(PyObject *ufunc, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    if (!rescue_hook || !(PyErr_ExceptionMatches(PyExc_TypeError) || PyErr_ExceptionMatches(PyExc_ValueError) ||
                          PyErr_ExceptionMatches(PyExc_OverflowError)))
        return NULL;
    PyObject *type, *value, *trace, *answer = NULL, *result = NULL;
    PyErr_Fetch(&type, &value, &trace);
    PyErr_NormalizeException(&type, &value, &trace);
    PyObject *arguments = PyTuple_New(nargs), *keywords = PyDict_New();
    bool good = arguments && keywords;
    for (Py_ssize_t i = 0; good && i < nargs; i++) {
        Py_INCREF(args[i]);
        PyTuple_SET_ITEM(arguments, i, args[i]);
    }
    for (Py_ssize_t i = 0; good && kwnames && i < PyTuple_GET_SIZE(kwnames); i++)
        good = PyDict_SetItem(keywords, PyTuple_GET_ITEM(kwnames, i), args[nargs + i]) == 0;
    if (good)
        answer = PyObject_CallFunctionObjArgs(rescue_hook, ufunc, arguments, keywords, value, NULL);
    Py_XDECREF(arguments);
    Py_XDECREF(keywords);
    if (answer == Py_None) {
        PyErr_Restore(type, value, trace);
    } else {
        if (answer && PyTuple_Check(answer) && PyTuple_GET_SIZE(answer) == 1) {
            result = PyTuple_GET_ITEM(answer, 0);
            Py_INCREF(result);
        }
        Py_XDECREF(type);
        Py_XDECREF(value);
        Py_XDECREF(trace);
    }
    Py_XDECREF(answer);
    return result;
}

/* NumPy takes a Python float for a double if no other argument decides the type. */
static bool is_python_number(PyObject *object) { return PyFloat_CheckExact(object) || PyLong_CheckExact(object); }

/* The arguments behind the inputs are out=, or the parameters, which are numbers. */
static bool is_number(PyObject *object)
{
    return PyFloat_Check(object) || PyLong_Check(object) || PyArray_IsScalar(object, Number);
}

/* The 16-bit type of a NumPy array or scalar, as a new reference; NULL for all other objects. */
static PyArray_Descr *sixteen_bits_of(PyObject *object)
{
    PyArray_Descr *descr = NULL;
    if (PyArray_Check(object)) {
        descr = PyArray_DESCR((PyArrayObject *)object);
        Py_INCREF(descr);
    } else if (PyArray_IsScalar(object, Generic)) {
        descr = PyArray_DescrFromScalar(object);
    }
    if (descr && (descr->type_num == NPY_HALF || (bfloat16_number && descr->type_num == bfloat16_number)))
        return descr;
    Py_XDECREF(descr);
    return NULL;
}

/*
 * A Python number gets the type of the other input if that has 16 bits, and otherwise float32.  NumPy before version 2 may
 * take a scalar beside an array for a smaller type, so there the number becomes an array of one element.
 */
static PyObject *float_scalar(PyObject *number, PyObject *other)
{
    PyArray_Descr *descr = other ? sixteen_bits_of(other) : NULL;
    if (descr) {
        const npy_intp one = 1;
        PyObject *array =
            PyArray_NewFromDescr(&PyArray_Type, descr, PyArray_Check(other) && PyArray_NDIM((PyArrayObject *)other),
                                 &one, NULL, NULL, 0, NULL);
        if (array && PyArray_SETITEM((PyArrayObject *)array, PyArray_DATA((PyArrayObject *)array), number) < 0)
            Py_CLEAR(array);
        return array;
    }
    const double value = PyFloat_AsDouble(number);
    if (value == -1 && PyErr_Occurred())
        return NULL;
    const float rounded = (float)value;
    descr = PyArray_DescrFromType(NPY_FLOAT32);
    PyObject *scalar = PyArray_Scalar((void *)&rounded, descr, NULL);
    Py_DECREF(descr);
    return scalar;
}

/* args: the arguments, then the values of the keywords.  Numbers among the inputs are replaced in a copy. */
static PyObject *call_numpy(PyObject *ufunc, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    const struct bound *b = bound_of(ufunc);
    PyObject *copy[16], *made[2] = { NULL, NULL }, *result = NULL;
    const Py_ssize_t total = nargs + (kwnames ? PyTuple_GET_SIZE(kwnames) : 0);
    PyObject *const *passed = args;
    for (int i = 0; i < b->inputs && i < nargs; i++) {
        if (!is_python_number(args[i]) || total > 16)
            continue;
        if (passed == args)
            passed = memcpy(copy, args, (size_t)total * sizeof *copy);
        if (!(made[i] = float_scalar(args[i], b->inputs == 2 && nargs > 1 ? args[1 - i] : NULL)))
            goto out;
        copy[i] = made[i];
    }
    result = numpy_call(ufunc, passed, (size_t)nargs, kwnames);
out:
    Py_XDECREF(made[0]);
    Py_XDECREF(made[1]);
    return result;
}

/* The index of a keyword among our keywords, `param_count` for mode, -1 for a keyword of NumPy. */
static int own_keyword(const struct bound *b, PyObject *name)
{
    PyObject *index = PyDict_GetItemWithError(b->keywords, name);
    return index ? (int)PyLong_AsLong(index) : -1;
}

static int read_mode(PyObject *ufunc, PyObject *value, actfn_mode *mode)
{
    if (PyUnicode_Check(value)) {
        if (PyUnicode_CompareWithASCIIString(value, "fast") == 0)
            return *mode = ACTFN_FAST, 0;
        if (PyUnicode_CompareWithASCIIString(value, "accurate") == 0 ||
            PyUnicode_CompareWithASCIIString(value, "reproducible") == 0) /* the name in 0.1 */
            return *mode = ACTFN_ACCURATE, 0;
    }
    PyErr_Format(PyExc_ValueError, "%s: mode must be 'accurate' or 'fast', not %R", ((PyUFuncObject *)ufunc)->name,
                 value);
    return -1;
}

static int read_param(PyObject *ufunc, int index, PyObject *value, float *param)
{
    PyObject *name = PyTuple_GET_ITEM(bound_of(ufunc)->param_names, index);
    const double number = PyFloat_AsDouble(value);
    if (number == -1 && PyErr_Occurred()) {
        if (PyErr_ExceptionMatches(PyExc_TypeError))
            PyErr_Format(PyExc_TypeError, "%s: %U must be a number, not %s", ((PyUFuncObject *)ufunc)->name, name,
                         Py_TYPE(value)->tp_name);
        return -1;
    }
    *param = (float)number;
    return 0;
}

struct key {
    float params[ACTFN_MAX_PARAMS];
    actfn_mode mode;
};

/* A ufunc without other owners need not be kept.  A ufunc that somebody holds must be found again for pickle.
 */
enum { CACHE_MOST = 256 };
static void drop_unused(PyObject *cache)
{
    if (PyDict_GET_SIZE(cache) < CACHE_MOST)
        return;
    PyObject *keys = PyDict_Keys(cache);
    for (Py_ssize_t i = 0; keys && i < PyList_GET_SIZE(keys); i++) {
        PyObject *ufunc = PyDict_GetItemWithError(cache, PyList_GET_ITEM(keys, i));
        if (ufunc && Py_REFCNT(ufunc) == 1)
            PyDict_DelItem(cache, PyList_GET_ITEM(keys, i));
    }
    Py_XDECREF(keys);
}

static PyObject *with_bound(PyObject *ufunc, const struct key *key)
{
    const struct bound *b = bound_of(ufunc);
    PyObject *found = NULL, *bytes = PyBytes_FromStringAndSize((const char *)key, sizeof *key);
    if (!bytes)
        return NULL;
    if ((found = PyDict_GetItemWithError(b->cache, bytes))) {
        Py_INCREF(found);
    } else if (!PyErr_Occurred()) {
        PyObject *params = PyTuple_New(b->param_count);
        for (int k = 0; params && k < b->param_count; k++)
            PyTuple_SET_ITEM(params, k, PyFloat_FromDouble((double)key->params[k]));
        if (params)
            found = PyObject_CallFunction(bind_hook, "OOi", ufunc, params, (int)key->mode);
        Py_XDECREF(params);
        drop_unused(b->cache);
        if (found && PyDict_SetItem(b->cache, bytes, found))
            Py_CLEAR(found);
    }
    Py_DECREF(bytes);
    return found;
}

/*
 * A new reference to the ufunc with this one's parameters and mode bound.  The parameters come as `placed` numbers, or among
 * the keywords, whose values stand behind the numbers.  *rest has the other keywords.
 */
static PyObject *resolve(PyObject *ufunc, PyObject *const *numbers, Py_ssize_t placed, PyObject *kwnames,
                         PyObject **values, PyObject **rest)
{
    const struct bound *b = bound_of(ufunc);
    const char *name = ((PyUFuncObject *)ufunc)->name;
    struct key key;
    bool given[ACTFN_MAX_PARAMS + 1] = { false }, any = placed > 0;
    const Py_ssize_t count = kwnames ? PyTuple_GET_SIZE(kwnames) : 0;
    Py_ssize_t kept = 0;
    PyObject *others[16];
    memset(&key, 0, sizeof key);
    memcpy(key.params, b->params, (size_t)b->param_count * sizeof(float));
    key.mode = b->mode;
    if (placed > b->param_count)
        return PyErr_Format(PyExc_TypeError, "%s() takes %d numbers behind its arrays at most, and got %zd", name,
                            b->param_count, placed);
    for (int k = 0; k < placed; k++) {
        if (read_param(ufunc, k, numbers[k], &key.params[k]))
            return NULL;
        given[k] = true;
    }
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *keyword = PyTuple_GET_ITEM(kwnames, i), *value = numbers[placed + i];
        const int own = own_keyword(b, keyword);
        if (own < 0) {
            values[kept] = value;
            others[kept++] = keyword;
            continue;
        }
        any = true;
        if (given[own])
            return PyErr_Format(PyExc_TypeError, "%s() got multiple values for argument '%U'", name,
                                PyTuple_GET_ITEM(b->param_names, own));
        given[own] = true;
        if (own == b->param_count ? read_mode(ufunc, value, &key.mode)
                                  : read_param(ufunc, own, value, &key.params[own]))
            return NULL;
    }
    if (!b->ready) /* a parameter without a default is NaN */
        for (int k = 0; k < b->param_count; k++)
            if (!given[k] && key.params[k] != key.params[k])
                return PyErr_Format(PyExc_TypeError, "%s() missing required argument: '%U'", name,
                                    PyTuple_GET_ITEM(b->param_names, k));
    if (!any) {
        Py_INCREF(ufunc);
        Py_XINCREF(kwnames);
        *rest = kwnames;
        return ufunc;
    }
    PyObject *found = with_bound(ufunc, &key);
    if (found && kept) {
        *rest = PyTuple_New(kept);
        for (Py_ssize_t i = 0; *rest && i < kept; i++) {
            Py_INCREF(others[i]);
            PyTuple_SET_ITEM(*rest, i, others[i]);
        }
        if (!*rest)
            Py_CLEAR(found);
    }
    return found;
}

static PyObject *call_bound(PyObject *ufunc, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    const struct bound *b = bound_of(ufunc);
    const Py_ssize_t count = kwnames ? PyTuple_GET_SIZE(kwnames) : 0;
    const Py_ssize_t placed = nargs > b->inputs && b->param_count && is_number(args[b->inputs]) ? nargs - b->inputs : 0;
    if (!b->open || (!count && !placed && b->ready))
        return call_numpy(ufunc, args, nargs, kwnames);
    PyObject *passed[16], *rest = NULL;
    if (nargs + count > 16)
        return PyErr_Format(PyExc_TypeError, "%s() takes fewer arguments", ((PyUFuncObject *)ufunc)->name);
    const Py_ssize_t arrays = nargs - placed;
    if (arrays)
        memcpy(passed, args, (size_t)arrays * sizeof *passed);
    PyObject *target = resolve(ufunc, args + arrays, placed, kwnames, passed + arrays, &rest);
    if (!target)
        return NULL;
    PyObject *result = call_numpy(target, target == ufunc ? args : passed, arrays, rest);
    Py_DECREF(target);
    Py_XDECREF(rest);
    return result;
}

static PyObject *call(PyObject *ufunc, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    const Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    PyObject *result = call_bound(ufunc, args, nargs, kwnames);
    return result ? result : rescue(ufunc, args, nargs, kwnames);
}

/* ---- making one ------------------------------------------------------------------------------------------------- */

static void free_bound(PyObject *capsule)
{
    struct bound *b = PyCapsule_GetPointer(capsule, NULL);
    Py_XDECREF(b->param_names);
    Py_XDECREF(b->keywords);
    Py_XDECREF(b->cache);
    Py_XDECREF(b->text);
    PyMem_Free(b);
}

/*
 * (op, form, mode, params or None for the defaults, keywords, (name, doc)) -> ufunc
 * keywords: (the parameters' names, {name or alias: index}), or None if the ufunc takes none
 */
static PyObject *make_ufunc(PyObject *module, PyObject *args)
{
    (void)module;
    int op, form, mode;
    struct params params;
    PyObject *keywords, *text;
    if (!PyArg_ParseTuple(args, "iiiO&OO!", &op, &form, &mode, convert_params, &params, &keywords, &PyTuple_Type,
                          &text))
        return NULL;
    const struct actfn_op_info *info = actfn_op_info((actfn_op)op);
    const char *name, *doc;
    if (!PyArg_ParseTuple(text, "ss", &name, &doc))
        return NULL;
    const bool open = keywords != Py_None;
    PyObject *param_names = NULL, *table = NULL;
    if (open && !PyArg_ParseTuple(keywords, "O!O!", &PyTuple_Type, &param_names, &PyDict_Type, &table))
        return NULL;
    if (!info || info->family != ACTFN_FAMILY_ELEMENTWISE || form < 0 || form >= FORM_COUNT ||
        (params.pointer && params.count != info->param_count) ||
        (open && PyTuple_GET_SIZE(param_names) != info->param_count))
        return PyErr_Format(PyExc_ValueError, "%s: no such ufunc can be made", name);

    struct bound *b = PyMem_Calloc(1, sizeof *b);
    if (!b)
        return PyErr_NoMemory();
    b->op = info->op;
    b->form = (enum form)form;
    b->mode = (actfn_mode)mode;
    b->inputs = b->form == FORWARD ? 1 : 2;
    b->open = open;
    b->ready = true;
    for (int k = 0; k < info->param_count; k++) {
        b->params[k] = params.pointer ? params.values[k] : actfn_op_param(info->op, k)->default_value;
        b->ready = b->ready && b->params[k] == b->params[k];
    }
    b->param_count = open ? info->param_count : 0;
    Py_XINCREF(param_names);
    b->param_names = param_names;
    Py_XINCREF(table);
    b->keywords = table;
    /* An integer casts safely to several types, and NumPy takes the first: float32, as for a list. */
    b->loops[0] = loop_f32;
    b->loops[1] = loop_f16;
    b->data[0] = b->data[1] = b;
    memset(b->types, NPY_HALF, sizeof b->types);
    memset(b->types, NPY_FLOAT, (size_t)b->inputs + 1);
    Py_INCREF(text);
    b->text = text;
    PyObject *capsule = PyCapsule_New(b, NULL, free_bound);
    if (!capsule) {
        PyMem_Free(b);
        return NULL;
    }
    if (open && !(b->cache = PyDict_New())) {
        Py_DECREF(capsule);
        return NULL;
    }
    PyObject *ufunc = PyUFunc_FromFuncAndData(b->loops, b->data, b->types, 2, b->inputs, 1, PyUFunc_None, name, doc, 0);
    if (!ufunc) {
        Py_DECREF(capsule);
        return NULL;
    }
    ((PyUFuncObject *)ufunc)->obj = capsule; /* the ufunc's reference to its own data */
    const int of_bfloat16[3] = { bfloat16_number, bfloat16_number, bfloat16_number };
    if (bfloat16_number &&
        PyUFunc_RegisterLoopForType((PyUFuncObject *)ufunc, bfloat16_number, loop_bf16, of_bfloat16, b) < 0) {
        Py_DECREF(ufunc);
        return NULL;
    }
    numpy_call = ((PyUFuncObject *)ufunc)->vectorcall;
    ((PyUFuncObject *)ufunc)->vectorcall = call;
    return ufunc;
}

/* Checks a form's parameters by a call without elements: returns None or the library's sentence. */
static PyObject *check_params(PyObject *module, PyObject *args)
{
    (void)module;
    int op, form;
    struct params params;
    if (!PyArg_ParseTuple(args, "iiO&", &op, &form, convert_params, &params))
        return NULL;
    if (params.pointer && params.count != (actfn_op_info((actfn_op)op) ? actfn_op_info((actfn_op)op)->param_count : -1))
        return PyErr_Format(PyExc_ValueError, "not that many parameters");
    actfn_status status;
    switch (form) {
    case FORWARD: status = actfn_forward_f32((actfn_op)op, ACTFN_FAST, params.pointer, 0, NULL, NULL); break;
    case BACKWARD: status = actfn_backward_f32((actfn_op)op, ACTFN_FAST, params.pointer, 0, NULL, NULL, NULL); break;
    default: status = actfn_backward_from_output_f32((actfn_op)op, ACTFN_FAST, params.pointer, 0, NULL, NULL, NULL);
    }
    if (status == ACTFN_OK)
        Py_RETURN_NONE;
    return PyUnicode_FromString(actfn_status_string(status));
}

static PyObject *set_hooks(PyObject *module, PyObject *args)
{
    (void)module;
    PyObject *bind, *rescue_with;
    if (!PyArg_ParseTuple(args, "OO", &bind, &rescue_with))
        return NULL;
    Py_INCREF(bind);
    Py_XSETREF(bind_hook, bind);
    Py_INCREF(rescue_with);
    Py_XSETREF(rescue_hook, rescue_with);
    Py_RETURN_NONE;
}

static PyObject *bind(PyObject *module, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    (void)module;
    if (nargs != 1 || !PyObject_TypeCheck(args[0], &PyUFunc_Type) || ((PyUFuncObject *)args[0])->vectorcall != call)
        return PyErr_Format(PyExc_TypeError, "bind() takes one ufunc of actfn");
    PyObject *values[16], *rest = NULL;
    if (kwnames && PyTuple_GET_SIZE(kwnames) > 15)
        return PyErr_Format(PyExc_TypeError, "bind() got too many keyword arguments");
    const struct bound *b = bound_of(args[0]);
    PyObject *found;
    if (b->open) {
        found = resolve(args[0], args + nargs, 0, kwnames, values, &rest);
    } else {
        Py_INCREF(args[0]);
        Py_XINCREF(kwnames);
        found = args[0];
        rest = kwnames;
    }
    if (found && rest && PyTuple_GET_SIZE(rest)) {
        PyErr_Format(PyExc_TypeError, "%s() got an unexpected keyword argument '%U'", ((PyUFuncObject *)args[0])->name,
                     PyTuple_GET_ITEM(rest, 0));
        Py_CLEAR(found);
    }
    Py_XDECREF(rest);
    return found;
}

PyMethodDef ufunc_methods[] = {
    { "make_ufunc", make_ufunc, METH_VARARGS, NULL },
    { "check_params", check_params, METH_VARARGS, NULL },
    { "set_hooks", set_hooks, METH_VARARGS, NULL },
    { "set_bfloat16", set_bfloat16, METH_O, NULL },
    { "bind", (PyCFunction)(void (*)(void))bind, METH_FASTCALL | METH_KEYWORDS,
      "bind($module, ufunc, /, **keywords)\n--\n\nThe ufunc with parameters, and mode=, bound: the same object each "
      "time, which can "
      "be pickled.\n\n>>> half = actfn.bind(actfn.elu, alpha=0.5)\n>>> half.at(x, indices)" },
    { NULL, NULL, 0, NULL },
};

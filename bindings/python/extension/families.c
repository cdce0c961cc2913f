/* SPDX-License-Identifier: MIT */
/*
 * The entries of all families except the elementwise one, for actfn/_families.py, which checks shapes, dtypes and memory
 * layout.  This file checks only what would otherwise be a crash.
 */
#include "module.h"
#include "pool.h"

/* ---- arguments --------------------------------------------------------------------------------------------------- */

static int convert_array(PyObject *object, void *pointer, int type, int needed)
{
    if (object == Py_None) {
        *(void **)pointer = NULL;
        return 1;
    }
    if (!PyArray_Check(object) || PyArray_TYPE((PyArrayObject *)object) != type ||
        (PyArray_FLAGS((PyArrayObject *)object) & needed) != needed || PyArray_ISBYTESWAPPED((PyArrayObject *)object)) {
        PyErr_SetString(PyExc_TypeError, "an array is not of the dtype or layout that was prepared for the call");
        return 0;
    }
    *(void **)pointer = PyArray_DATA((PyArrayObject *)object);
    return 1;
}

/* Whether an argument is an array that the library can read directly: NumPy's own class, without gaps. */
static bool is_plain(PyObject *object, int type)
{
    PyArrayObject *array = (PyArrayObject *)object;
    return PyArray_CheckExact(object) && PyArray_TYPE(array) == type && PyArray_IS_C_CONTIGUOUS(array) &&
           PyArray_ISALIGNED(array) && !PyArray_ISBYTESWAPPED(array);
}

/* Whether each argument is such an array of float32. */
static PyObject *ready(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    (void)module;
    for (Py_ssize_t i = 0; i < nargs; i++)
        if (!is_plain(args[i], NPY_FLOAT))
            Py_RETURN_FALSE;
    Py_RETURN_TRUE;
}

/* A tuple of new arrays with the shapes and the types of the arguments. */
static PyObject *new_like(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    (void)module;
    PyObject *result = PyTuple_New(nargs);
    for (Py_ssize_t i = 0; result && i < nargs; i++) {
        PyObject *array = NULL;
        if (PyArray_Check(args[i]))
            array = PyArray_SimpleNew(PyArray_NDIM((PyArrayObject *)args[i]), PyArray_DIMS((PyArrayObject *)args[i]),
                                      PyArray_TYPE((PyArrayObject *)args[i]));
        else
            PyErr_SetString(PyExc_TypeError, "new_like takes arrays");
        if (array)
            PyTuple_SET_ITEM(result, i, array);
        else
            Py_CLEAR(result);
    }
    return result;
}

static PyObject *same_shapes(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    (void)module;
    for (Py_ssize_t i = 0; i < nargs; i++)
        if (!PyArray_Check(args[i]) || !PyArray_SAMESHAPE((PyArrayObject *)args[0], (PyArrayObject *)args[i]))
            Py_RETURN_FALSE;
    Py_RETURN_TRUE;
}

/* The first byte of an array, and the byte behind its last one, whatever its strides. */
static void bounds(PyArrayObject *array, uintptr_t *begin, uintptr_t *end)
{
    *begin = *end = (uintptr_t)PyArray_DATA(array);
    for (int k = 0; k < PyArray_NDIM(array); k++) {
        if (PyArray_DIM(array, k) == 0) {
            *end = *begin;
            return;
        }
        const npy_intp reach = (PyArray_DIM(array, k) - 1) * PyArray_STRIDE(array, k);
        *(reach < 0 ? begin : end) += (uintptr_t)reach;
    }
    *end += (uintptr_t)PyArray_ITEMSIZE(array);
}

/* Whether a result lies apart from an input, or exactly at its place.  The library does not accept another overlap. */
static bool apart(PyArrayObject *out, PyArrayObject *input)
{
    uintptr_t begin, end, from, to;
    bounds(out, &begin, &end);
    bounds(input, &from, &to);
    return end <= from || to <= begin || (begin == from && end == to && PyArray_IS_C_CONTIGUOUS(input));
}

/* (out, shape, inputs...): whether the library can write a result of that shape to out while it reads the inputs.  The result
 * has the type of the first input. */
static PyObject *can_write(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    (void)module;
    if (nargs < 3 || !PyTuple_Check(args[1]) || !PyArray_Check(args[2]))
        return PyErr_Format(PyExc_TypeError, "can_write takes an array, a shape and arrays");
    if (!is_plain(args[0], PyArray_TYPE((PyArrayObject *)args[2])))
        Py_RETURN_FALSE;
    PyArrayObject *out = (PyArrayObject *)args[0];
    if (!PyArray_ISWRITEABLE(out) || PyArray_NDIM(out) != PyTuple_GET_SIZE(args[1]))
        Py_RETURN_FALSE;
    for (int k = 0; k < PyArray_NDIM(out); k++) {
        const Py_ssize_t extent = PyLong_AsSsize_t(PyTuple_GET_ITEM(args[1], k));
        if (extent == -1 && PyErr_Occurred())
            return NULL;
        if (extent != PyArray_DIM(out, k))
            Py_RETURN_FALSE;
    }
    for (Py_ssize_t i = 2; i < nargs; i++)
        if (!PyArray_Check(args[i]) || !apart(out, (PyArrayObject *)args[i]))
            Py_RETURN_FALSE;
    Py_RETURN_TRUE;
}

/* (shape, axis) -> ((outer, n, inner), axis without its sign).  A shape of no dimensions has one row of one element. */
static PyObject *split_axis(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    (void)module;
    if (nargs != 2 || !PyTuple_Check(args[0]))
        return PyErr_Format(PyExc_TypeError, "split_axis takes a shape and an axis");
    const Py_ssize_t rank = PyTuple_GET_SIZE(args[0]), most = rank ? rank : 1;
    Py_ssize_t axis = PyNumber_AsSsize_t(args[1], PyExc_IndexError), sizes[3] = { 1, 1, 1 };
    if (axis == -1 && PyErr_Occurred())
        return NULL;
    if (axis < -most || axis >= most)
        return PyErr_Format(PyExc_IndexError, "out of bounds");
    axis += axis < 0 ? most : 0;
    for (Py_ssize_t k = 0; k < rank; k++) {
        const Py_ssize_t extent = PyNumber_AsSsize_t(PyTuple_GET_ITEM(args[0], k), PyExc_IndexError);
        if (extent == -1 && PyErr_Occurred())
            return NULL;
        sizes[k < axis ? 0 : k > axis ? 2 : 1] *= extent;
    }
    return Py_BuildValue("(nnn)n", sizes[0], sizes[1], sizes[2], axis);
}

static int in(PyObject *object, void *pointer)
{
    return convert_array(object, pointer, NPY_FLOAT, NPY_ARRAY_CARRAY_RO);
}
static int out(PyObject *object, void *pointer) { return convert_array(object, pointer, NPY_FLOAT, NPY_ARRAY_CARRAY); }

/* A tensor in a type of the library. */
enum kind { NO_KIND, F32, F16, BF16 };
struct tensor {
    void *p;
    enum kind kind; /* NO_KIND if p is NULL */
};

static enum kind kind_of(int type)
{
    if (type == NPY_FLOAT || type == NPY_HALF)
        return type == NPY_FLOAT ? F32 : F16;
    return bfloat16_number != 0 && type == bfloat16_number ? BF16 : NO_KIND;
}

/* An array of another type fails as one that is not of floats. */
static int convert_tensor(PyObject *object, struct tensor *tensor, int needed)
{
    const int type = PyArray_Check(object) ? PyArray_TYPE((PyArrayObject *)object) : NPY_FLOAT;
    tensor->kind = PyArray_Check(object) ? kind_of(type) : NO_KIND;
    return convert_array(object, &tensor->p, tensor->kind == NO_KIND ? NPY_FLOAT : type, needed);
}
static int tensor_in(PyObject *object, void *tensor) { return convert_tensor(object, tensor, NPY_ARRAY_CARRAY_RO); }
static int tensor_out(PyObject *object, void *tensor) { return convert_tensor(object, tensor, NPY_ARRAY_CARRAY); }

/* The kind that all tensors of a call have; NO_KIND, with an exception, if there is none. */
static enum kind common_kind(int count, const struct tensor *const *tensors)
{
    enum kind kind = NO_KIND;
    for (int k = 0; k < count; k++) {
        if (kind == NO_KIND)
            kind = tensors[k]->kind;
        if (tensors[k]->kind != NO_KIND && tensors[k]->kind != kind) {
            PyErr_SetString(PyExc_TypeError, "the arrays of a call have different dtypes");
            return NO_KIND;
        }
    }
    if (kind == NO_KIND)
        PyErr_SetString(PyExc_TypeError, "a call has no array");
    return kind;
}

static size_t size_of(enum kind kind) { return kind == F32 ? sizeof(float) : sizeof(uint16_t); }

/* Calls the entry of a type.  Pasted: actfn_rows_forward_f32, actfn_rows_forward_bf16. */
#define ENTRY_OF(kind, entry, ...)                                                                                     \
    ((kind) == F32 ? entry##_f32(__VA_ARGS__) : (kind) == F16 ? entry##_f16(__VA_ARGS__) : entry##_bf16(__VA_ARGS__))

/* The same for the type that the tensors have. */
#define CALL_OF(entry, tensors, ...)                                                                                   \
    do {                                                                                                               \
        const struct tensor *const all[] = TENSORS tensors;                                                            \
        const enum kind kind = common_kind((int)(sizeof all / sizeof *all), all);                                      \
        if (kind == NO_KIND)                                                                                           \
            return NULL;                                                                                               \
        CALL(ENTRY_OF(kind, entry, __VA_ARGS__));                                                                      \
    } while (0)
#define TENSORS(...)                                                                                                   \
    {                                                                                                                  \
        __VA_ARGS__                                                                                                    \
    }

static int classes(PyObject *object, void *pointer)
{
    return convert_array(object, pointer, NPY_INT64, NPY_ARRAY_CARRAY_RO);
}
static int index_in(PyObject *object, void *pointer)
{
    return convert_array(object, pointer, NPY_INT32, NPY_ARRAY_CARRAY_RO);
}
static int index_out(PyObject *object, void *pointer)
{
    return convert_array(object, pointer, NPY_INT32, NPY_ARRAY_CARRAY);
}
static int words_out(PyObject *object, void *pointer)
{
    return convert_array(object, pointer, NPY_UINT32, NPY_ARRAY_CARRAY);
}
/* Rows that may have a stride. */
static int rows_in(PyObject *object, void *tensor) { return convert_tensor(object, tensor, NPY_ARRAY_ALIGNED); }
static int rows_out(PyObject *object, void *tensor)
{
    return convert_tensor(object, tensor, NPY_ARRAY_ALIGNED | NPY_ARRAY_WRITEABLE);
}

/* The weights of a channels operation, or the places for their gradients. */
enum { WEIGHTS_MOST = 8 };
struct arrays {
    float *pointers[WEIGHTS_MOST];
    int count;
};

static int convert_arrays(PyObject *object, struct arrays *arrays, int (*one)(PyObject *, void *))
{
    if (!PyTuple_Check(object) || PyTuple_GET_SIZE(object) > WEIGHTS_MOST) {
        PyErr_SetString(PyExc_TypeError, "weights must be a short tuple");
        return 0;
    }
    arrays->count = (int)PyTuple_GET_SIZE(object);
    for (int k = 0; k < arrays->count; k++)
        if (!one(PyTuple_GET_ITEM(object, k), &arrays->pointers[k]))
            return 0;
    return 1;
}
static int weights_in(PyObject *object, void *arrays) { return convert_arrays(object, arrays, in); }
static int weights_out(PyObject *object, void *arrays) { return convert_arrays(object, arrays, out); }

static PyObject *answer(actfn_status status)
{
    if (status == ACTFN_OK)
        Py_RETURN_NONE;
    PyErr_SetString(status == ACTFN_ERR_INDEX ? PyExc_IndexError : PyExc_ValueError, actfn_status_string(status));
    return NULL;
}

#define CALL(expression)                                                                                               \
    do {                                                                                                               \
        actfn_status status;                                                                                           \
        Py_BEGIN_ALLOW_THREADS status = (expression);                                                                  \
        Py_END_ALLOW_THREADS return answer(status);                                                                    \
    } while (0)

#define PARSE(format, ...)                                                                                             \
    do {                                                                                                               \
        (void)module;                                                                                                  \
        if (!PyArg_ParseTuple(args, format, __VA_ARGS__))                                                              \
            return NULL;                                                                                               \
    } while (0)

/* ---- rows -------------------------------------------------------------------------------------------------------- */

struct rows {
    actfn_op op;
    actfn_mode mode;
    const float *params;
    unsigned int flags;
    enum kind kind;
    size_t n, inner, y_row; /* elements of y for one outer index */
    const char *x, *y, *dy;
    char *result;
    actfn_status status;
};

/* The elements from outer index `begin` on; an outer index has `row` elements. */
static const void *read_at(const struct rows *r, const char *p, size_t begin, size_t row)
{
    return p ? p + begin * row * size_of(r->kind) : NULL;
}
static void *write_at(const struct rows *r, size_t begin, size_t row)
{
    return r->result ? r->result + begin * row * size_of(r->kind) : NULL;
}

static bool note_status(struct rows *r, actfn_status status)
{
    if (status != ACTFN_OK)
        __atomic_store_n(&r->status, status, __ATOMIC_RELAXED);
    return status == ACTFN_OK;
}

static bool rows_forward_part(void *context, size_t begin, size_t end)
{
    struct rows *r = context;
    return note_status(r, ENTRY_OF(r->kind, actfn_rows_forward, r->op, r->mode, r->params, r->flags, end - begin, r->n,
                                   r->inner, read_at(r, r->x, begin, r->n * r->inner), write_at(r, begin, r->y_row)));
}

static bool rows_backward_part(void *context, size_t begin, size_t end)
{
    struct rows *r = context;
    const size_t x_row = r->n * r->inner;
    return note_status(r, ENTRY_OF(r->kind, actfn_rows_backward, r->op, r->mode, r->params, r->flags, end - begin, r->n,
                                   r->inner, read_at(r, r->x, begin, x_row), read_at(r, r->y, begin, r->y_row),
                                   read_at(r, r->dy, begin, r->y_row), write_at(r, begin, x_row)));
}

/* A row is never split, because its sums have an order. */
static actfn_status split_rows(struct rows *r, size_t outer, pool_work part)
{
    const struct actfn_op_info *info = actfn_op_info(r->op);
    const size_t row = r->n * r->inner;
    r->y_row = info && info->flags & ACTFN_OP_REDUCES ? r->inner : row;
    r->status = ACTFN_OK;
    if (outer == 0 || row == 0 || !r->result)
        part(r, 0, outer);
    else
        pool_run(outer, row, part, r);
    return r->status;
}

static PyObject *rows_forward(PyObject *module, PyObject *args)
{
    int op, mode;
    struct params params;
    struct rows r = { 0 };
    struct tensor x, y;
    Py_ssize_t outer, n, inner;
    PARSE("iiO&InnnO&O&", &op, &mode, convert_params, &params, &r.flags, &outer, &n, &inner, tensor_in, &x, tensor_out,
          &y);
    r.op = (actfn_op)op, r.mode = (actfn_mode)mode, r.params = params.pointer, r.n = (size_t)n, r.inner = (size_t)inner;
    r.x = x.p, r.result = y.p;
    r.kind = common_kind(2, (const struct tensor *[]) { &x, &y });
    if (r.kind == NO_KIND)
        return NULL;
    CALL(split_rows(&r, (size_t)outer, rows_forward_part));
}

static PyObject *rows_backward(PyObject *module, PyObject *args)
{
    int op, mode;
    struct params params;
    struct rows r = { 0 };
    struct tensor x, y, dy, dx;
    Py_ssize_t outer, n, inner;
    PARSE("iiO&InnnO&O&O&O&", &op, &mode, convert_params, &params, &r.flags, &outer, &n, &inner, tensor_in, &x,
          tensor_in, &y, tensor_in, &dy, tensor_out, &dx);
    r.op = (actfn_op)op, r.mode = (actfn_mode)mode, r.params = params.pointer, r.n = (size_t)n, r.inner = (size_t)inner;
    r.x = x.p, r.y = y.p, r.dy = dy.p, r.result = dx.p;
    r.kind = common_kind(4, (const struct tensor *[]) { &x, &y, &dy, &dx });
    if (r.kind == NO_KIND)
        return NULL;
    CALL(split_rows(&r, (size_t)outer, rows_backward_part));
}

static PyObject *maxout_index(PyObject *module, PyObject *args)
{
    int mode;
    Py_ssize_t outer, n, inner;
    struct tensor x, y;
    int32_t *index;
    PARSE("innnO&O&O&", &mode, &outer, &n, &inner, tensor_in, &x, tensor_out, &y, index_out, &index);
    CALL_OF(actfn_maxout_index, (&x, &y), (actfn_mode)mode, (size_t)outer, (size_t)n, (size_t)inner, x.p, y.p, index);
}

static PyObject *maxout_backward_from_index(PyObject *module, PyObject *args)
{
    int mode;
    Py_ssize_t outer, n, inner;
    struct tensor dy, dx;
    const int32_t *index;
    PARSE("innnO&O&O&", &mode, &outer, &n, &inner, index_in, &index, tensor_in, &dy, tensor_out, &dx);
    CALL_OF(actfn_maxout_backward_from_index, (&dy, &dx), (actfn_mode)mode, (size_t)outer, (size_t)n, (size_t)inner,
            index, dy.p, dx.p);
}

/* ---- gates ------------------------------------------------------------------------------------------------------- */

static PyObject *gates_forward(PyObject *module, PyObject *args)
{
    int op, mode;
    struct params params;
    Py_ssize_t rows, n, us, vs, ys;
    struct tensor u, v, y;
    PARSE("iiO&nnO&nO&nO&n", &op, &mode, convert_params, &params, &rows, &n, rows_in, &u, &us, rows_in, &v, &vs,
          rows_out, &y, &ys);
    CALL_OF(actfn_gates_forward, (&u, &v, &y), (actfn_op)op, (actfn_mode)mode, params.pointer, (size_t)rows, (size_t)n,
            u.p, (size_t)us, v.p, (size_t)vs, y.p, (size_t)ys);
}

static PyObject *gates_backward(PyObject *module, PyObject *args)
{
    int op, mode;
    struct params params;
    Py_ssize_t rows, n, us, vs, dys, dus, dvs;
    struct tensor u, v, dy, du, dv;
    PARSE("iiO&nnO&nO&nO&nO&nO&n", &op, &mode, convert_params, &params, &rows, &n, rows_in, &u, &us, rows_in, &v, &vs,
          rows_in, &dy, &dys, rows_out, &du, &dus, rows_out, &dv, &dvs);
    CALL_OF(actfn_gates_backward, (&u, &v, &dy, &du, &dv), (actfn_op)op, (actfn_mode)mode, params.pointer, (size_t)rows,
            (size_t)n, u.p, (size_t)us, v.p, (size_t)vs, dy.p, (size_t)dys, du.p, (size_t)dus, dv.p, (size_t)dvs);
}

static PyObject *gates_packed_forward(PyObject *module, PyObject *args)
{
    int op, mode, layout;
    struct params params;
    Py_ssize_t rows, width;
    struct tensor x, y;
    PARSE("iiO&innO&O&", &op, &mode, convert_params, &params, &layout, &rows, &width, tensor_in, &x, tensor_out, &y);
    CALL_OF(actfn_gates_packed_forward, (&x, &y), (actfn_op)op, (actfn_mode)mode, params.pointer,
            (actfn_gate_layout)layout, (size_t)rows, (size_t)width, x.p, y.p);
}

static PyObject *gates_packed_backward(PyObject *module, PyObject *args)
{
    int op, mode, layout;
    struct params params;
    Py_ssize_t rows, width;
    struct tensor x, dy, dx;
    PARSE("iiO&innO&O&O&", &op, &mode, convert_params, &params, &layout, &rows, &width, tensor_in, &x, tensor_in, &dy,
          tensor_out, &dx);
    CALL_OF(actfn_gates_packed_backward, (&x, &dy, &dx), (actfn_op)op, (actfn_mode)mode, params.pointer,
            (actfn_gate_layout)layout, (size_t)rows, (size_t)width, x.p, dy.p, dx.p);
}

/* ---- channels, and the gradients of scalar parameters --------------------------------------------------------------
 */

static PyObject *channels_forward(PyObject *module, PyObject *args)
{
    int op, mode;
    Py_ssize_t outer, channels, inner, terms;
    struct arrays weights;
    struct tensor x, y;
    PARSE("iinnnnO&O&O&", &op, &mode, &outer, &channels, &inner, &terms, weights_in, &weights, tensor_in, &x,
          tensor_out, &y);
    CALL_OF(actfn_channels_forward, (&x, &y), (actfn_op)op, (actfn_mode)mode, (size_t)outer, (size_t)channels,
            (size_t)inner, (size_t)terms, (const float *const *)weights.pointers, x.p, y.p);
}

static PyObject *channels_backward(PyObject *module, PyObject *args)
{
    int op, mode;
    Py_ssize_t outer, channels, inner, terms;
    struct arrays weights, gradients;
    struct tensor x, dy, dx;
    PARSE("iinnnnO&O&O&O&O&", &op, &mode, &outer, &channels, &inner, &terms, weights_in, &weights, tensor_in, &x,
          tensor_in, &dy, tensor_out, &dx, weights_out, &gradients);
    CALL_OF(actfn_channels_backward, (&x, &dy, &dx), (actfn_op)op, (actfn_mode)mode, (size_t)outer, (size_t)channels,
            (size_t)inner, (size_t)terms, (const float *const *)weights.pointers, x.p, dy.p, dx.p,
            (float *const *)gradients.pointers);
}

static PyObject *channels_backward_from_output(PyObject *module, PyObject *args)
{
    int op, mode;
    Py_ssize_t outer, channels, inner, terms;
    struct arrays weights;
    struct tensor y, dy, dx;
    PARSE("iinnnnO&O&O&O&", &op, &mode, &outer, &channels, &inner, &terms, weights_in, &weights, tensor_in, &y,
          tensor_in, &dy, tensor_out, &dx);
    CALL_OF(actfn_channels_backward_from_output, (&y, &dy, &dx), (actfn_op)op, (actfn_mode)mode, (size_t)outer,
            (size_t)channels, (size_t)inner, (size_t)terms, (const float *const *)weights.pointers, y.p, dy.p, dx.p);
}

static PyObject *param_gradient(PyObject *module, PyObject *args)
{
    int op, mode;
    struct params params;
    Py_ssize_t n;
    struct tensor x, dy;
    float *gradients;
    PARSE("iiO&nO&O&O&", &op, &mode, convert_params, &params, &n, tensor_in, &x, tensor_in, &dy, out, &gradients);
    CALL_OF(actfn_param_gradient, (&x, &dy), (actfn_op)op, (actfn_mode)mode, params.pointer, (size_t)n, x.p, dy.p,
            gradients);
}

/* ---- random ------------------------------------------------------------------------------------------------------ */

static PyObject *random_u32(PyObject *module, PyObject *args)
{
    Py_ssize_t n;
    uint32_t *words;
    unsigned long long seed, stream, offset;
    PARSE("nO&KKK", &n, words_out, &words, &seed, &stream, &offset);
    CALL(actfn_random_u32((size_t)n, words, seed, stream, offset));
}

static PyObject *rrelu(PyObject *module, PyObject *args)
{
    int mode;
    struct params params;
    Py_ssize_t n;
    struct tensor x, y, noise;
    unsigned long long seed, stream, offset;
    PARSE("iO&nO&O&O&KKK", &mode, convert_params, &params, &n, tensor_in, &x, tensor_out, &y, tensor_out, &noise, &seed,
          &stream, &offset);
    CALL_OF(actfn_rrelu, (&x, &y, &noise), (actfn_mode)mode, params.pointer, (size_t)n, x.p, y.p, noise.p, seed, stream,
            offset);
}

static PyObject *rrelu_backward(PyObject *module, PyObject *args)
{
    int mode, from_output;
    struct params params;
    Py_ssize_t n;
    struct tensor x, dy, dx;
    unsigned long long seed, stream, offset;
    PARSE("iO&inO&O&O&KKK", &mode, convert_params, &params, &from_output, &n, tensor_in, &x, tensor_in, &dy, tensor_out,
          &dx, &seed, &stream, &offset);
    if (from_output)
        CALL_OF(actfn_rrelu_backward_from_output, (&x, &dy, &dx), (actfn_mode)mode, params.pointer, (size_t)n, x.p,
                dy.p, dx.p, seed, stream, offset);
    CALL_OF(actfn_rrelu_backward, (&x, &dy, &dx), (actfn_mode)mode, params.pointer, (size_t)n, x.p, dy.p, dx.p, seed,
            stream, offset);
}

static PyObject *rrelu_backward_from_noise(PyObject *module, PyObject *args)
{
    int mode;
    Py_ssize_t n;
    struct tensor noise, dy, dx;
    PARSE("inO&O&O&", &mode, &n, tensor_in, &noise, tensor_in, &dy, tensor_out, &dx);
    CALL_OF(actfn_rrelu_backward_from_noise, (&noise, &dy, &dx), (actfn_mode)mode, (size_t)n, noise.p, dy.p, dx.p);
}

static PyObject *rrelu_eval(PyObject *module, PyObject *args)
{
    int mode;
    struct params params;
    Py_ssize_t n;
    struct tensor x, dy, result;
    PARSE("iO&nO&O&O&", &mode, convert_params, &params, &n, tensor_in, &x, tensor_in, &dy, tensor_out, &result);
    if (dy.p)
        CALL_OF(actfn_rrelu_eval_backward, (&x, &dy, &result), (actfn_mode)mode, params.pointer, (size_t)n, x.p, dy.p,
                result.p);
    CALL_OF(actfn_rrelu_eval, (&x, &dy, &result), (actfn_mode)mode, params.pointer, (size_t)n, x.p, result.p);
}

static PyObject *gumbel_softmax(PyObject *module, PyObject *args)
{
    int mode;
    struct params params;
    unsigned int flags;
    Py_ssize_t outer, n, inner;
    struct tensor x, y, soft;
    unsigned long long seed, stream, offset;
    PARSE("iO&InnnO&O&O&KKK", &mode, convert_params, &params, &flags, &outer, &n, &inner, tensor_in, &x, tensor_out, &y,
          tensor_out, &soft, &seed, &stream, &offset);
    CALL_OF(actfn_gumbel_softmax, (&x, &y, &soft), (actfn_mode)mode, params.pointer, flags, (size_t)outer, (size_t)n,
            (size_t)inner, x.p, y.p, soft.p, seed, stream, offset);
}

static PyObject *gumbel_softmax_backward(PyObject *module, PyObject *args)
{
    int mode;
    struct params params;
    Py_ssize_t outer, n, inner;
    struct tensor soft, dy, dx;
    PARSE("iO&nnnO&O&O&", &mode, convert_params, &params, &outer, &n, &inner, tensor_in, &soft, tensor_in, &dy,
          tensor_out, &dx);
    CALL_OF(actfn_gumbel_softmax_backward, (&soft, &dy, &dx), (actfn_mode)mode, params.pointer, (size_t)outer,
            (size_t)n, (size_t)inner, soft.p, dy.p, dx.p);
}

/* ---- losses ------------------------------------------------------------------------------------------------------ */

static PyObject *loss(PyObject *module, PyObject *args)
{
    int op, mode;
    struct params params;
    Py_ssize_t n;
    struct tensor z, t, dz;
    const float *w;
    float scale, *value;
    PARSE("iiO&nO&O&O&fO&O&", &op, &mode, convert_params, &params, &n, tensor_in, &z, tensor_in, &t, in, &w, &scale,
          out, &value, tensor_out, &dz);
    CALL_OF(actfn_loss, (&z, &t, &dz), (actfn_op)op, (actfn_mode)mode, params.pointer, (size_t)n, z.p, t.p, w, scale,
            value, dz.p);
}

static PyObject *cross_entropy(PyObject *module, PyObject *args)
{
    int mode;
    struct params params;
    Py_ssize_t outer, n, inner;
    struct tensor z, dz;
    const float *w;
    const int64_t *class;
    long long ignore_index;
    float scale, *value;
    PARSE("iO&nnnO&O&LO&fO&O&", &mode, convert_params, &params, &outer, &n, &inner, tensor_in, &z, classes, &class,
          &ignore_index, in, &w, &scale, out, &value, tensor_out, &dz);
    CALL_OF(actfn_softmax_cross_entropy, (&z, &dz), (actfn_mode)mode, params.pointer, (size_t)outer, (size_t)n,
            (size_t)inner, z.p, class, ignore_index, w, scale, value, dz.p);
}

static PyObject *cross_entropy_dense(PyObject *module, PyObject *args)
{
    int mode;
    Py_ssize_t outer, n, inner;
    struct tensor z, t, dz;
    const float *w;
    float scale, *value;
    PARSE("innnO&O&O&fO&O&", &mode, &outer, &n, &inner, tensor_in, &z, tensor_in, &t, in, &w, &scale, out, &value,
          tensor_out, &dz);
    CALL_OF(actfn_softmax_cross_entropy_dense, (&z, &t, &dz), (actfn_mode)mode, (size_t)outer, (size_t)n, (size_t)inner,
            z.p, t.p, w, scale, value, dz.p);
}

#define METHOD(name)                                                                                                   \
    {                                                                                                                  \
#name, name, METH_VARARGS, NULL                                                                                \
    }
PyMethodDef family_methods[] = {
    { "ready", (PyCFunction)(void (*)(void))ready, METH_FASTCALL, NULL },
    { "new_like", (PyCFunction)(void (*)(void))new_like, METH_FASTCALL, NULL },
    { "same_shapes", (PyCFunction)(void (*)(void))same_shapes, METH_FASTCALL, NULL },
    { "can_write", (PyCFunction)(void (*)(void))can_write, METH_FASTCALL, NULL },
    { "split_axis", (PyCFunction)(void (*)(void))split_axis, METH_FASTCALL, NULL },
    METHOD(rows_forward),
    METHOD(rows_backward),
    METHOD(maxout_index),
    METHOD(maxout_backward_from_index),
    METHOD(gates_forward),
    METHOD(gates_backward),
    METHOD(gates_packed_forward),
    METHOD(gates_packed_backward),
    METHOD(channels_forward),
    METHOD(channels_backward),
    METHOD(channels_backward_from_output),
    METHOD(param_gradient),
    METHOD(random_u32),
    METHOD(rrelu),
    METHOD(rrelu_backward),
    METHOD(rrelu_backward_from_noise),
    METHOD(rrelu_eval),
    METHOD(gumbel_softmax),
    METHOD(gumbel_softmax_backward),
    METHOD(loss),
    METHOD(cross_entropy),
    METHOD(cross_entropy_dense),
    { NULL, NULL, 0, NULL },
};

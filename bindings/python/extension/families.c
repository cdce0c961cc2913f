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

/* Whether each argument is an array that the library can read directly: NumPy's own type, float32, without gaps. */
static PyObject *ready(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    (void)module;
    for (Py_ssize_t i = 0; i < nargs; i++) {
        PyArrayObject *array = (PyArrayObject *)args[i];
        if (!PyArray_CheckExact(args[i]) || PyArray_TYPE(array) != NPY_FLOAT || !PyArray_IS_C_CONTIGUOUS(array) ||
            !PyArray_ISALIGNED(array) || PyArray_ISBYTESWAPPED(array))
            Py_RETURN_FALSE;
    }
    Py_RETURN_TRUE;
}

/* A tuple of new float32 arrays with the shapes of the arguments. */
static PyObject *new_like(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    (void)module;
    PyObject *result = PyTuple_New(nargs);
    for (Py_ssize_t i = 0; result && i < nargs; i++) {
        PyObject *array = NULL;
        if (PyArray_Check(args[i]))
            array = PyArray_SimpleNew(PyArray_NDIM((PyArrayObject *)args[i]), PyArray_DIMS((PyArrayObject *)args[i]),
                                      NPY_FLOAT);
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

/* (out, shape, inputs...): whether the library can write a result of that shape to out while it reads the inputs. */
static PyObject *can_write(PyObject *module, PyObject *const *args, Py_ssize_t nargs)
{
    if (nargs < 2 || !PyTuple_Check(args[1]))
        return PyErr_Format(PyExc_TypeError, "can_write takes an array, a shape and arrays");
    PyObject *same = ready(module, args, 1);
    Py_XDECREF(same);
    if (same != Py_True)
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
static int rows_in(PyObject *object, void *pointer)
{
    return convert_array(object, pointer, NPY_FLOAT, NPY_ARRAY_ALIGNED);
}
static int rows_out(PyObject *object, void *pointer)
{
    return convert_array(object, pointer, NPY_FLOAT, NPY_ARRAY_ALIGNED | NPY_ARRAY_WRITEABLE);
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
    size_t n, inner, y_row; /* elements of y for one outer index */
    const float *x, *y, *dy;
    float *result;
    actfn_status status;
};

static bool rows_forward_part(void *context, size_t begin, size_t end)
{
    struct rows *r = context;
    const actfn_status status = actfn_rows_forward_f32(r->op, r->mode, r->params, r->flags, end - begin, r->n, r->inner,
                                                       r->x + begin * r->n * r->inner, r->result + begin * r->y_row);
    if (status != ACTFN_OK)
        __atomic_store_n(&r->status, status, __ATOMIC_RELAXED);
    return status == ACTFN_OK;
}

static bool rows_backward_part(void *context, size_t begin, size_t end)
{
    struct rows *r = context;
    const size_t x_row = r->n * r->inner;
    const actfn_status status = actfn_rows_backward_f32(
        r->op, r->mode, r->params, r->flags, end - begin, r->n, r->inner, r->x ? r->x + begin * x_row : NULL,
        r->y ? r->y + begin * r->y_row : NULL, r->dy + begin * r->y_row, r->result + begin * x_row);
    if (status != ACTFN_OK)
        __atomic_store_n(&r->status, status, __ATOMIC_RELAXED);
    return status == ACTFN_OK;
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
    Py_ssize_t outer, n, inner;
    PARSE("iiO&InnnO&O&", &op, &mode, convert_params, &params, &r.flags, &outer, &n, &inner, in, &r.x, out, &r.result);
    r.op = (actfn_op)op, r.mode = (actfn_mode)mode, r.params = params.pointer, r.n = (size_t)n, r.inner = (size_t)inner;
    CALL(split_rows(&r, (size_t)outer, rows_forward_part));
}

static PyObject *rows_backward(PyObject *module, PyObject *args)
{
    int op, mode;
    struct params params;
    struct rows r = { 0 };
    Py_ssize_t outer, n, inner;
    PARSE("iiO&InnnO&O&O&O&", &op, &mode, convert_params, &params, &r.flags, &outer, &n, &inner, in, &r.x, in, &r.y, in,
          &r.dy, out, &r.result);
    r.op = (actfn_op)op, r.mode = (actfn_mode)mode, r.params = params.pointer, r.n = (size_t)n, r.inner = (size_t)inner;
    CALL(split_rows(&r, (size_t)outer, rows_backward_part));
}

static PyObject *maxout_index(PyObject *module, PyObject *args)
{
    int mode;
    Py_ssize_t outer, n, inner;
    const float *x;
    float *y;
    int32_t *index;
    PARSE("innnO&O&O&", &mode, &outer, &n, &inner, in, &x, out, &y, index_out, &index);
    CALL(actfn_maxout_index_f32((actfn_mode)mode, (size_t)outer, (size_t)n, (size_t)inner, x, y, index));
}

static PyObject *maxout_backward_from_index(PyObject *module, PyObject *args)
{
    int mode;
    Py_ssize_t outer, n, inner;
    const float *dy;
    float *dx;
    const int32_t *index;
    PARSE("innnO&O&O&", &mode, &outer, &n, &inner, index_in, &index, in, &dy, out, &dx);
    CALL(
        actfn_maxout_backward_from_index_f32((actfn_mode)mode, (size_t)outer, (size_t)n, (size_t)inner, index, dy, dx));
}

/* ---- gates ------------------------------------------------------------------------------------------------------- */

static PyObject *gates_forward(PyObject *module, PyObject *args)
{
    int op, mode;
    struct params params;
    Py_ssize_t rows, n, us, vs, ys;
    const float *u, *v;
    float *y;
    PARSE("iiO&nnO&nO&nO&n", &op, &mode, convert_params, &params, &rows, &n, rows_in, &u, &us, rows_in, &v, &vs,
          rows_out, &y, &ys);
    CALL(actfn_gates_forward_f32((actfn_op)op, (actfn_mode)mode, params.pointer, (size_t)rows, (size_t)n, u, (size_t)us,
                                 v, (size_t)vs, y, (size_t)ys));
}

static PyObject *gates_backward(PyObject *module, PyObject *args)
{
    int op, mode;
    struct params params;
    Py_ssize_t rows, n, us, vs, dys, dus, dvs;
    const float *u, *v, *dy;
    float *du, *dv;
    PARSE("iiO&nnO&nO&nO&nO&nO&n", &op, &mode, convert_params, &params, &rows, &n, rows_in, &u, &us, rows_in, &v, &vs,
          rows_in, &dy, &dys, rows_out, &du, &dus, rows_out, &dv, &dvs);
    CALL(actfn_gates_backward_f32((actfn_op)op, (actfn_mode)mode, params.pointer, (size_t)rows, (size_t)n, u,
                                  (size_t)us, v, (size_t)vs, dy, (size_t)dys, du, (size_t)dus, dv, (size_t)dvs));
}

static PyObject *gates_packed_forward(PyObject *module, PyObject *args)
{
    int op, mode, layout;
    struct params params;
    Py_ssize_t rows, width;
    const float *x;
    float *y;
    PARSE("iiO&innO&O&", &op, &mode, convert_params, &params, &layout, &rows, &width, in, &x, out, &y);
    CALL(actfn_gates_packed_forward_f32((actfn_op)op, (actfn_mode)mode, params.pointer, (actfn_gate_layout)layout,
                                        (size_t)rows, (size_t)width, x, y));
}

static PyObject *gates_packed_backward(PyObject *module, PyObject *args)
{
    int op, mode, layout;
    struct params params;
    Py_ssize_t rows, width;
    const float *x, *dy;
    float *dx;
    PARSE("iiO&innO&O&O&", &op, &mode, convert_params, &params, &layout, &rows, &width, in, &x, in, &dy, out, &dx);
    CALL(actfn_gates_packed_backward_f32((actfn_op)op, (actfn_mode)mode, params.pointer, (actfn_gate_layout)layout,
                                         (size_t)rows, (size_t)width, x, dy, dx));
}

/* ---- channels, and the gradients of scalar parameters --------------------------------------------------------------
 */

static PyObject *channels_forward(PyObject *module, PyObject *args)
{
    int op, mode;
    Py_ssize_t outer, channels, inner, terms;
    struct arrays weights;
    const float *x;
    float *y;
    PARSE("iinnnnO&O&O&", &op, &mode, &outer, &channels, &inner, &terms, weights_in, &weights, in, &x, out, &y);
    CALL(actfn_channels_forward_f32((actfn_op)op, (actfn_mode)mode, (size_t)outer, (size_t)channels, (size_t)inner,
                                    (size_t)terms, (const float *const *)weights.pointers, x, y));
}

static PyObject *channels_backward(PyObject *module, PyObject *args)
{
    int op, mode;
    Py_ssize_t outer, channels, inner, terms;
    struct arrays weights, gradients;
    const float *x, *dy;
    float *dx;
    PARSE("iinnnnO&O&O&O&O&", &op, &mode, &outer, &channels, &inner, &terms, weights_in, &weights, in, &x, in, &dy, out,
          &dx, weights_out, &gradients);
    CALL(actfn_channels_backward_f32((actfn_op)op, (actfn_mode)mode, (size_t)outer, (size_t)channels, (size_t)inner,
                                     (size_t)terms, (const float *const *)weights.pointers, x, dy, dx,
                                     (float *const *)gradients.pointers));
}

static PyObject *channels_backward_from_output(PyObject *module, PyObject *args)
{
    int op, mode;
    Py_ssize_t outer, channels, inner, terms;
    struct arrays weights;
    const float *y, *dy;
    float *dx;
    PARSE("iinnnnO&O&O&O&", &op, &mode, &outer, &channels, &inner, &terms, weights_in, &weights, in, &y, in, &dy, out,
          &dx);
    CALL(actfn_channels_backward_from_output_f32((actfn_op)op, (actfn_mode)mode, (size_t)outer, (size_t)channels,
                                                 (size_t)inner, (size_t)terms, (const float *const *)weights.pointers,
                                                 y, dy, dx));
}

static PyObject *param_gradient(PyObject *module, PyObject *args)
{
    int op, mode;
    struct params params;
    Py_ssize_t n;
    const float *x, *dy;
    float *gradients;
    PARSE("iiO&nO&O&O&", &op, &mode, convert_params, &params, &n, in, &x, in, &dy, out, &gradients);
    CALL(actfn_param_gradient_f32((actfn_op)op, (actfn_mode)mode, params.pointer, (size_t)n, x, dy, gradients));
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
    const float *x;
    float *y, *noise;
    unsigned long long seed, stream, offset;
    PARSE("iO&nO&O&O&KKK", &mode, convert_params, &params, &n, in, &x, out, &y, out, &noise, &seed, &stream, &offset);
    CALL(actfn_rrelu_f32((actfn_mode)mode, params.pointer, (size_t)n, x, y, noise, seed, stream, offset));
}

static PyObject *rrelu_backward(PyObject *module, PyObject *args)
{
    int mode, from_output;
    struct params params;
    Py_ssize_t n;
    const float *x, *dy;
    float *dx;
    unsigned long long seed, stream, offset;
    PARSE("iO&inO&O&O&KKK", &mode, convert_params, &params, &from_output, &n, in, &x, in, &dy, out, &dx, &seed, &stream,
          &offset);
    if (from_output)
        CALL(actfn_rrelu_backward_from_output_f32((actfn_mode)mode, params.pointer, (size_t)n, x, dy, dx, seed, stream,
                                                  offset));
    CALL(actfn_rrelu_backward_f32((actfn_mode)mode, params.pointer, (size_t)n, x, dy, dx, seed, stream, offset));
}

static PyObject *rrelu_backward_from_noise(PyObject *module, PyObject *args)
{
    int mode;
    Py_ssize_t n;
    const float *noise, *dy;
    float *dx;
    PARSE("inO&O&O&", &mode, &n, in, &noise, in, &dy, out, &dx);
    CALL(actfn_rrelu_backward_from_noise_f32((actfn_mode)mode, (size_t)n, noise, dy, dx));
}

static PyObject *rrelu_eval(PyObject *module, PyObject *args)
{
    int mode;
    struct params params;
    Py_ssize_t n;
    const float *x, *dy;
    float *result;
    PARSE("iO&nO&O&O&", &mode, convert_params, &params, &n, in, &x, in, &dy, out, &result);
    if (dy)
        CALL(actfn_rrelu_eval_backward_f32((actfn_mode)mode, params.pointer, (size_t)n, x, dy, result));
    CALL(actfn_rrelu_eval_f32((actfn_mode)mode, params.pointer, (size_t)n, x, result));
}

static PyObject *gumbel_softmax(PyObject *module, PyObject *args)
{
    int mode;
    struct params params;
    unsigned int flags;
    Py_ssize_t outer, n, inner;
    const float *x;
    float *y, *soft;
    unsigned long long seed, stream, offset;
    PARSE("iO&InnnO&O&O&KKK", &mode, convert_params, &params, &flags, &outer, &n, &inner, in, &x, out, &y, out, &soft,
          &seed, &stream, &offset);
    CALL(actfn_gumbel_softmax_f32((actfn_mode)mode, params.pointer, flags, (size_t)outer, (size_t)n, (size_t)inner, x,
                                  y, soft, seed, stream, offset));
}

static PyObject *gumbel_softmax_backward(PyObject *module, PyObject *args)
{
    int mode;
    struct params params;
    Py_ssize_t outer, n, inner;
    const float *soft, *dy;
    float *dx;
    PARSE("iO&nnnO&O&O&", &mode, convert_params, &params, &outer, &n, &inner, in, &soft, in, &dy, out, &dx);
    CALL(actfn_gumbel_softmax_backward_f32((actfn_mode)mode, params.pointer, (size_t)outer, (size_t)n, (size_t)inner,
                                           soft, dy, dx));
}

/* ---- losses ------------------------------------------------------------------------------------------------------ */

static PyObject *loss(PyObject *module, PyObject *args)
{
    int op, mode;
    struct params params;
    Py_ssize_t n;
    const float *z, *t, *w;
    float scale, *value, *dz;
    PARSE("iiO&nO&O&O&fO&O&", &op, &mode, convert_params, &params, &n, in, &z, in, &t, in, &w, &scale, out, &value, out,
          &dz);
    CALL(actfn_loss_f32((actfn_op)op, (actfn_mode)mode, params.pointer, (size_t)n, z, t, w, scale, value, dz));
}

static PyObject *cross_entropy(PyObject *module, PyObject *args)
{
    int mode;
    struct params params;
    Py_ssize_t outer, n, inner;
    const float *z, *w;
    const int64_t *class;
    long long ignore_index;
    float scale, *value, *dz;
    PARSE("iO&nnnO&O&LO&fO&O&", &mode, convert_params, &params, &outer, &n, &inner, in, &z, classes, &class,
          &ignore_index, in, &w, &scale, out, &value, out, &dz);
    CALL(actfn_softmax_cross_entropy_f32((actfn_mode)mode, params.pointer, (size_t)outer, (size_t)n, (size_t)inner, z,
                                         class, ignore_index, w, scale, value, dz));
}

static PyObject *cross_entropy_dense(PyObject *module, PyObject *args)
{
    int mode;
    Py_ssize_t outer, n, inner;
    const float *z, *t, *w;
    float scale, *value, *dz;
    PARSE("innnO&O&O&fO&O&", &mode, &outer, &n, &inner, in, &z, in, &t, in, &w, &scale, out, &value, out, &dz);
    CALL(actfn_softmax_cross_entropy_dense_f32((actfn_mode)mode, (size_t)outer, (size_t)n, (size_t)inner, z, t, w,
                                               scale, value, dz));
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

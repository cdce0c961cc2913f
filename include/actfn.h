/* SPDX-License-Identifier: MIT */
/*
 * libactfn: neural-network activation functions, forward and backward, over float buffers.
 *
 * The rules for every function below
 *
 *   Sizes      n counts ELEMENTS, never bytes.  A call with n = 0 succeeds, touches nothing and allows NULL pointers.  A
 *              few functions have a result for an empty row too; their comments say so.
 *   Memory     Nothing outside [p, p + n) is read or written.  No alignment is asked beyond float's own.  A call takes at
 *              most 32 KiB of stack.
 *   Aliasing   y may be x; dx may be dy, or x (y in the from-output form).  Any other overlap of an output is refused
 *              with ACTFN_ERR_OVERLAP; inputs may overlap each other.  Element i of an elementwise result depends on
 *              element i of the inputs only.  The head of each other family says which buffers may alias.
 *   Errors     The function returns a status and leaves the output untouched.  The library prints nothing, never aborts,
 *              allocates nothing, starts no thread, and leaves errno and the floating-point environment
 *              (control word and sticky flags) unchanged.
 *   Rounding   Whatever the caller's rounding mode and traps are, the computation runs in round-to-nearest with
 *              traps masked.  FTZ and DAZ stay as the caller has them.  With them on, subnormals may be flushed, and a
 *              result below about 2^-96 loses accuracy where an intermediate value is subnormal.
 *   NaN        A NaN in x (in y, in the from-output form) always gives a NaN in the result, in f and in f'.
 *   Infinities f(+-inf) and f'(+-inf) are the limits where the limits exist: gelu(-inf) = -0, not NaN.
 *   Gradients  dx = dy f'(x).  Where f is constant by definition, dx is +0 for every dy.  Where f is the
 *              identity by definition, dx is dy bit for bit.
 *   Threads    Every function may be called from any thread at any time.
 *   Bits       In either mode a result has the same bits on every instruction set (wherever the CPU has fused
 *              multiply-add), for every n, offset and alignment, in place or not, and for every way to split a
 *              buffer.  Only the sign and payload of a NaN are free.
 *   Error      ULP bounds are over all finite floats.  Results below 2^-126 are within bound * 2^-149.  Near a zero of
 *              f or f' at an x other than 0, and in the from-output form, the bound is absolute; docs/DESIGN.md has it.
 */
#ifndef ACTFN_H
#define ACTFN_H

#include <stddef.h>
#include <stdint.h>

#define ACTFN_VERSION_MAJOR 0
#define ACTFN_VERSION_MINOR 2
#define ACTFN_VERSION_PATCH 0

#ifndef ACTFN_API
#if defined(__GNUC__)
#define ACTFN_API __attribute__((visibility("default")))
#else
#define ACTFN_API
#endif
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The result of a call.  Values are pinned; new ones may be added. */
typedef enum actfn_status {
    ACTFN_OK = 0,
    ACTFN_ERR_NULL = 1,        /* a pointer is NULL although n > 0, or a parameter without a default is missing */
    ACTFN_ERR_OP = 2,          /* no such operation */
    ACTFN_ERR_MODE = 3,        /* no such mode, or the library was built without it */
    ACTFN_ERR_PARAM = 4,       /* a parameter is NaN, or outside its legal range */
    ACTFN_ERR_OVERLAP = 5,     /* buffers overlap other than by being the same */
    ACTFN_ERR_SIZE = 6,        /* a buffer of this size does not fit into the address space */
    ACTFN_ERR_NOT_OFFERED = 7, /* this operation has no such form, or not with these parameters */
    ACTFN_ERR_ISA = 8,         /* this library has no such instruction set, or this machine cannot run it */
    ACTFN_ERR_SHAPE = 9,       /* sizes, strides or a layout do not fit together */
    ACTFN_ERR_FLAGS = 10,      /* the function does not know a flag */
    ACTFN_ERR_INDEX = 11       /* an index is outside its row */
} actfn_status;

/* One English sentence for a status, without a full stop; never NULL. */
ACTFN_API const char *actfn_status_string(actfn_status status);

/*
 * How to compute.  The library has no global switch: the mode is an argument of the call.  Each mode gives the same bits on every
 * instruction set.  A library that was built without SLEEF has no accurate mode: its functions return ACTFN_ERR_MODE.
 */
typedef enum actfn_mode {
    ACTFN_ACCURATE = 0,    /* SLEEF's functions: most errors are 1 to 2 ULP */
    ACTFN_FAST = 1,        /* own kernels: most errors are at most 4 ULP; the functions by name compute in this mode */
    ACTFN_REPRODUCIBLE = 0 /* the name of ACTFN_ACCURATE in 0.1; today both modes are reproducible */
} actfn_mode;

/*
 * The version of the library that runs, as major * 10000 + minor * 100 + patch, and as text ("0.2.0").  The
 * ACTFN_VERSION_* macros are the version of the header; the two may differ.
 */
ACTFN_API int actfn_version(void);
ACTFN_API const char *actfn_version_string(void);

/* ---- operations: the enumeration and the catalogue ---------------------------------------------------------- */

/* Values are pinned and dense: 0 <= op < actfn_op_count(). */
typedef enum actfn_op {
    ACTFN_OP_NONE = -1,
    /* clang-format off */
    /* begin generated from src/catalogue/ops.def: enum */
    ACTFN_IDENTITY = 0,
    ACTFN_BINARY_STEP = 1,
    ACTFN_SIGMOID = 2,
    ACTFN_TANH = 3,
    ACTFN_ARCTAN = 4,
    ACTFN_SOFTSIGN = 5,
    ACTFN_RELU = 6,
    ACTFN_RELU6 = 7,
    ACTFN_SQUARED_RELU = 8,
    ACTFN_SELU = 9,
    ACTFN_SILU = 10,
    ACTFN_GELU = 11,
    ACTFN_GELU_TANH = 12,
    ACTFN_GELU_QUICK = 13,
    ACTFN_MISH = 14,
    ACTFN_HARDSIGMOID = 15,
    ACTFN_HARDSWISH = 16,
    ACTFN_LOG_SIGMOID = 17,
    ACTFN_TANHSHRINK = 18,
    ACTFN_BENT_IDENTITY = 19,
    ACTFN_SINUSOID = 20,
    ACTFN_SINC = 21,
    ACTFN_GAUSSIAN = 22,
    ACTFN_SPARSE_PLUS = 23,
    ACTFN_SPARSE_SIGMOID = 24,
    ACTFN_EXP = 25,
    ACTFN_ABS = 26,
    ACTFN_SQUARE = 27,
    ACTFN_SQRT = 28,
    ACTFN_LOG = 29,
    ACTFN_ROUND = 30,
    ACTFN_LEAKY_RELU = 31,
    ACTFN_ELU = 32,
    ACTFN_CELU = 33,
    ACTFN_SOFTPLUS = 34,
    ACTFN_SWISH = 35,
    ACTFN_HARDTANH = 36,
    ACTFN_CLIP = 37,
    ACTFN_HARDSIGMOID_AB = 38,
    ACTFN_HARDSWISH_AB = 39,
    ACTFN_HARDSHRINK = 40,
    ACTFN_SOFTSHRINK = 41,
    ACTFN_SHRINK = 42,
    ACTFN_THRESHOLD = 43,
    ACTFN_THRESHOLDED_RELU = 44,
    ACTFN_ISRU = 45,
    ACTFN_ISRLU = 46,
    ACTFN_SOFT_EXPONENTIAL = 47,
    ACTFN_SQUAREPLUS = 48,
    ACTFN_SCALED_TANH = 49,
    ACTFN_XIELU = 50,
    ACTFN_RELU_GENERAL = 51,
    ACTFN_LINEAR = 52,
    ACTFN_POW = 53,
    ACTFN_PRELU = 54,
    ACTFN_SRELU = 55,
    ACTFN_APL = 56,
    ACTFN_RRELU = 57,
    ACTFN_GUMBEL_SOFTMAX = 58,
    ACTFN_GLU = 59,
    ACTFN_REGLU = 60,
    ACTFN_GEGLU = 61,
    ACTFN_GEGLU_TANH = 62,
    ACTFN_GEGLU_QUICK = 63,
    ACTFN_SWIGLU = 64,
    ACTFN_SWIGLU_OAI = 65,
    ACTFN_SOFTMAX = 66,
    ACTFN_LOG_SOFTMAX = 67,
    ACTFN_SOFTMIN = 68,
    ACTFN_HARDMAX = 69,
    ACTFN_LOGSUMEXP = 70,
    ACTFN_LOGMEANEXP = 71,
    ACTFN_SPARSEMAX = 72,
    ACTFN_MAXOUT = 73,
    ACTFN_SIGMOID_BCE = 74,
    ACTFN_SOFTMAX_CROSS_ENTROPY = 75,
    ACTFN_SIGMOID_MSE = 76
    /* end generated: enum */
    /* clang-format on */
} actfn_op;

/* The family decides which functions take an operation.  Any other function returns ACTFN_ERR_NOT_OFFERED. */
typedef enum actfn_family {
    ACTFN_FAMILY_ELEMENTWISE = 0, /* actfn_forward_f32 ... */
    ACTFN_FAMILY_CHANNELS = 1,    /* actfn_channels_forward_f32 ... */
    ACTFN_FAMILY_RANDOM = 2,      /* actfn_rrelu_f32 ..., actfn_gumbel_softmax_f32 ... */
    ACTFN_FAMILY_GATES = 3,       /* actfn_gates_forward_f32 ... */
    ACTFN_FAMILY_ROWS = 4,        /* actfn_rows_forward_f32 ... */
    ACTFN_FAMILY_LOSSES = 5       /* actfn_loss_f32, actfn_softmax_cross_entropy_f32 ... */
} actfn_family;

/* "elementwise", "channels", "random", "gates", "rows", "losses"; NULL for any other value. */
ACTFN_API const char *actfn_family_name(actfn_family family);

/* The greatest number of parameters of any operation. */
#define ACTFN_MAX_PARAMS 4

/* actfn_param_info.flags */
#define ACTFN_PARAM_REQUIRED 1u /* has no default */
#define ACTFN_PARAM_NONZERO 2u  /* 0 is not legal */
#define ACTFN_PARAM_GRADIENT 4u /* a gradient with respect to the parameter is offered */
#define ACTFN_PARAM_ARRAY 8u    /* an array with a value for each channel: the weights of the channels family */

/* A parameter.  NaN is never legal.  Read the struct through the pointer only: a later version may append fields. */
struct actfn_param_info {
    const char *name;
    float default_value; /* NaN where ACTFN_PARAM_REQUIRED */
    float minimum;       /* legal values p have minimum <= p <= maximum ... */
    float maximum;
    unsigned int flags; /* ... and p != 0 where ACTFN_PARAM_NONZERO is set */
};

/* actfn_op_info.flags */
#define ACTFN_OP_FROM_OUTPUT 1u    /* actfn_backward_from_output_f32 is offered */
#define ACTFN_OP_PARAM_GRADIENT 2u /* actfn_param_gradient_f32 is offered */
#define ACTFN_OP_READS_X 4u        /* rows: the backward function reads x */
#define ACTFN_OP_READS_Y 8u        /* rows: the backward function reads y */
#define ACTFN_OP_REDUCES 16u       /* rows: the result has one value for each row, not for each element */

/* An operation.  Read the struct through the pointer only: a later version may append fields. */
struct actfn_op_info {
    actfn_op op;
    const char *name;                   /* "leaky_relu" */
    const char *aliases;                /* other names for actfn_op_from_name, comma-separated, or "" */
    const char *formula;                /* f(x), in plain ASCII */
    const char *derivative;             /* f'(x) */
    const char *derivative_from_output; /* f' as a function of y, or "" */
    const char *note;                   /* special values and kinks, or "" */
    const char *legal;                  /* the condition between parameters ("min <= max"), or "" */
    const char *from_output_legal;      /* the condition for the from-output form ("slope >= 0"), or "" */
    float ulp_forward;                  /* bound of the error of f in ULP: 0 is exact, 0.5 correctly rounded */
    float ulp_backward;                 /* the same for f'; both in ACTFN_ACCURATE */
    int param_count;
    unsigned int flags;
    actfn_family family;
    float ulp_forward_fast; /* both bounds in ACTFN_FAST */
    float ulp_backward_fast;
};

/* The number of operations.  Their values are 0 ... count - 1. */
ACTFN_API int actfn_op_count(void);

/* The operation with this name or alias; ACTFN_OP_NONE if no operation has the name, or if name is NULL. */
ACTFN_API actfn_op actfn_op_from_name(const char *name);

/* The description of an operation, and of its parameter number `index`.  NULL if the operation or parameter does not
 * exist. */
ACTFN_API const struct actfn_op_info *actfn_op_info(actfn_op op);
ACTFN_API const struct actfn_param_info *actfn_op_param(actfn_op op, int index);

/* ---- elementwise, by operation ------------------------------------------------------------------------------- */

/*
 * params   param_count floats in the catalogue's order.  NULL means the defaults; the function returns ACTFN_ERR_NULL
 *          if a parameter has no default.  Parameters are checked even when n = 0.
 *
 * forward               y[i]  = f(x[i])
 * backward              dx[i] = dy[i] f'(x[i])
 * backward_from_output  the same, with f' computed from y[i] = f(x[i]): the forward pass may then run in place.
 *                       ACTFN_ERR_NOT_OFFERED where the operation or the parameters do not allow this form.
 * param_gradient        gradients[k] = sum over i of dy[i] (d f(x[i]) / d params[k]), for k < param_count.
 *                       A parameter without ACTFN_PARAM_GRADIENT gets +0.  When n = 0 and gradients is not NULL, all
 *                       parameters get +0.  gradients must not overlap params, x or dy.  The order of summation
 *                       depends on n alone, so the bits are the same on every instruction set.
 *                       For n up to 2^24 the error is at most 2^-21 (2^-20 in ACTFN_FAST) of the sum of the terms'
 *                       magnitudes, while that sum does not overflow.  Where d f / d params[k] is near a zero at an x
 *                       other than 0, parts of a term cancel; its magnitude is then that of the parts.
 *                       d f / d params[k] is a float before dy multiplies it.  So this factor may be infinite although
 *                       its product with dy would be finite, and below 2^-125 its error is 2^-146 (2^-145 in
 *                       ACTFN_FAST).  At an infinite x the factor is its limit, where the limit exists.
 *
 * Errors: ACTFN_ERR_OP, _MODE, _PARAM, _NULL, _SIZE, _OVERLAP, _NOT_OFFERED.
 */
ACTFN_API actfn_status actfn_forward_f32(actfn_op op, actfn_mode mode, const float *params, size_t n, const float *x,
                                         float *y);
ACTFN_API actfn_status actfn_backward_f32(actfn_op op, actfn_mode mode, const float *params, size_t n, const float *x,
                                          const float *dy, float *dx);
ACTFN_API actfn_status actfn_backward_from_output_f32(actfn_op op, actfn_mode mode, const float *params, size_t n,
                                                      const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_param_gradient_f32(actfn_op op, actfn_mode mode, const float *params, size_t n,
                                                const float *x, const float *dy, float *gradients);

/*
 * Resolve once, call often: the kernel that the active instruction set has for an operation, for inference engines.
 * The kernel does the arithmetic of the functions above and nothing else.  It checks nothing: the caller passes
 * param_count legal floats in params (NULL only where the operation has no parameter) and keeps to the rules of aliasing
 * above.  Before the call, the caller must set round-to-nearest and mask the traps; the kernel may raise sticky flags.
 * A later actfn_isa_select does not change a resolved pointer.
 * The result is NULL where the operation or mode does not exist, or where the operation does not offer the form.
 */
typedef void (*actfn_forward_fn)(const float *params, size_t n, const float *x, float *y);
typedef void (*actfn_backward_fn)(const float *params, size_t n, const float *x_or_y, const float *dy, float *dx);
ACTFN_API actfn_forward_fn actfn_forward_kernel_f32(actfn_op op, actfn_mode mode);
ACTFN_API actfn_backward_fn actfn_backward_kernel_f32(actfn_op op, actfn_mode mode);
ACTFN_API actfn_backward_fn actfn_backward_from_output_kernel_f32(actfn_op op, actfn_mode mode);

/* ---- elementwise, 16 bits ------------------------------------------------------------------------------------ */

/* A bfloat16, the upper half of a float; a float16, IEEE's binary16.  Both are held as their bits. */
typedef uint16_t actfn_bf16;
typedef uint16_t actfn_f16;

/*
 * The same operations on buffers of 16-bit numbers.  Parameters and their gradients stay floats.  Both modes have the same
 * kernels, and these have the same bits on every instruction set.
 *
 * forward               y[i] is f(x[i]), correctly rounded: the number of the type that is nearest to the exact f, with ties to
 *                       even.  Subnormal numbers are kept.  The result is infinite from half-way past the largest number on.
 *                       This holds for each of the 65 536 x at the default parameters, and at the other parameters that the
 *                       tests use.  At any other legal parameters the error is at most 0.5 + 2^-7 ULP of the type (for pow,
 *                       where x^beta is a normal float).
 * backward, _from_output   dx[i] is the result of the fast mode in floats, rounded once to the type.
 * param_gradient        gradients[k] are floats, summed as in the fast mode, in an order that depends on n alone.
 *
 * Aliasing and errors are those of the entries above.  A NaN becomes a quiet NaN.
 */
ACTFN_API actfn_status actfn_forward_bf16(actfn_op op, actfn_mode mode, const float *params, size_t n,
                                          const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_backward_bf16(actfn_op op, actfn_mode mode, const float *params, size_t n,
                                           const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_backward_from_output_bf16(actfn_op op, actfn_mode mode, const float *params, size_t n,
                                                       const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_param_gradient_bf16(actfn_op op, actfn_mode mode, const float *params, size_t n,
                                                 const actfn_bf16 *x, const actfn_bf16 *dy, float *gradients);
ACTFN_API actfn_status actfn_forward_f16(actfn_op op, actfn_mode mode, const float *params, size_t n,
                                         const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_backward_f16(actfn_op op, actfn_mode mode, const float *params, size_t n,
                                          const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_backward_from_output_f16(actfn_op op, actfn_mode mode, const float *params, size_t n,
                                                      const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_param_gradient_f16(actfn_op op, actfn_mode mode, const float *params, size_t n,
                                                const actfn_f16 *x, const actfn_f16 *dy, float *gradients);

/* Resolved kernels, as above. */
typedef void (*actfn_forward_bf16_fn)(const float *params, size_t n, const actfn_bf16 *x, actfn_bf16 *y);
typedef void (*actfn_backward_bf16_fn)(const float *params, size_t n, const actfn_bf16 *x_or_y, const actfn_bf16 *dy,
                                       actfn_bf16 *dx);
typedef void (*actfn_forward_f16_fn)(const float *params, size_t n, const actfn_f16 *x, actfn_f16 *y);
typedef void (*actfn_backward_f16_fn)(const float *params, size_t n, const actfn_f16 *x_or_y, const actfn_f16 *dy,
                                      actfn_f16 *dx);
ACTFN_API actfn_forward_bf16_fn actfn_forward_kernel_bf16(actfn_op op, actfn_mode mode);
ACTFN_API actfn_backward_bf16_fn actfn_backward_kernel_bf16(actfn_op op, actfn_mode mode);
ACTFN_API actfn_backward_bf16_fn actfn_backward_from_output_kernel_bf16(actfn_op op, actfn_mode mode);
ACTFN_API actfn_forward_f16_fn actfn_forward_kernel_f16(actfn_op op, actfn_mode mode);
ACTFN_API actfn_backward_f16_fn actfn_backward_kernel_f16(actfn_op op, actfn_mode mode);
ACTFN_API actfn_backward_f16_fn actfn_backward_from_output_kernel_f16(actfn_op op, actfn_mode mode);

/*
 * Conversions.  From f32, the result is the nearest number of the type, with ties to even.  Subnormal numbers are kept.  The
 * result is infinite from half-way past the largest number on.  To f32, the result is exact.  A NaN becomes a quiet NaN of the
 * same sign.
 * From f32, y may begin where x does; any other overlap is refused.
 * Errors: ACTFN_ERR_NULL, _SIZE, _OVERLAP.
 */
ACTFN_API actfn_status actfn_f32_to_bf16(size_t n, const float *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_bf16_to_f32(size_t n, const actfn_bf16 *x, float *y);
ACTFN_API actfn_status actfn_f32_to_f16(size_t n, const float *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_f16_to_f32(size_t n, const actfn_f16 *x, float *y);

/*
 * Streaming: stores that bypass the caches.  Some operations only wait for memory (relu, hardswish ...; in the fast mode
 * most derivatives and exp too).  Such an operation streams a result that is not in place and has at least `threshold`
 * bytes: the CPU then does not read the old contents into the caches first.  The bits do not change.  The default
 * threshold is half the last-level cache, but at most eight times the second level.  The process has one threshold; any
 * thread may set it at any time.  0 sets the default, SIZE_MAX switches streaming off.  Results under 1 MiB are never
 * streamed.
 */
ACTFN_API size_t actfn_streaming_threshold(void);
ACTFN_API void actfn_set_streaming_threshold(size_t bytes);

/* ---- threads --------------------------------------------------------------------------------------------------- */

/*
 * The library starts no threads.  An engine whose threads share a buffer asks for the part of thread i:
 *     actfn_part(n, parts, i, &begin, &count);
 *     actfn_gelu_f32(count, x + begin, y + begin);
 * The bits do not depend on the split, except where the operation sums over elements (parameter and weight gradients).
 *
 * The parts 0 ... parts - 1 are disjoint, follow each other, and together are 0 ... n - 1.  A part begins at a multiple of 64
 * elements, which is whole cache lines for each type, or at n.  Parts differ by at most 127 elements.  A part has at least
 * 16384 - 63 elements, or it is empty with begin = n.  If n is smaller, part 0 has all n elements.
 *
 * actfn_part_rows splits `rows` rows of `width` elements between rows; begin and count are rows.  For the last axis of a row
 * operation `width` is n, and for another axis all that lies below the first one.  A non-empty part has at least 7/8 of 16384
 * elements, or it is the only one.
 *
 * Errors: ACTFN_ERR_NULL (begin or count), _INDEX (i >= parts); nothing is written then.
 */
ACTFN_API actfn_status actfn_part(size_t n, size_t parts, size_t i, size_t *begin, size_t *count);
ACTFN_API actfn_status actfn_part_rows(size_t rows, size_t width, size_t parts, size_t i, size_t *begin, size_t *count);

/* ---- channels: prelu, srelu, apl ------------------------------------------------------------------------------ */

/*
 * Activations with a trainable set of weights for each channel, over a contiguous tensor (outer, channels, inner):
 *     x[(o * channels + c) * inner + i]
 * Channels first (N, C, H, W) is outer = N, inner = H * W.  Channels last is outer = N * H * W, inner = 1.  One set of
 * weights for all elements is channels = 1.
 *
 * weights   the operation's arrays in the catalogue's order (ACTFN_PARAM_ARRAY), each of terms * channels finite floats,
 *           [terms][channels]
 *               prelu  { a }                 y = x > 0 ? x : a x
 *               srelu  { tl, al, tr, ar }    y = x <= tl ? tl + al (x - tl) : x >= tr ? tr + ar (x - tr) : x
 *               apl    { a, b }              y = max(0, x) + sum over s of a[s] max(0, b[s] - x)
 *           Where b[s] - x overflows, the term of s is infinite.
 *           Go: cgo takes an array of pointers only where each weight array is pinned (runtime.Pinner) or is C memory.
 * terms     the number of s in apl's sum, at least 1; 1 for the others
 *
 * backward              dx = dy f'(x).  dweights[k][s * channels + c] = the sum over o and i of dy times the derivative
 *                       of f with respect to that weight.  dx, dweights and each dweights[k] may be NULL.  The gradients
 *                       are written, not added to.  Where outer or inner is 0, all gradients of weights are +0.
 * backward_from_output  dx from y; for prelu only, and only if every a >= 0 (else ACTFN_ERR_NOT_OFFERED)
 *
 * y may be x; dx may be dy or x (or y).  Weights overlap no output, and gradients of weights overlap nothing.
 * Special values: products with a weight follow IEEE 754, so 0 inf is NaN.  A NaN x gives NaN in y, dx and the gradients
 * of its channel (all four of srelu).  prelu'(0) = a, srelu'(tl) = al, srelu'(tr) = ar, and max(0, u) has derivative 0 at 0.
 * Bits: the order of the sums depends on (outer, inner) alone.  Up to 2^24 terms, the error of a sum is at most 2^-21 of
 * the sum of the terms' magnitudes, while that sum does not overflow.
 * Errors: ACTFN_ERR_OP, _NOT_OFFERED, _MODE, _SHAPE (terms), _SIZE, _NULL, _PARAM (a weight is not finite), _OVERLAP.
 */
ACTFN_API actfn_status actfn_channels_forward_f32(actfn_op op, actfn_mode mode, size_t outer, size_t channels,
                                                  size_t inner, size_t terms, const float *const *weights,
                                                  const float *x, float *y);
ACTFN_API actfn_status actfn_channels_backward_f32(actfn_op op, actfn_mode mode, size_t outer, size_t channels,
                                                   size_t inner, size_t terms, const float *const *weights,
                                                   const float *x, const float *dy, float *dx, float *const *dweights);
ACTFN_API actfn_status actfn_channels_backward_from_output_f32(actfn_op op, actfn_mode mode, size_t outer,
                                                               size_t channels, size_t inner, size_t terms,
                                                               const float *const *weights, const float *y,
                                                               const float *dy, float *dx);
/*
 * The same on bfloat16 and float16.  Weights and their gradients are floats; actfn_bf16_to_f32 and actfn_f16_to_f32 convert
 * weights of the type without a loss.  In both modes the results are those of the entries above on the numbers as floats, to
 * the bit; y and dx are rounded once.
 */
ACTFN_API actfn_status actfn_channels_forward_bf16(actfn_op op, actfn_mode mode, size_t outer, size_t channels,
                                                   size_t inner, size_t terms, const float *const *weights,
                                                   const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_channels_backward_bf16(actfn_op op, actfn_mode mode, size_t outer, size_t channels,
                                                    size_t inner, size_t terms, const float *const *weights,
                                                    const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx,
                                                    float *const *dweights);
ACTFN_API actfn_status actfn_channels_backward_from_output_bf16(actfn_op op, actfn_mode mode, size_t outer,
                                                                size_t channels, size_t inner, size_t terms,
                                                                const float *const *weights, const actfn_bf16 *y,
                                                                const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_channels_forward_f16(actfn_op op, actfn_mode mode, size_t outer, size_t channels,
                                                  size_t inner, size_t terms, const float *const *weights,
                                                  const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_channels_backward_f16(actfn_op op, actfn_mode mode, size_t outer, size_t channels,
                                                   size_t inner, size_t terms, const float *const *weights,
                                                   const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx,
                                                   float *const *dweights);
ACTFN_API actfn_status actfn_channels_backward_from_output_f16(actfn_op op, actfn_mode mode, size_t outer,
                                                               size_t channels, size_t inner, size_t terms,
                                                               const float *const *weights, const actfn_f16 *y,
                                                               const actfn_f16 *dy, actfn_f16 *dx);

/* ---- gates: glu, reglu, geglu, geglu_tanh, geglu_quick, swiglu, swiglu_oai ------------------------------------- */

/*
 * y = v g(u): u is the gate, v the value, g an activation.  The tensors have `rows` rows of n elements each.  A stride is
 * the distance in elements from one row to the next; with more than one row it is at least n.
 *
 * forward   y = v g(u)
 * backward  du = dy v g'(u), dv = dy g(u); du or dv may be NULL
 *
 * y may be u or v; du and dv may be dy, u or v; each with the same stride.  Outputs may interleave with inputs and with
 * each other as the halves of packed rows do: the same stride, and no element in common.  Any other overlap is refused.
 * swiglu_oai: y = m s(alpha m) (k + 1) with m = min(u, limit), k = max(-limit, min(v, limit)), s = sigmoid.
 * A NaN in u or v gives NaN in y.  The product with v follows IEEE 754; the special values of g are those of the
 * activation.  g(u), and for du the product v g'(u), are rounded to a float first.  If this float is infinite or 0, the
 * last multiplication does not bring the lost value back.
 * Errors: ACTFN_ERR_OP, _NOT_OFFERED, _MODE, _PARAM, _SHAPE (a stride), _NULL, _SIZE, _OVERLAP.
 */
ACTFN_API actfn_status actfn_gates_forward_f32(actfn_op op, actfn_mode mode, const float *params, size_t rows, size_t n,
                                               const float *u, size_t u_stride, const float *v, size_t v_stride,
                                               float *y, size_t y_stride);
ACTFN_API actfn_status actfn_gates_backward_f32(actfn_op op, actfn_mode mode, const float *params, size_t rows,
                                                size_t n, const float *u, size_t u_stride, const float *v,
                                                size_t v_stride, const float *dy, size_t dy_stride, float *du,
                                                size_t du_stride, float *dv, size_t dv_stride);

/* Which half of a packed row is the gate.  Other libraries disagree, so the layout has no default, and 0 is an error. */
typedef enum actfn_gate_layout {
    ACTFN_GATE_FIRST = 1, /* ggml, ONNX SwiGLU, the gate/up halves of Llama */
    ACTFN_GATE_LAST = 2   /* glu of PyTorch, JAX and Keras; ggml's "swapped" */
} actfn_gate_layout;

/*
 * The same on packed rows: a row of x and of dx has `width` elements, gate and value side by side; a row of y and of dy
 * has width / 2.  dx may be x.  ACTFN_ERR_SHAPE where width is odd or the layout is neither of the two.
 */
ACTFN_API actfn_status actfn_gates_packed_forward_f32(actfn_op op, actfn_mode mode, const float *params,
                                                      actfn_gate_layout layout, size_t rows, size_t width,
                                                      const float *x, float *y);
ACTFN_API actfn_status actfn_gates_packed_backward_f32(actfn_op op, actfn_mode mode, const float *params,
                                                       actfn_gate_layout layout, size_t rows, size_t width,
                                                       const float *x, const float *dy, float *dx);

/*
 * The same in 16 bits.  The results are those of the fast mode in floats, rounded once to the type, so the error is at most
 * 0.5 + 2^-7 ULP of the type.  The bits are the same on every instruction set.
 */
ACTFN_API actfn_status actfn_gates_forward_bf16(actfn_op op, actfn_mode mode, const float *params, size_t rows,
                                                size_t n, const actfn_bf16 *u, size_t u_stride, const actfn_bf16 *v,
                                                size_t v_stride, actfn_bf16 *y, size_t y_stride);
ACTFN_API actfn_status actfn_gates_backward_bf16(actfn_op op, actfn_mode mode, const float *params, size_t rows,
                                                 size_t n, const actfn_bf16 *u, size_t u_stride, const actfn_bf16 *v,
                                                 size_t v_stride, const actfn_bf16 *dy, size_t dy_stride,
                                                 actfn_bf16 *du, size_t du_stride, actfn_bf16 *dv, size_t dv_stride);
ACTFN_API actfn_status actfn_gates_packed_forward_bf16(actfn_op op, actfn_mode mode, const float *params,
                                                       actfn_gate_layout layout, size_t rows, size_t width,
                                                       const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_gates_packed_backward_bf16(actfn_op op, actfn_mode mode, const float *params,
                                                        actfn_gate_layout layout, size_t rows, size_t width,
                                                        const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_gates_forward_f16(actfn_op op, actfn_mode mode, const float *params, size_t rows, size_t n,
                                               const actfn_f16 *u, size_t u_stride, const actfn_f16 *v, size_t v_stride,
                                               actfn_f16 *y, size_t y_stride);
ACTFN_API actfn_status actfn_gates_backward_f16(actfn_op op, actfn_mode mode, const float *params, size_t rows,
                                                size_t n, const actfn_f16 *u, size_t u_stride, const actfn_f16 *v,
                                                size_t v_stride, const actfn_f16 *dy, size_t dy_stride, actfn_f16 *du,
                                                size_t du_stride, actfn_f16 *dv, size_t dv_stride);
ACTFN_API actfn_status actfn_gates_packed_forward_f16(actfn_op op, actfn_mode mode, const float *params,
                                                      actfn_gate_layout layout, size_t rows, size_t width,
                                                      const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_gates_packed_backward_f16(actfn_op op, actfn_mode mode, const float *params,
                                                       actfn_gate_layout layout, size_t rows, size_t width,
                                                       const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/* ---- rows: softmax, log_softmax, softmin, hardmax, logsumexp, logmeanexp, sparsemax, maxout --------------------- */

/*
 * Operations over one axis of a contiguous tensor (outer, n, inner).  This form describes any axis of any contiguous tensor:
 *     x[(o * n + k) * inner + i], where a row is all k of one (o, i)
 * The last axis is inner = 1.  m is the row's maximum.
 *
 * y has the shape of x, or (outer, inner) for the operations that reduce (ACTFN_OP_REDUCES: logsumexp, logmeanexp,
 * maxout).  maxout over g groups of k consecutive entries of an axis is a row operation on (outer * g, k, inner).
 * params is { scale } for softmax, log_softmax and softmin, which take scale * x for x; NULL for 1.
 *
 * backward  dx from dy, which has y's shape.  The catalogue says whether backward reads x, y or both (ACTFN_OP_READS_X,
 *           _READS_Y); a tensor that is not read may be NULL.  dx contains the factor scale.
 *
 * flags     0, or ACTFN_MASKED_ROWS_ZERO: a row of -inf only (a masked row) gives +0 in softmax and sparsemax and -inf in
 *           log_softmax; in softmin, a row of +inf only gives +0.  Without the flag such a row gives NaN.
 *
 * y may be x, and dx may be dy, x or y, where the two have one shape.  No n needs a workspace.
 * Special values
 *     a NaN in the row     NaN in all of the row's results
 *     +inf, no NaN         (-inf for softmin) NaN; logsumexp, logmeanexp and maxout +inf; hardmax 1 at the first
 *     -inf entries         +0 in softmax and sparsemax, -inf in log_softmax; dx +0 there (dy in log_softmax)
 *     ties                 equal shares; hardmax and maxout take the first
 * In softmax and softmin an element whose weight y is 0 takes no part in its row's gradient, whatever its dy is.
 * Where the sum of the magnitudes of dy (in softmax and softmin: of dy y) overflows, dx may be infinite or NaN.
 * Bits: a row's result depends on the values of the row alone, not on inner and not on the row's address, so the bits are
 * the same for every axis.
 * Errors: ACTFN_ERR_OP, _NOT_OFFERED, _MODE, _PARAM, _FLAGS, _NULL, _SIZE, _OVERLAP.  n = 0 does nothing, except in
 * logsumexp and logmeanexp, which give -inf.
 */
#define ACTFN_MASKED_ROWS_ZERO 1u

ACTFN_API actfn_status actfn_rows_forward_f32(actfn_op op, actfn_mode mode, const float *params, unsigned int flags,
                                              size_t outer, size_t n, size_t inner, const float *x, float *y);
ACTFN_API actfn_status actfn_rows_backward_f32(actfn_op op, actfn_mode mode, const float *params, unsigned int flags,
                                               size_t outer, size_t n, size_t inner, const float *x, const float *y,
                                               const float *dy, float *dx);

/*
 * The same on bfloat16 and float16.  In both modes the results are those of ACTFN_FAST on the numbers as floats, to the bit,
 * rounded once.  The rules above hold for buffers of the type.
 *
 * rows_reduce   for the operations that reduce: y and dy are floats.  y and x, and dy and dx, overlap nothing.  In backward,
 *               e^(x - y) has the error of y, so a y that is rounded to 16 bits costs accuracy.  Errors: also
 *               ACTFN_ERR_NOT_OFFERED for an operation that does not reduce.
 */
ACTFN_API actfn_status actfn_rows_forward_bf16(actfn_op op, actfn_mode mode, const float *params, unsigned int flags,
                                               size_t outer, size_t n, size_t inner, const actfn_bf16 *x,
                                               actfn_bf16 *y);
ACTFN_API actfn_status actfn_rows_backward_bf16(actfn_op op, actfn_mode mode, const float *params, unsigned int flags,
                                                size_t outer, size_t n, size_t inner, const actfn_bf16 *x,
                                                const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_rows_reduce_forward_bf16(actfn_op op, actfn_mode mode, const float *params,
                                                      unsigned int flags, size_t outer, size_t n, size_t inner,
                                                      const actfn_bf16 *x, float *y);
ACTFN_API actfn_status actfn_rows_reduce_backward_bf16(actfn_op op, actfn_mode mode, const float *params,
                                                       unsigned int flags, size_t outer, size_t n, size_t inner,
                                                       const actfn_bf16 *x, const float *y, const float *dy,
                                                       actfn_bf16 *dx);
ACTFN_API actfn_status actfn_rows_forward_f16(actfn_op op, actfn_mode mode, const float *params, unsigned int flags,
                                              size_t outer, size_t n, size_t inner, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_rows_backward_f16(actfn_op op, actfn_mode mode, const float *params, unsigned int flags,
                                               size_t outer, size_t n, size_t inner, const actfn_f16 *x,
                                               const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_rows_reduce_forward_f16(actfn_op op, actfn_mode mode, const float *params,
                                                     unsigned int flags, size_t outer, size_t n, size_t inner,
                                                     const actfn_f16 *x, float *y);
ACTFN_API actfn_status actfn_rows_reduce_backward_f16(actfn_op op, actfn_mode mode, const float *params,
                                                      unsigned int flags, size_t outer, size_t n, size_t inner,
                                                      const actfn_f16 *x, const float *y, const float *dy,
                                                      actfn_f16 *dx);

/*
 * maxout with the index of each row's first maximum, 0 <= index < n.  In a row with a NaN the index is that of the first
 * NaN.  n is at most 2^24 (ACTFN_ERR_SIZE).  backward gives dx = dy at that index and +0 elsewhere, and does not read x.
 * For an index outside its row the function returns ACTFN_ERR_INDEX and leaves dx untouched.  index overlaps nothing.
 * Where n = 1, y may be x and dx may be dy; y and dx overlap nothing else.
 */
ACTFN_API actfn_status actfn_maxout_index_f32(actfn_mode mode, size_t outer, size_t n, size_t inner, const float *x,
                                              float *y, int32_t *index);
ACTFN_API actfn_status actfn_maxout_backward_from_index_f32(actfn_mode mode, size_t outer, size_t n, size_t inner,
                                                            const int32_t *index, const float *dy, float *dx);
ACTFN_API actfn_status actfn_maxout_index_bf16(actfn_mode mode, size_t outer, size_t n, size_t inner,
                                               const actfn_bf16 *x, actfn_bf16 *y, int32_t *index);
ACTFN_API actfn_status actfn_maxout_backward_from_index_bf16(actfn_mode mode, size_t outer, size_t n, size_t inner,
                                                             const int32_t *index, const actfn_bf16 *dy,
                                                             actfn_bf16 *dx);
ACTFN_API actfn_status actfn_maxout_index_f16(actfn_mode mode, size_t outer, size_t n, size_t inner, const actfn_f16 *x,
                                              actfn_f16 *y, int32_t *index);
ACTFN_API actfn_status actfn_maxout_backward_from_index_f16(actfn_mode mode, size_t outer, size_t n, size_t inner,
                                                            const int32_t *index, const actfn_f16 *dy, actfn_f16 *dx);

/* ---- random: rrelu, gumbel_softmax ------------------------------------------------------------------------------ */

/*
 * The noise is Philox4x32-10: a function of (seed, stream, index) and of nothing else, without a state.  The noise is the
 * same on every instruction set.  A caller who splits a buffer gets the same noise if `offset` is the index of each part's
 * first element.  Draw i is word number (i + offset) mod 4 of block q = (i + offset) / 4.  The counter of the block is
 * (lo q, hi q, lo stream, hi stream), its key (lo seed, hi seed).  A word w makes the uniform number (w >> 8) 2^-24, in
 * [0, 1).
 *
 * actfn_random_u32   the n draws themselves
 */
ACTFN_API actfn_status actfn_random_u32(size_t n, uint32_t *words, uint64_t seed, uint64_t stream, uint64_t offset);

/*
 * rrelu, the randomized leaky ReLU: y = x > 0 ? x : r x, with r = min(fma(u, upper - lower, lower), upper), u uniform.  Each
 * element uses one draw, also where x > 0.  params is { lower, upper }, finite, lower <= upper; NULL means 1/8 and 1/3.
 *
 * noise                 if not NULL, gets r where x <= 0, and 1 where x > 0 or x is NaN
 * backward              dx = x > 0 ? dy : r dy, with r drawn again from the same seed, stream and offset
 * backward_from_output  the same from y; needs lower >= 0 (else ACTFN_ERR_NOT_OFFERED)
 * backward_from_noise   dx = noise dy
 * eval                  leaky_relu with the slope (lower + upper) / 2, in both directions
 *
 * y may be x; dx may be dy, or x, y or noise; noise overlaps nothing.
 * Errors: ACTFN_ERR_MODE, _PARAM, _NULL, _SIZE, _OVERLAP, _NOT_OFFERED.
 */
ACTFN_API actfn_status actfn_rrelu_f32(actfn_mode mode, const float *params, size_t n, const float *x, float *y,
                                       float *noise, uint64_t seed, uint64_t stream, uint64_t offset);
ACTFN_API actfn_status actfn_rrelu_backward_f32(actfn_mode mode, const float *params, size_t n, const float *x,
                                                const float *dy, float *dx, uint64_t seed, uint64_t stream,
                                                uint64_t offset);
ACTFN_API actfn_status actfn_rrelu_backward_from_output_f32(actfn_mode mode, const float *params, size_t n,
                                                            const float *y, const float *dy, float *dx, uint64_t seed,
                                                            uint64_t stream, uint64_t offset);
ACTFN_API actfn_status actfn_rrelu_backward_from_noise_f32(actfn_mode mode, size_t n, const float *noise,
                                                           const float *dy, float *dx);
ACTFN_API actfn_status actfn_rrelu_eval_f32(actfn_mode mode, const float *params, size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_rrelu_eval_backward_f32(actfn_mode mode, const float *params, size_t n, const float *x,
                                                     const float *dy, float *dx);
/*
 * The same on bfloat16 and float16.  An element has the draw that it has in the entries above, and y is r x rounded once.  The
 * noise has the type, so backward_from_noise computes with r rounded.  eval is actfn_leaky_relu_bf16, or _f16.
 */
ACTFN_API actfn_status actfn_rrelu_bf16(actfn_mode mode, const float *params, size_t n, const actfn_bf16 *x,
                                        actfn_bf16 *y, actfn_bf16 *noise, uint64_t seed, uint64_t stream,
                                        uint64_t offset);
ACTFN_API actfn_status actfn_rrelu_backward_bf16(actfn_mode mode, const float *params, size_t n, const actfn_bf16 *x,
                                                 const actfn_bf16 *dy, actfn_bf16 *dx, uint64_t seed, uint64_t stream,
                                                 uint64_t offset);
ACTFN_API actfn_status actfn_rrelu_backward_from_output_bf16(actfn_mode mode, const float *params, size_t n,
                                                             const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx,
                                                             uint64_t seed, uint64_t stream, uint64_t offset);
ACTFN_API actfn_status actfn_rrelu_backward_from_noise_bf16(actfn_mode mode, size_t n, const actfn_bf16 *noise,
                                                            const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_rrelu_eval_bf16(actfn_mode mode, const float *params, size_t n, const actfn_bf16 *x,
                                             actfn_bf16 *y);
ACTFN_API actfn_status actfn_rrelu_eval_backward_bf16(actfn_mode mode, const float *params, size_t n,
                                                      const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_rrelu_f16(actfn_mode mode, const float *params, size_t n, const actfn_f16 *x, actfn_f16 *y,
                                       actfn_f16 *noise, uint64_t seed, uint64_t stream, uint64_t offset);
ACTFN_API actfn_status actfn_rrelu_backward_f16(actfn_mode mode, const float *params, size_t n, const actfn_f16 *x,
                                                const actfn_f16 *dy, actfn_f16 *dx, uint64_t seed, uint64_t stream,
                                                uint64_t offset);
ACTFN_API actfn_status actfn_rrelu_backward_from_output_f16(actfn_mode mode, const float *params, size_t n,
                                                            const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx,
                                                            uint64_t seed, uint64_t stream, uint64_t offset);
ACTFN_API actfn_status actfn_rrelu_backward_from_noise_f16(actfn_mode mode, size_t n, const actfn_f16 *noise,
                                                           const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_rrelu_eval_f16(actfn_mode mode, const float *params, size_t n, const actfn_f16 *x,
                                            actfn_f16 *y);
ACTFN_API actfn_status actfn_rrelu_eval_backward_f16(actfn_mode mode, const float *params, size_t n, const actfn_f16 *x,
                                                     const actfn_f16 *dy, actfn_f16 *dx);

/*
 * gumbel_softmax over (outer, n, inner): y = softmax((x + g) / tau), g = -ln(-ln u), u = ((w >> 8) + 1/2) 2^-24 with the draw
 * of the element's index in x.  params is { tau }, > 0; NULL for 1.
 *
 * flags     0, or ACTFN_GUMBEL_HARD: y is 1 at the first maximum of the soft y, +0 elsewhere
 * soft      if not NULL, gets the soft y, which backward needs; overlaps nothing
 * backward  dx = soft (dy - sum of soft dy) / tau, hard or not
 *
 * Rows, aliasing (y may be x; dx may be dy or soft) and special values are those of softmax.
 */
#define ACTFN_GUMBEL_HARD 1u
ACTFN_API actfn_status actfn_gumbel_softmax_f32(actfn_mode mode, const float *params, unsigned int flags, size_t outer,
                                                size_t n, size_t inner, const float *x, float *y, float *soft,
                                                uint64_t seed, uint64_t stream, uint64_t offset);
ACTFN_API actfn_status actfn_gumbel_softmax_backward_f32(actfn_mode mode, const float *params, size_t outer, size_t n,
                                                         size_t inner, const float *soft, const float *dy, float *dx);
/*
 * The same on bfloat16 and float16.  In both modes the results are those of ACTFN_FAST on the numbers as floats, to the bit,
 * rounded once.  The hard y is made from the soft y before the soft y is rounded.
 */
ACTFN_API actfn_status actfn_gumbel_softmax_bf16(actfn_mode mode, const float *params, unsigned int flags, size_t outer,
                                                 size_t n, size_t inner, const actfn_bf16 *x, actfn_bf16 *y,
                                                 actfn_bf16 *soft, uint64_t seed, uint64_t stream, uint64_t offset);
ACTFN_API actfn_status actfn_gumbel_softmax_backward_bf16(actfn_mode mode, const float *params, size_t outer, size_t n,
                                                          size_t inner, const actfn_bf16 *soft, const actfn_bf16 *dy,
                                                          actfn_bf16 *dx);
ACTFN_API actfn_status actfn_gumbel_softmax_f16(actfn_mode mode, const float *params, unsigned int flags, size_t outer,
                                                size_t n, size_t inner, const actfn_f16 *x, actfn_f16 *y,
                                                actfn_f16 *soft, uint64_t seed, uint64_t stream, uint64_t offset);
ACTFN_API actfn_status actfn_gumbel_softmax_backward_f16(actfn_mode mode, const float *params, size_t outer, size_t n,
                                                         size_t inner, const actfn_f16 *soft, const actfn_f16 *dy,
                                                         actfn_f16 *dx);

/* ---- losses: sigmoid_bce, sigmoid_mse, softmax_cross_entropy ------------------------------------------------------ */

/*
 * From logits z and targets t, the loss and its gradient in one pass; loss or dz may be NULL.  Nothing is reduced: each
 * element (sigmoid_bce, sigmoid_mse) or each row (softmax_cross_entropy) has its own loss.  If w is not NULL, the loss is
 * multiplied by its weight w.  dz is the derivative of this loss, times `scale`.  The caller puts into `scale` the factor
 * of the reduction (1, 1/N, ...) and the incoming gradient.
 *
 *     sigmoid_bce   -p t ln a - (1 - t) ln(1 - a), a = sigmoid(z), 0 <= t <= 1; params is { pos_weight = p }, >= 0; NULL is 1
 *     sigmoid_mse   (a - t)^2 / 2; params is NULL
 *
 * loss and dz may each be z, t or w, and overlap nothing else.  NaN in z or t gives NaN.  sigmoid_bce at z = +inf: t = 1 gives
 * 0 and dz -0, t = 0 gives +inf and dz 1.  Targets are not checked.
 * Errors: ACTFN_ERR_OP, _NOT_OFFERED, _MODE, _PARAM (also a scale that is not finite), _NULL, _SIZE, _OVERLAP.
 */
ACTFN_API actfn_status actfn_loss_f32(actfn_op op, actfn_mode mode, const float *params, size_t n, const float *z,
                                      const float *t, const float *w, float scale, float *loss, float *dz);
/*
 * The same on logits and targets in bfloat16 and float16, with losses and weights in floats.  In both modes the results are those
 * of ACTFN_FAST on the numbers as floats, to the bit; dz is rounded once.  loss may be w, and dz may be z or t.  loss and dz
 * overlap nothing else.
 */
ACTFN_API actfn_status actfn_loss_bf16(actfn_op op, actfn_mode mode, const float *params, size_t n, const actfn_bf16 *z,
                                       const actfn_bf16 *t, const float *w, float scale, float *loss, actfn_bf16 *dz);
ACTFN_API actfn_status actfn_loss_f16(actfn_op op, actfn_mode mode, const float *params, size_t n, const actfn_f16 *z,
                                      const actfn_f16 *t, const float *w, float scale, float *loss, actfn_f16 *dz);

/*
 * softmax_cross_entropy: z is (outer, n, inner), and each row is a sample; loss and w are (outer, inner).
 *
 * by class   classes is (outer, inner).  An element is the index of the true class, or ignore_index, which gives a loss of
 *            0 and a dz of +0; a negative ignore_index is no class.  Any other index outside 0 ... n - 1 is
 *            ACTFN_ERR_INDEX.  params is { label_smoothing = e }, 0 <= e <= 1; NULL means 0: t_k = (1 - e) [k = class] + e / n.
 * dense      t is (outer, n, inner), t_k >= 0 (not checked).  loss = sum of t_k (logsumexp(z) - z_k), where a term with
 *            t_k = 0 is 0.  dz = (sum of t) softmax(z) - t.  A row of zeros in t masks its sample.
 *
 * dz may be z (or t); loss overlaps nothing but w.  A row with a NaN or a +inf, and a row of -inf only, give NaN.
 * n = 0      z, t and dz have no element and may be NULL.  dense: the sum over a row is 0, so the loss is 0 times the row's
 *            weight.  by class: the classes are still checked; only ignore_index is legal, and the loss is 0.
 * Errors: ACTFN_ERR_MODE, _PARAM, _INDEX, _NULL, _SIZE, _OVERLAP; after an error nothing has been written.
 */
ACTFN_API actfn_status actfn_softmax_cross_entropy_f32(actfn_mode mode, const float *params, size_t outer, size_t n,
                                                       size_t inner, const float *z, const int64_t *classes,
                                                       int64_t ignore_index, const float *w, float scale, float *loss,
                                                       float *dz);
ACTFN_API actfn_status actfn_softmax_cross_entropy_dense_f32(actfn_mode mode, size_t outer, size_t n, size_t inner,
                                                             const float *z, const float *t, const float *w,
                                                             float scale, float *loss, float *dz);

/*
 * The same on logits and dense targets in bfloat16 and float16, with losses and weights in floats.  In both modes the results are
 * those of ACTFN_FAST on the numbers as floats, to the bit; dz is rounded once.  loss overlaps nothing but w.
 */
ACTFN_API actfn_status actfn_softmax_cross_entropy_bf16(actfn_mode mode, const float *params, size_t outer, size_t n,
                                                        size_t inner, const actfn_bf16 *z, const int64_t *classes,
                                                        int64_t ignore_index, const float *w, float scale, float *loss,
                                                        actfn_bf16 *dz);
ACTFN_API actfn_status actfn_softmax_cross_entropy_dense_bf16(actfn_mode mode, size_t outer, size_t n, size_t inner,
                                                              const actfn_bf16 *z, const actfn_bf16 *t, const float *w,
                                                              float scale, float *loss, actfn_bf16 *dz);
ACTFN_API actfn_status actfn_softmax_cross_entropy_f16(actfn_mode mode, const float *params, size_t outer, size_t n,
                                                       size_t inner, const actfn_f16 *z, const int64_t *classes,
                                                       int64_t ignore_index, const float *w, float scale, float *loss,
                                                       actfn_f16 *dz);
ACTFN_API actfn_status actfn_softmax_cross_entropy_dense_f16(actfn_mode mode, size_t outer, size_t n, size_t inner,
                                                             const actfn_f16 *z, const actfn_f16 *t, const float *w,
                                                             float scale, float *loss, actfn_f16 *dz);

/* ---- instruction sets ---------------------------------------------------------------------------------------- */

/*
 * The library has kernels for several instruction sets.  At first use the library takes the best set that the CPU and the
 * operating system support.  The environment variable ACTFN_ISA (one of the names below) caps this choice: a better set
 * is not taken.  An unknown value changes nothing.  Set-user-ID programs ignore the variable.
 *
 * actfn_isa_name       the instruction set in use: "avx512", "avx2", "neon" or "generic"
 * actfn_isa_at         the name of set number `index` in this library, best first; NULL past the last
 * actfn_isa_available  1 if this machine can run the set, else 0 (also for an unknown name), whatever ACTFN_ISA is
 * actfn_isa_reason     why the set is in use or not: "in use", "not chosen: a better one is available",
 *                      "this CPU lacks AVX-512BW", ...; never NULL
 * actfn_isa_select     uses the set from now on, in the whole process, whatever ACTFN_ISA is.  NULL goes back to the
 *                      automatic choice.  For an unknown or unavailable set: ACTFN_ERR_ISA, and no change.
 */
ACTFN_API const char *actfn_isa_name(void);
ACTFN_API const char *actfn_isa_at(int index);
ACTFN_API int actfn_isa_available(const char *name);
ACTFN_API const char *actfn_isa_reason(const char *name);
ACTFN_API actfn_status actfn_isa_select(const char *name);

/* The version of SLEEF that the library was built against ("3.5.1"), or "none": then there is no accurate mode. */
ACTFN_API const char *actfn_sleef_version(void);

/* ---- elementwise, by name, in the fast mode ------------------------------------------------------------------ */

/*
 * The functions above with the operation in the name and the parameters as arguments.  "error  2 ulp, f' 3 ulp" are the
 * error bounds.  A parameter outside the range that its line names is ACTFN_ERR_PARAM.  Other errors: ACTFN_ERR_NULL,
 * _SIZE, _OVERLAP, and _NOT_OFFERED from _backward_from_output where its condition does not hold.
 */

/* clang-format off */
/* begin generated from src/catalogue/ops.def: named functions: elementwise */
/*
 * identity(x) = x
 * f'         1
 * f' from y  1
 * error      exact, f' exact
 */
ACTFN_API actfn_status actfn_identity_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_identity_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_identity_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_identity_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_identity_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_identity_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_identity_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_identity_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_identity_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * binary_step(x) = x >= 0 ? 1 : 0
 * f'         0
 * f' from y  0
 * error      exact, f' exact
 * special    f(-0) = 1
 */
ACTFN_API actfn_status actfn_binary_step_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_binary_step_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_binary_step_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_binary_step_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_binary_step_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_binary_step_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_binary_step_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_binary_step_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_binary_step_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * sigmoid(x) = 1 / (1 + e^-x)
 * f'         s(x) s(-x), s = sigmoid
 * f' from y  y (1 - y)
 * error      4 ulp, f' 6 ulp; accurate 2 ulp, f' 3 ulp
 * special    f(-inf) = +0, f(+inf) = 1
 */
ACTFN_API actfn_status actfn_sigmoid_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_sigmoid_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_sigmoid_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_sigmoid_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_sigmoid_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_sigmoid_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_sigmoid_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_sigmoid_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_sigmoid_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * tanh(x) = (e^x - e^-x) / (e^x + e^-x)
 * f'         1 - tanh(x)^2
 * f' from y  (1 - y) (1 + y)
 * error      4 ulp, f' 6 ulp; accurate 2 ulp, f' 3 ulp
 * special    f(-0) = -0, f(+-inf) = +-1
 */
ACTFN_API actfn_status actfn_tanh_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_tanh_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_tanh_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_tanh_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_tanh_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_tanh_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_tanh_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_tanh_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_tanh_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * arctan(x) = atan x
 * f'         1 / (1 + x^2)
 * error      2 ulp, f' 2 ulp
 * special    f(-0) = -0, f(+-inf) = +-pi/2
 */
ACTFN_API actfn_status actfn_arctan_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_arctan_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_arctan_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_arctan_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_arctan_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_arctan_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * softsign(x) = x / (1 + |x|)
 * f'         1 / (1 + |x|)^2
 * f' from y  (1 - |y|)^2
 * error      1 ulp, f' 2 ulp
 * special    f(-0) = -0, f(+-inf) = +-1
 */
ACTFN_API actfn_status actfn_softsign_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_softsign_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_softsign_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_softsign_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_softsign_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_softsign_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_softsign_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_softsign_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_softsign_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * relu(x) = x > 0 ? x : +0
 * f'         x > 0 ? 1 : 0
 * f' from y  y > 0 ? 1 : 0
 * error      exact, f' exact
 * special    f(-0) = f(-inf) = +0; f'(0) = 0
 */
ACTFN_API actfn_status actfn_relu_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_relu_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_relu_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_relu_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_relu_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_relu_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_relu_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_relu_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_relu_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * relu6(x) = min(max(x, 0), 6)
 * f'         0 < x < 6 ? 1 : 0
 * f' from y  0 < y < 6 ? 1 : 0
 * error      exact, f' exact
 * special    f(-0) = +0; f'(0) = f'(6) = 0
 */
ACTFN_API actfn_status actfn_relu6_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_relu6_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_relu6_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_relu6_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_relu6_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_relu6_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_relu6_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_relu6_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_relu6_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * squared_relu(x) = max(x, 0)^2
 * f'         x > 0 ? 2x : 0
 * f' from y  2 sqrt(y)
 * error      0.5 ulp, f' exact
 * special    f(-0) = +0; +inf from 1.84467e19
 */
ACTFN_API actfn_status actfn_squared_relu_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_squared_relu_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_squared_relu_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_squared_relu_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_squared_relu_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_squared_relu_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_squared_relu_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_squared_relu_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_squared_relu_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * selu(x) = x > 0 ? L x : L A (e^x - 1), L = 1.0507009873554805, A = 1.6732632423543772
 * f'         x > 0 ? L : L A e^x
 * f' from y  y > 0 ? L : y + L A
 * error      3 ulp, f' 6 ulp; accurate 2 ulp, f' 2 ulp
 * special    f(-0) = -0, f(-inf) = -L A; f'(0) = L A
 */
ACTFN_API actfn_status actfn_selu_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_selu_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_selu_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_selu_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_selu_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_selu_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_selu_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_selu_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_selu_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * silu(x) = x / (1 + e^-x)
 * f'         s(x) (1 + x s(-x)), s = sigmoid
 * error      4 ulp, f' 5 ulp; accurate 2 ulp, f' 4 ulp
 * special    f(-0) = f(-inf) = -0; f'(-inf) = -0
 */
ACTFN_API actfn_status actfn_silu_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_silu_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_silu_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_silu_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_silu_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_silu_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * gelu(x) = x Phi(x) = x erfc(-x / sqrt 2) / 2
 * f'         Phi(x) + x phi(x)
 * error      4 ulp, f' 6 ulp
 * special    f(-0) = f(-inf) = -0; f'(-inf) = -0
 */
ACTFN_API actfn_status actfn_gelu_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_gelu_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_gelu_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_gelu_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_gelu_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_gelu_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * gelu_tanh(x) = x (1 + tanh u) / 2, u = sqrt(2/pi) (x + 0.044715 x^3)
 * f'         s(2u) (1 + 2x u' s(-2u)), s = sigmoid, u' = sqrt(2/pi) (1 + 0.134145 x^2)
 * error      4 ulp, f' 7 ulp; accurate 4 ulp, f' 6 ulp
 * special    f(-0) = f(-inf) = -0; f'(-inf) = -0
 */
ACTFN_API actfn_status actfn_gelu_tanh_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_gelu_tanh_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_gelu_tanh_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_gelu_tanh_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_gelu_tanh_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_gelu_tanh_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * gelu_quick(x) = x / (1 + e^(-1.702 x))
 * f'         s(t) (1 + t s(-t)), t = 1.702 x, s = sigmoid
 * error      4 ulp, f' 6 ulp; accurate 2 ulp, f' 4 ulp
 * special    f(-0) = f(-inf) = -0; f'(-inf) = -0
 */
ACTFN_API actfn_status actfn_gelu_quick_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_gelu_quick_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_gelu_quick_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_gelu_quick_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_gelu_quick_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_gelu_quick_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * mish(x) = x tanh(ln(1 + e^x))
 * f'         n/(n+2) + 4x w (1+w)/(n+2)^2, w = e^x, n = w (w+2)
 * error      4 ulp, f' 7 ulp; accurate 3 ulp, f' 5 ulp
 * special    f(-0) = f(-inf) = -0; f'(-inf) = -0
 */
ACTFN_API actfn_status actfn_mish_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_mish_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_mish_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_mish_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_mish_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_mish_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * hardsigmoid(x) = min(max(x + 3, 0), 6) / 6
 * f'         -3 < x < 3 ? 1/6 : 0
 * f' from y  0 < y < 1 ? 1/6 : 0
 * error      1 ulp, f' 0.5 ulp
 * special    f'(+-3) = 0
 */
ACTFN_API actfn_status actfn_hardsigmoid_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_hardsigmoid_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_hardsigmoid_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_hardsigmoid_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_hardsigmoid_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_hardsigmoid_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_hardsigmoid_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_hardsigmoid_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_hardsigmoid_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * hardswish(x) = x min(max(x + 3, 0), 6) / 6
 * f'         x <= -3 ? 0 : x >= 3 ? 1 : (2x + 3) / 6
 * error      2 ulp, f' 1 ulp
 * special    f(x) = -0 for x <= -3; f'(-3) = 0, f'(3) = 1
 */
ACTFN_API actfn_status actfn_hardswish_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_hardswish_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_hardswish_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_hardswish_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_hardswish_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_hardswish_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * log_sigmoid(x) = -ln(1 + e^-x)
 * f'         1 / (1 + e^x)
 * f' from y  -expm1(y)
 * error      4 ulp, f' 4 ulp; accurate 2 ulp, f' 2 ulp
 * special    f(-inf) = -inf, f(+inf) = -0
 */
ACTFN_API actfn_status actfn_log_sigmoid_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_log_sigmoid_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_log_sigmoid_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_log_sigmoid_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_log_sigmoid_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_log_sigmoid_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_log_sigmoid_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_log_sigmoid_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_log_sigmoid_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * tanhshrink(x) = x - tanh x
 * f'         tanh(x)^2
 * error      3 ulp, f' 7 ulp; accurate 3 ulp, f' 4 ulp
 * special    f(-0) = -0
 */
ACTFN_API actfn_status actfn_tanhshrink_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_tanhshrink_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_tanhshrink_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_tanhshrink_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_tanhshrink_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_tanhshrink_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * bent_identity(x) = (sqrt(x^2 + 1) - 1) / 2 + x
 * f'         x / (2 sqrt(x^2 + 1)) + 1
 * error      2 ulp, f' 1 ulp
 * special    f(-0) = -0, f(+-inf) = +-inf
 */
ACTFN_API actfn_status actfn_bent_identity_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_bent_identity_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_bent_identity_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_bent_identity_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_bent_identity_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_bent_identity_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * sinusoid(x) = sin x
 * f'         cos x
 * error      2 ulp, f' 2 ulp
 * special    f(-0) = -0; NaN at +-inf
 */
ACTFN_API actfn_status actfn_sinusoid_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_sinusoid_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_sinusoid_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_sinusoid_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_sinusoid_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_sinusoid_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * sinc(x) = x = 0 ? 1 : sin x / x
 * f'         x = 0 ? 0 : (x cos x - sin x) / x^2
 * error      2 ulp, f' 4 ulp
 * special    f(+-inf) = +0; f'(+-inf) = +0
 */
ACTFN_API actfn_status actfn_sinc_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_sinc_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_sinc_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_sinc_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_sinc_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_sinc_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * gaussian(x) = e^(-x^2)
 * f'         -2x e^(-x^2)
 * error      2 ulp, f' 4 ulp; accurate 2 ulp, f' 3 ulp
 * special    f(+-0) = 1, f(+-inf) = +0
 */
ACTFN_API actfn_status actfn_gaussian_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_gaussian_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_gaussian_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_gaussian_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_gaussian_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_gaussian_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * sparse_plus(x) = x <= -1 ? 0 : x >= 1 ? x : (x + 1)^2 / 4
 * f'         x <= -1 ? 0 : x >= 1 ? 1 : (x + 1) / 2
 * f' from y  y >= 1 ? 1 : sqrt y
 * error      1 ulp, f' 0.5 ulp
 * special    f(-inf) = +0
 */
ACTFN_API actfn_status actfn_sparse_plus_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_sparse_plus_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_sparse_plus_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_sparse_plus_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_sparse_plus_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_sparse_plus_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_sparse_plus_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_sparse_plus_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_sparse_plus_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * sparse_sigmoid(x) = min(max((x + 1) / 2, 0), 1)
 * f'         -1 < x < 1 ? 1/2 : 0
 * f' from y  0 < y < 1 ? 1/2 : 0
 * error      1 ulp, f' 0.5 ulp
 * special    f'(+-1) = 0
 */
ACTFN_API actfn_status actfn_sparse_sigmoid_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_sparse_sigmoid_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_sparse_sigmoid_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_sparse_sigmoid_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_sparse_sigmoid_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_sparse_sigmoid_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_sparse_sigmoid_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_sparse_sigmoid_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_sparse_sigmoid_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * exp(x) = e^x
 * f'         e^x
 * f' from y  y
 * error      2 ulp, f' 2 ulp; accurate 1 ulp, f' 1 ulp
 * special    f(-inf) = +0; +inf above 88.7228
 */
ACTFN_API actfn_status actfn_exp_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_exp_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_exp_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_exp_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_exp_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_exp_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_exp_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_exp_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_exp_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * abs(x) = |x|
 * f'         x > 0 ? 1 : x < 0 ? -1 : 0
 * error      exact, f' exact
 * special    f(-0) = +0; f'(+-0) = 0
 */
ACTFN_API actfn_status actfn_abs_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_abs_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_abs_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_abs_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_abs_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_abs_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * square(x) = x^2
 * f'         2x
 * error      0.5 ulp, f' exact
 * special    +inf from 1.84467e19
 */
ACTFN_API actfn_status actfn_square_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_square_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_square_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_square_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_square_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_square_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * sqrt(x) = sqrt x
 * f'         1 / (2 sqrt x)
 * f' from y  1 / (2y)
 * error      0.5 ulp, f' 1 ulp
 * special    f(-0) = -0, NaN for x < 0; f'(+0) = +inf, f'(-0) = -inf
 */
ACTFN_API actfn_status actfn_sqrt_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_sqrt_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_sqrt_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_sqrt_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_sqrt_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_sqrt_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_sqrt_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_sqrt_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_sqrt_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * log(x) = ln x
 * f'         1 / x
 * error      1 ulp, f' 0.5 ulp
 * special    f(+-0) = -inf, NaN for x < 0; f'(+0) = +inf, f'(-0) = -inf
 */
ACTFN_API actfn_status actfn_log_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_log_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_log_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_log_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_log_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_log_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * round(x) = nearest integer, ties to even
 * f'         0
 * f' from y  0
 * error      exact, f' exact
 * special    f(x) = -0 for -0.5 <= x < 0
 */
ACTFN_API actfn_status actfn_round_f32(size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_round_backward_f32(size_t n, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_round_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_round_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_round_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_round_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_round_f16(size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_round_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_round_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * leaky_relu(x) = x > 0 ? x : slope x
 * f'         x > 0 ? 1 : slope
 * f' from y  y > 0 ? 1 : slope; needs slope >= 0
 * slope      finite; default 0.01
 * error      0.5 ulp, f' exact
 * special    slope 0 is exactly relu; f'(0) = slope
 */
ACTFN_API actfn_status actfn_leaky_relu_f32(size_t n, const float *x, float *y, float slope);
ACTFN_API actfn_status actfn_leaky_relu_backward_f32(size_t n, const float *x, const float *dy, float *dx, float slope);
ACTFN_API actfn_status actfn_leaky_relu_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx, float slope);
ACTFN_API actfn_status actfn_leaky_relu_param_gradient_f32(size_t n, const float *x, const float *dy, float *gradients, float slope);
ACTFN_API actfn_status actfn_leaky_relu_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float slope);
ACTFN_API actfn_status actfn_leaky_relu_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float slope);
ACTFN_API actfn_status actfn_leaky_relu_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx, float slope);
ACTFN_API actfn_status actfn_leaky_relu_param_gradient_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, float *gradients, float slope);
ACTFN_API actfn_status actfn_leaky_relu_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float slope);
ACTFN_API actfn_status actfn_leaky_relu_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float slope);
ACTFN_API actfn_status actfn_leaky_relu_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx, float slope);
ACTFN_API actfn_status actfn_leaky_relu_param_gradient_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, float *gradients, float slope);

/*
 * elu(x) = x > 0 ? x : alpha (e^x - 1)
 * f'         x > 0 ? 1 : alpha e^x
 * f' from y  y > 0 ? 1 : y + alpha; needs alpha >= 0
 * alpha      finite; default 1
 * error      4 ulp, f' 6 ulp; accurate 2 ulp, f' 2 ulp
 * special    f(-inf) = -alpha; f'(0) = alpha
 */
ACTFN_API actfn_status actfn_elu_f32(size_t n, const float *x, float *y, float alpha);
ACTFN_API actfn_status actfn_elu_backward_f32(size_t n, const float *x, const float *dy, float *dx, float alpha);
ACTFN_API actfn_status actfn_elu_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx, float alpha);
ACTFN_API actfn_status actfn_elu_param_gradient_f32(size_t n, const float *x, const float *dy, float *gradients, float alpha);
ACTFN_API actfn_status actfn_elu_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float alpha);
ACTFN_API actfn_status actfn_elu_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha);
ACTFN_API actfn_status actfn_elu_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha);
ACTFN_API actfn_status actfn_elu_param_gradient_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, float *gradients, float alpha);
ACTFN_API actfn_status actfn_elu_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float alpha);
ACTFN_API actfn_status actfn_elu_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float alpha);
ACTFN_API actfn_status actfn_elu_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx, float alpha);
ACTFN_API actfn_status actfn_elu_param_gradient_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, float *gradients, float alpha);

/*
 * celu(x) = x > 0 ? x : alpha (e^(x/alpha) - 1)
 * f'         x > 0 ? 1 : e^(x/alpha)
 * f' from y  y > 0 ? 1 : y/alpha + 1; needs alpha > 0
 * alpha      finite, not 0; default 1
 * error      3 ulp, f' 2 ulp; accurate 2 ulp, f' 2 ulp
 * special    f(-inf) = -alpha for alpha > 0
 */
ACTFN_API actfn_status actfn_celu_f32(size_t n, const float *x, float *y, float alpha);
ACTFN_API actfn_status actfn_celu_backward_f32(size_t n, const float *x, const float *dy, float *dx, float alpha);
ACTFN_API actfn_status actfn_celu_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx, float alpha);
ACTFN_API actfn_status actfn_celu_param_gradient_f32(size_t n, const float *x, const float *dy, float *gradients, float alpha);
ACTFN_API actfn_status actfn_celu_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float alpha);
ACTFN_API actfn_status actfn_celu_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha);
ACTFN_API actfn_status actfn_celu_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha);
ACTFN_API actfn_status actfn_celu_param_gradient_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, float *gradients, float alpha);
ACTFN_API actfn_status actfn_celu_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float alpha);
ACTFN_API actfn_status actfn_celu_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float alpha);
ACTFN_API actfn_status actfn_celu_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx, float alpha);
ACTFN_API actfn_status actfn_celu_param_gradient_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, float *gradients, float alpha);

/*
 * softplus(x) = beta x > threshold ? x : ln(1 + e^(beta x)) / beta
 * f'         beta x > threshold ? 1 : 1 / (1 + e^(-beta x))
 * f' from y  -expm1(-beta y); needs threshold >= 20
 * beta       finite, not 0; default 1
 * threshold  any but NaN; default 20
 * error      4 ulp, f' 4 ulp; accurate 2 ulp, f' 2 ulp
 * special    threshold = +inf: never linear
 */
ACTFN_API actfn_status actfn_softplus_f32(size_t n, const float *x, float *y, float beta, float threshold);
ACTFN_API actfn_status actfn_softplus_backward_f32(size_t n, const float *x, const float *dy, float *dx, float beta, float threshold);
ACTFN_API actfn_status actfn_softplus_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx, float beta, float threshold);
ACTFN_API actfn_status actfn_softplus_param_gradient_f32(size_t n, const float *x, const float *dy, float *gradients, float beta, float threshold);
ACTFN_API actfn_status actfn_softplus_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float beta, float threshold);
ACTFN_API actfn_status actfn_softplus_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float beta, float threshold);
ACTFN_API actfn_status actfn_softplus_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx, float beta, float threshold);
ACTFN_API actfn_status actfn_softplus_param_gradient_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, float *gradients, float beta, float threshold);
ACTFN_API actfn_status actfn_softplus_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float beta, float threshold);
ACTFN_API actfn_status actfn_softplus_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float beta, float threshold);
ACTFN_API actfn_status actfn_softplus_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx, float beta, float threshold);
ACTFN_API actfn_status actfn_softplus_param_gradient_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, float *gradients, float beta, float threshold);

/*
 * swish(x) = x / (1 + e^(-beta x))
 * f'         s(t) (1 + t s(-t)), t = beta x, s = sigmoid
 * beta       finite; default 1
 * error      3 ulp, f' 5 ulp; accurate 2 ulp, f' 4 ulp
 * special    beta > 0: f(-inf) = -0; beta = 0: x / 2
 */
ACTFN_API actfn_status actfn_swish_f32(size_t n, const float *x, float *y, float beta);
ACTFN_API actfn_status actfn_swish_backward_f32(size_t n, const float *x, const float *dy, float *dx, float beta);
ACTFN_API actfn_status actfn_swish_param_gradient_f32(size_t n, const float *x, const float *dy, float *gradients, float beta);
ACTFN_API actfn_status actfn_swish_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float beta);
ACTFN_API actfn_status actfn_swish_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float beta);
ACTFN_API actfn_status actfn_swish_param_gradient_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, float *gradients, float beta);
ACTFN_API actfn_status actfn_swish_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float beta);
ACTFN_API actfn_status actfn_swish_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float beta);
ACTFN_API actfn_status actfn_swish_param_gradient_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, float *gradients, float beta);

/*
 * hardtanh(x) = min(max(x, min), max)
 * f'         min < x < max ? 1 : 0
 * f' from y  min < y < max ? 1 : 0; needs min < max
 * min        any but NaN; default -1
 * max        any but NaN; default 1
 * needs      min <= max
 * error      0.5 ulp, f' exact
 * special    f' = 0 on both bounds
 */
ACTFN_API actfn_status actfn_hardtanh_f32(size_t n, const float *x, float *y, float min, float max);
ACTFN_API actfn_status actfn_hardtanh_backward_f32(size_t n, const float *x, const float *dy, float *dx, float min, float max);
ACTFN_API actfn_status actfn_hardtanh_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx, float min, float max);
ACTFN_API actfn_status actfn_hardtanh_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float min, float max);
ACTFN_API actfn_status actfn_hardtanh_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float min, float max);
ACTFN_API actfn_status actfn_hardtanh_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx, float min, float max);
ACTFN_API actfn_status actfn_hardtanh_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float min, float max);
ACTFN_API actfn_status actfn_hardtanh_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float min, float max);
ACTFN_API actfn_status actfn_hardtanh_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx, float min, float max);

/*
 * clip(x) = min(max(x, min), max)
 * f'         min <= x <= max ? 1 : 0
 * min        any but NaN
 * max        any but NaN
 * error      0.5 ulp, f' exact
 * special    f' = 1 on both bounds; min > max gives max
 */
ACTFN_API actfn_status actfn_clip_f32(size_t n, const float *x, float *y, float min, float max);
ACTFN_API actfn_status actfn_clip_backward_f32(size_t n, const float *x, const float *dy, float *dx, float min, float max);
ACTFN_API actfn_status actfn_clip_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float min, float max);
ACTFN_API actfn_status actfn_clip_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float min, float max);
ACTFN_API actfn_status actfn_clip_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float min, float max);
ACTFN_API actfn_status actfn_clip_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float min, float max);

/*
 * hardsigmoid_ab(x) = max(0, min(1, alpha x + beta))
 * f'         0 < alpha x + beta < 1 ? alpha : 0
 * alpha      finite; default 0.2
 * beta       finite; default 0.5
 * error      1 ulp, f' 0.5 ulp
 * special    alpha x + beta is rounded once; (1/6, 1/2) is hardsigmoid
 */
ACTFN_API actfn_status actfn_hardsigmoid_ab_f32(size_t n, const float *x, float *y, float alpha, float beta);
ACTFN_API actfn_status actfn_hardsigmoid_ab_backward_f32(size_t n, const float *x, const float *dy, float *dx, float alpha, float beta);
ACTFN_API actfn_status actfn_hardsigmoid_ab_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float alpha, float beta);
ACTFN_API actfn_status actfn_hardsigmoid_ab_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha, float beta);
ACTFN_API actfn_status actfn_hardsigmoid_ab_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float alpha, float beta);
ACTFN_API actfn_status actfn_hardsigmoid_ab_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float alpha, float beta);

/*
 * hardswish_ab(x) = x max(0, min(1, t)), t = alpha x + beta
 * f'         t <= 0 ? 0 : t >= 1 ? 1 : 2 alpha x + beta
 * alpha      finite, > 0; default 0.166667
 * beta       finite; default 0.5
 * error      2 ulp, f' 1 ulp
 * special    f(-inf) = -0; (1/6, 1/2) is hardswish
 */
ACTFN_API actfn_status actfn_hardswish_ab_f32(size_t n, const float *x, float *y, float alpha, float beta);
ACTFN_API actfn_status actfn_hardswish_ab_backward_f32(size_t n, const float *x, const float *dy, float *dx, float alpha, float beta);
ACTFN_API actfn_status actfn_hardswish_ab_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float alpha, float beta);
ACTFN_API actfn_status actfn_hardswish_ab_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha, float beta);
ACTFN_API actfn_status actfn_hardswish_ab_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float alpha, float beta);
ACTFN_API actfn_status actfn_hardswish_ab_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float alpha, float beta);

/*
 * hardshrink(x) = |x| > lambda ? x : +0
 * f'         |x| > lambda ? 1 : 0
 * f' from y  y != 0 ? 1 : 0
 * lambda     finite, >= 0; default 0.5
 * error      0.5 ulp, f' exact
 * special    f' = 0 at +-lambda
 */
ACTFN_API actfn_status actfn_hardshrink_f32(size_t n, const float *x, float *y, float lambda);
ACTFN_API actfn_status actfn_hardshrink_backward_f32(size_t n, const float *x, const float *dy, float *dx, float lambda);
ACTFN_API actfn_status actfn_hardshrink_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx, float lambda);
ACTFN_API actfn_status actfn_hardshrink_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float lambda);
ACTFN_API actfn_status actfn_hardshrink_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float lambda);
ACTFN_API actfn_status actfn_hardshrink_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx, float lambda);
ACTFN_API actfn_status actfn_hardshrink_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float lambda);
ACTFN_API actfn_status actfn_hardshrink_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float lambda);
ACTFN_API actfn_status actfn_hardshrink_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx, float lambda);

/*
 * softshrink(x) = x > lambda ? x - lambda : x < -lambda ? x + lambda : +0
 * f'         |x| > lambda ? 1 : 0
 * f' from y  y != 0 ? 1 : 0
 * lambda     finite, >= 0; default 0.5
 * error      0.5 ulp, f' exact
 * special    f' = 0 at +-lambda
 */
ACTFN_API actfn_status actfn_softshrink_f32(size_t n, const float *x, float *y, float lambda);
ACTFN_API actfn_status actfn_softshrink_backward_f32(size_t n, const float *x, const float *dy, float *dx, float lambda);
ACTFN_API actfn_status actfn_softshrink_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx, float lambda);
ACTFN_API actfn_status actfn_softshrink_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float lambda);
ACTFN_API actfn_status actfn_softshrink_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float lambda);
ACTFN_API actfn_status actfn_softshrink_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx, float lambda);
ACTFN_API actfn_status actfn_softshrink_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float lambda);
ACTFN_API actfn_status actfn_softshrink_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float lambda);
ACTFN_API actfn_status actfn_softshrink_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx, float lambda);

/*
 * shrink(x) = x > lambda ? x - bias : x < -lambda ? x + bias : +0
 * f'         |x| > lambda ? 1 : 0
 * f' from y  y != 0 ? 1 : 0; needs bias <= lambda
 * lambda     finite, >= 0; default 0.5
 * bias       finite; default 0
 * error      0.5 ulp, f' exact
 * special    f' = 0 at +-lambda
 */
ACTFN_API actfn_status actfn_shrink_f32(size_t n, const float *x, float *y, float lambda, float bias);
ACTFN_API actfn_status actfn_shrink_backward_f32(size_t n, const float *x, const float *dy, float *dx, float lambda, float bias);
ACTFN_API actfn_status actfn_shrink_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx, float lambda, float bias);
ACTFN_API actfn_status actfn_shrink_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float lambda, float bias);
ACTFN_API actfn_status actfn_shrink_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float lambda, float bias);
ACTFN_API actfn_status actfn_shrink_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx, float lambda, float bias);
ACTFN_API actfn_status actfn_shrink_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float lambda, float bias);
ACTFN_API actfn_status actfn_shrink_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float lambda, float bias);
ACTFN_API actfn_status actfn_shrink_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx, float lambda, float bias);

/*
 * threshold(x) = x > t ? x : v
 * f'         x > t ? 1 : 0
 * f' from y  y > t ? 1 : 0; needs v <= t
 * t          any but NaN
 * v          any but NaN
 * error      0.5 ulp, f' exact
 * special    f'(t) = 0
 */
ACTFN_API actfn_status actfn_threshold_f32(size_t n, const float *x, float *y, float t, float v);
ACTFN_API actfn_status actfn_threshold_backward_f32(size_t n, const float *x, const float *dy, float *dx, float t, float v);
ACTFN_API actfn_status actfn_threshold_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx, float t, float v);
ACTFN_API actfn_status actfn_threshold_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float t, float v);
ACTFN_API actfn_status actfn_threshold_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float t, float v);
ACTFN_API actfn_status actfn_threshold_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx, float t, float v);
ACTFN_API actfn_status actfn_threshold_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float t, float v);
ACTFN_API actfn_status actfn_threshold_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float t, float v);
ACTFN_API actfn_status actfn_threshold_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx, float t, float v);

/*
 * thresholded_relu(x) = x > alpha ? x : +0
 * f'         x > alpha ? 1 : 0
 * f' from y  y > alpha ? 1 : 0; needs alpha >= 0
 * alpha      finite; default 1
 * error      0.5 ulp, f' exact
 * special    f'(alpha) = 0
 */
ACTFN_API actfn_status actfn_thresholded_relu_f32(size_t n, const float *x, float *y, float alpha);
ACTFN_API actfn_status actfn_thresholded_relu_backward_f32(size_t n, const float *x, const float *dy, float *dx, float alpha);
ACTFN_API actfn_status actfn_thresholded_relu_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx, float alpha);
ACTFN_API actfn_status actfn_thresholded_relu_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float alpha);
ACTFN_API actfn_status actfn_thresholded_relu_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha);
ACTFN_API actfn_status actfn_thresholded_relu_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha);
ACTFN_API actfn_status actfn_thresholded_relu_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float alpha);
ACTFN_API actfn_status actfn_thresholded_relu_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float alpha);
ACTFN_API actfn_status actfn_thresholded_relu_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx, float alpha);

/*
 * isru(x) = x / sqrt(1 + alpha x^2)
 * f'         (1 + alpha x^2)^(-3/2)
 * f' from y  (1 - alpha y^2)^(3/2)
 * alpha      finite, >= 0; default 1
 * error      2 ulp, f' 3 ulp
 * special    f(+-inf) = +-1/sqrt alpha
 */
ACTFN_API actfn_status actfn_isru_f32(size_t n, const float *x, float *y, float alpha);
ACTFN_API actfn_status actfn_isru_backward_f32(size_t n, const float *x, const float *dy, float *dx, float alpha);
ACTFN_API actfn_status actfn_isru_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx, float alpha);
ACTFN_API actfn_status actfn_isru_param_gradient_f32(size_t n, const float *x, const float *dy, float *gradients, float alpha);
ACTFN_API actfn_status actfn_isru_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float alpha);
ACTFN_API actfn_status actfn_isru_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha);
ACTFN_API actfn_status actfn_isru_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha);
ACTFN_API actfn_status actfn_isru_param_gradient_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, float *gradients, float alpha);
ACTFN_API actfn_status actfn_isru_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float alpha);
ACTFN_API actfn_status actfn_isru_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float alpha);
ACTFN_API actfn_status actfn_isru_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx, float alpha);
ACTFN_API actfn_status actfn_isru_param_gradient_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, float *gradients, float alpha);

/*
 * isrlu(x) = x >= 0 ? x : x / sqrt(1 + alpha x^2)
 * f'         x >= 0 ? 1 : (1 + alpha x^2)^(-3/2)
 * f' from y  y >= 0 ? 1 : (1 - alpha y^2)^(3/2)
 * alpha      finite, >= 0; default 1
 * error      2 ulp, f' 3 ulp
 * special    f(-inf) = -1/sqrt alpha
 */
ACTFN_API actfn_status actfn_isrlu_f32(size_t n, const float *x, float *y, float alpha);
ACTFN_API actfn_status actfn_isrlu_backward_f32(size_t n, const float *x, const float *dy, float *dx, float alpha);
ACTFN_API actfn_status actfn_isrlu_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx, float alpha);
ACTFN_API actfn_status actfn_isrlu_param_gradient_f32(size_t n, const float *x, const float *dy, float *gradients, float alpha);
ACTFN_API actfn_status actfn_isrlu_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float alpha);
ACTFN_API actfn_status actfn_isrlu_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha);
ACTFN_API actfn_status actfn_isrlu_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha);
ACTFN_API actfn_status actfn_isrlu_param_gradient_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, float *gradients, float alpha);
ACTFN_API actfn_status actfn_isrlu_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float alpha);
ACTFN_API actfn_status actfn_isrlu_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float alpha);
ACTFN_API actfn_status actfn_isrlu_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx, float alpha);
ACTFN_API actfn_status actfn_isrlu_param_gradient_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, float *gradients, float alpha);

/*
 * soft_exponential(x) = a < 0: -ln(1 - a (x + a)) / a;  a = 0: x;  a > 0: (e^(a x) - 1) / a + a,  a = alpha
 * f'         a < 0: 1 / (1 - a (x + a));  a >= 0: e^(a x)
 * f' from y  a < 0: e^(a y);  a = 0: 1;  a > 0: 1 + a (y - a)
 * alpha      finite
 * error      4 ulp, f' 3 ulp; accurate 3 ulp, f' 3 ulp
 * special    alpha < 0: -inf at x = 1/alpha - alpha, NaN below
 */
ACTFN_API actfn_status actfn_soft_exponential_f32(size_t n, const float *x, float *y, float alpha);
ACTFN_API actfn_status actfn_soft_exponential_backward_f32(size_t n, const float *x, const float *dy, float *dx, float alpha);
ACTFN_API actfn_status actfn_soft_exponential_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx, float alpha);
ACTFN_API actfn_status actfn_soft_exponential_param_gradient_f32(size_t n, const float *x, const float *dy, float *gradients, float alpha);
ACTFN_API actfn_status actfn_soft_exponential_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float alpha);
ACTFN_API actfn_status actfn_soft_exponential_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha);
ACTFN_API actfn_status actfn_soft_exponential_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha);
ACTFN_API actfn_status actfn_soft_exponential_param_gradient_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, float *gradients, float alpha);
ACTFN_API actfn_status actfn_soft_exponential_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float alpha);
ACTFN_API actfn_status actfn_soft_exponential_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float alpha);
ACTFN_API actfn_status actfn_soft_exponential_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx, float alpha);
ACTFN_API actfn_status actfn_soft_exponential_param_gradient_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, float *gradients, float alpha);

/*
 * squareplus(x) = (x + sqrt(x^2 + b)) / 2
 * f'         (1 + x / sqrt(x^2 + b)) / 2
 * f' from y  y^2 / (y^2 + b/4); needs b > 0
 * b          finite, >= 0; default 4
 * error      2 ulp, f' 3 ulp
 * special    f(-inf) = +0; f'(0) = 1/2 for b = 0 too
 */
ACTFN_API actfn_status actfn_squareplus_f32(size_t n, const float *x, float *y, float b);
ACTFN_API actfn_status actfn_squareplus_backward_f32(size_t n, const float *x, const float *dy, float *dx, float b);
ACTFN_API actfn_status actfn_squareplus_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx, float b);
ACTFN_API actfn_status actfn_squareplus_param_gradient_f32(size_t n, const float *x, const float *dy, float *gradients, float b);
ACTFN_API actfn_status actfn_squareplus_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float b);
ACTFN_API actfn_status actfn_squareplus_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float b);
ACTFN_API actfn_status actfn_squareplus_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx, float b);
ACTFN_API actfn_status actfn_squareplus_param_gradient_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, float *gradients, float b);
ACTFN_API actfn_status actfn_squareplus_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float b);
ACTFN_API actfn_status actfn_squareplus_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float b);
ACTFN_API actfn_status actfn_squareplus_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx, float b);
ACTFN_API actfn_status actfn_squareplus_param_gradient_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, float *gradients, float b);

/*
 * scaled_tanh(x) = alpha tanh(beta x)
 * f'         alpha beta (1 - tanh(beta x)^2)
 * f' from y  beta (alpha - y^2 / alpha); needs alpha != 0
 * alpha      finite; default 1
 * beta       finite; default 1
 * error      4 ulp, f' 4 ulp; accurate 3 ulp, f' 4 ulp
 * special    LeCun's tanh is (1.7159, 2/3)
 */
ACTFN_API actfn_status actfn_scaled_tanh_f32(size_t n, const float *x, float *y, float alpha, float beta);
ACTFN_API actfn_status actfn_scaled_tanh_backward_f32(size_t n, const float *x, const float *dy, float *dx, float alpha, float beta);
ACTFN_API actfn_status actfn_scaled_tanh_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx, float alpha, float beta);
ACTFN_API actfn_status actfn_scaled_tanh_param_gradient_f32(size_t n, const float *x, const float *dy, float *gradients, float alpha, float beta);
ACTFN_API actfn_status actfn_scaled_tanh_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float alpha, float beta);
ACTFN_API actfn_status actfn_scaled_tanh_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha, float beta);
ACTFN_API actfn_status actfn_scaled_tanh_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha, float beta);
ACTFN_API actfn_status actfn_scaled_tanh_param_gradient_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, float *gradients, float alpha, float beta);
ACTFN_API actfn_status actfn_scaled_tanh_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float alpha, float beta);
ACTFN_API actfn_status actfn_scaled_tanh_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float alpha, float beta);
ACTFN_API actfn_status actfn_scaled_tanh_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx, float alpha, float beta);
ACTFN_API actfn_status actfn_scaled_tanh_param_gradient_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, float *gradients, float alpha, float beta);

/*
 * xielu(x) = x > 0 ? alpha_p x^2 + beta x : alpha_n (expm1(min(x, eps)) - x) + beta x
 * f'         x > 0 ? 2 alpha_p x + beta : alpha_n expm1(x) + beta
 * alpha_p    finite; default 0.8
 * alpha_n    finite; default 0.8
 * beta       finite; default 0.5
 * eps        finite, <= 0; default -1e-06
 * error      3 ulp, f' 3 ulp
 * special    alpha_p, alpha_n are the effective values; f(0) = alpha_n expm1(eps)
 */
ACTFN_API actfn_status actfn_xielu_f32(size_t n, const float *x, float *y, float alpha_p, float alpha_n, float beta, float eps);
ACTFN_API actfn_status actfn_xielu_backward_f32(size_t n, const float *x, const float *dy, float *dx, float alpha_p, float alpha_n, float beta, float eps);
ACTFN_API actfn_status actfn_xielu_param_gradient_f32(size_t n, const float *x, const float *dy, float *gradients, float alpha_p, float alpha_n, float beta, float eps);
ACTFN_API actfn_status actfn_xielu_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float alpha_p, float alpha_n, float beta, float eps);
ACTFN_API actfn_status actfn_xielu_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha_p, float alpha_n, float beta, float eps);
ACTFN_API actfn_status actfn_xielu_param_gradient_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, float *gradients, float alpha_p, float alpha_n, float beta, float eps);
ACTFN_API actfn_status actfn_xielu_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float alpha_p, float alpha_n, float beta, float eps);
ACTFN_API actfn_status actfn_xielu_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float alpha_p, float alpha_n, float beta, float eps);
ACTFN_API actfn_status actfn_xielu_param_gradient_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, float *gradients, float alpha_p, float alpha_n, float beta, float eps);

/*
 * relu_general(x) = x >= max ? max : x > t ? x : slope (x - t)
 * f'         x >= max ? 0 : x > t ? 1 : slope
 * slope      finite; default 0
 * max        any but NaN; default inf
 * t          finite; default 0
 * needs      max > t
 * error      0.5 ulp, f' exact
 * special    max = +inf: no upper clip; f'(t) = slope, f'(max) = 0
 */
ACTFN_API actfn_status actfn_relu_general_f32(size_t n, const float *x, float *y, float slope, float max, float t);
ACTFN_API actfn_status actfn_relu_general_backward_f32(size_t n, const float *x, const float *dy, float *dx, float slope, float max, float t);
ACTFN_API actfn_status actfn_relu_general_param_gradient_f32(size_t n, const float *x, const float *dy, float *gradients, float slope, float max, float t);
ACTFN_API actfn_status actfn_relu_general_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float slope, float max, float t);
ACTFN_API actfn_status actfn_relu_general_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float slope, float max, float t);
ACTFN_API actfn_status actfn_relu_general_param_gradient_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, float *gradients, float slope, float max, float t);
ACTFN_API actfn_status actfn_relu_general_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float slope, float max, float t);
ACTFN_API actfn_status actfn_relu_general_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float slope, float max, float t);
ACTFN_API actfn_status actfn_relu_general_param_gradient_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, float *gradients, float slope, float max, float t);

/*
 * linear(x) = alpha x + beta
 * f'         alpha
 * f' from y  alpha
 * alpha      finite; default 1
 * beta       finite; default 0
 * error      0.5 ulp, f' exact
 * special    one fused multiply-add
 */
ACTFN_API actfn_status actfn_linear_f32(size_t n, const float *x, float *y, float alpha, float beta);
ACTFN_API actfn_status actfn_linear_backward_f32(size_t n, const float *x, const float *dy, float *dx, float alpha, float beta);
ACTFN_API actfn_status actfn_linear_backward_from_output_f32(size_t n, const float *y, const float *dy, float *dx, float alpha, float beta);
ACTFN_API actfn_status actfn_linear_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float alpha, float beta);
ACTFN_API actfn_status actfn_linear_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha, float beta);
ACTFN_API actfn_status actfn_linear_backward_from_output_bf16(size_t n, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha, float beta);
ACTFN_API actfn_status actfn_linear_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float alpha, float beta);
ACTFN_API actfn_status actfn_linear_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float alpha, float beta);
ACTFN_API actfn_status actfn_linear_backward_from_output_f16(size_t n, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx, float alpha, float beta);

/*
 * pow(x) = alpha x^beta
 * f'         beta = 0 ? 0 : alpha beta x^(beta - 1)
 * alpha      finite; default 1
 * beta       finite; default 1
 * error      2 ulp, f' 3 ulp
 * special    C's powf rules, but a NaN x stays NaN
 */
ACTFN_API actfn_status actfn_pow_f32(size_t n, const float *x, float *y, float alpha, float beta);
ACTFN_API actfn_status actfn_pow_backward_f32(size_t n, const float *x, const float *dy, float *dx, float alpha, float beta);
ACTFN_API actfn_status actfn_pow_bf16(size_t n, const actfn_bf16 *x, actfn_bf16 *y, float alpha, float beta);
ACTFN_API actfn_status actfn_pow_backward_bf16(size_t n, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float alpha, float beta);
ACTFN_API actfn_status actfn_pow_f16(size_t n, const actfn_f16 *x, actfn_f16 *y, float alpha, float beta);
ACTFN_API actfn_status actfn_pow_backward_f16(size_t n, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float alpha, float beta);

/* end generated: named functions: elementwise */
/* clang-format on */

/* ---- families, by name, in the fast mode ----------------------------------------------------------------------- */

/*
 * The functions of the families above with the operation in the name.  The rules of the entry by operation on shapes, overlap,
 * special values and errors hold here.
 *
 * gates     the default parameters; u, v and y have n elements, without gaps.  _packed: packed rows
 * rows      the default parameters, no flag.  `rows` rows of n contiguous elements; _axis: an axis of (outer, n, inner).
 *           _backward reads x or y or both, as the operation does, and the other may be NULL
 * losses    the default parameters
 * channels  each array of weights is an argument, which bindings pass more easily than an array of pointers; so are the
 *           gradients, each of which may be NULL
 *
 * softmax_cross_entropy, rrelu and gumbel_softmax have entries of their own above.
 */

/* clang-format off */
/* begin generated from src/catalogue/ops.def: named functions: channels */
/*
 * prelu = x > 0 ? x : a x
 * gradient   x > 0 ? 1 : a
 * from y     y > 0 ? 1 : a; needs a >= 0
 * error      0.5 ulp, f' 0.5 ulp
 * special    f(-inf) = -inf a; f'(0) = a
 */
ACTFN_API actfn_status actfn_prelu_f32(size_t outer, size_t channels, size_t inner, const float *a, const float *x, float *y);
ACTFN_API actfn_status actfn_prelu_backward_f32(size_t outer, size_t channels, size_t inner, const float *a, const float *x, const float *dy, float *dx, float *da);
ACTFN_API actfn_status actfn_prelu_backward_from_output_f32(size_t outer, size_t channels, size_t inner, const float *a, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_prelu_bf16(size_t outer, size_t channels, size_t inner, const float *a, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_prelu_backward_bf16(size_t outer, size_t channels, size_t inner, const float *a, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float *da);
ACTFN_API actfn_status actfn_prelu_backward_from_output_bf16(size_t outer, size_t channels, size_t inner, const float *a, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_prelu_f16(size_t outer, size_t channels, size_t inner, const float *a, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_prelu_backward_f16(size_t outer, size_t channels, size_t inner, const float *a, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float *da);
ACTFN_API actfn_status actfn_prelu_backward_from_output_f16(size_t outer, size_t channels, size_t inner, const float *a, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * srelu = x <= tl ? tl + al (x - tl) : x >= tr ? tr + ar (x - tr) : x
 * gradient   x <= tl ? al : x >= tr ? ar : 1
 * error      2 ulp, f' 0.5 ulp
 * special    f(+-inf) = +-inf times the slope; f'(tl) = al, f'(tr) = ar; near another zero of f the bound is of the terms
 */
ACTFN_API actfn_status actfn_srelu_f32(size_t outer, size_t channels, size_t inner, const float *tl, const float *al, const float *tr, const float *ar, const float *x, float *y);
ACTFN_API actfn_status actfn_srelu_backward_f32(size_t outer, size_t channels, size_t inner, const float *tl, const float *al, const float *tr, const float *ar, const float *x, const float *dy, float *dx, float *dtl, float *dal, float *dtr, float *dar);
ACTFN_API actfn_status actfn_srelu_bf16(size_t outer, size_t channels, size_t inner, const float *tl, const float *al, const float *tr, const float *ar, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_srelu_backward_bf16(size_t outer, size_t channels, size_t inner, const float *tl, const float *al, const float *tr, const float *ar, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float *dtl, float *dal, float *dtr, float *dar);
ACTFN_API actfn_status actfn_srelu_f16(size_t outer, size_t channels, size_t inner, const float *tl, const float *al, const float *tr, const float *ar, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_srelu_backward_f16(size_t outer, size_t channels, size_t inner, const float *tl, const float *al, const float *tr, const float *ar, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float *dtl, float *dal, float *dtr, float *dar);

/*
 * apl = max(0, x) + sum over s of a_s max(0, b_s - x)
 * gradient   [x > 0] - sum over s of a_s [b_s > x]
 * error      2 ulp, f' 2 ulp
 * special    S + 1 terms: the bound is (S + 1) 2^-24 of the sum of their magnitudes; where b_s - x overflows, so does its term
 */
ACTFN_API actfn_status actfn_apl_f32(size_t outer, size_t channels, size_t inner, size_t terms, const float *a, const float *b, const float *x, float *y);
ACTFN_API actfn_status actfn_apl_backward_f32(size_t outer, size_t channels, size_t inner, size_t terms, const float *a, const float *b, const float *x, const float *dy, float *dx, float *da, float *db);
ACTFN_API actfn_status actfn_apl_bf16(size_t outer, size_t channels, size_t inner, size_t terms, const float *a, const float *b, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_apl_backward_bf16(size_t outer, size_t channels, size_t inner, size_t terms, const float *a, const float *b, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx, float *da, float *db);
ACTFN_API actfn_status actfn_apl_f16(size_t outer, size_t channels, size_t inner, size_t terms, const float *a, const float *b, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_apl_backward_f16(size_t outer, size_t channels, size_t inner, size_t terms, const float *a, const float *b, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx, float *da, float *db);

/* end generated: named functions: channels */
/* begin generated from src/catalogue/ops.def: named functions: gates */
/*
 * glu = v s(u), s = sigmoid
 * gradient   dv: s(u); du: v s(u) s(-u)
 * error      4.5 ulp, f' 6.5 ulp; accurate 2.5 ulp, f' 3.5 ulp
 */
ACTFN_API actfn_status actfn_glu_f32(size_t n, const float *u, const float *v, float *y);
ACTFN_API actfn_status actfn_glu_backward_f32(size_t n, const float *u, const float *v, const float *dy, float *du, float *dv);
ACTFN_API actfn_status actfn_glu_packed_f32(actfn_gate_layout layout, size_t rows, size_t width, const float *x, float *y);
ACTFN_API actfn_status actfn_glu_packed_backward_f32(actfn_gate_layout layout, size_t rows, size_t width, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_glu_bf16(size_t n, const actfn_bf16 *u, const actfn_bf16 *v, actfn_bf16 *y);
ACTFN_API actfn_status actfn_glu_backward_bf16(size_t n, const actfn_bf16 *u, const actfn_bf16 *v, const actfn_bf16 *dy, actfn_bf16 *du, actfn_bf16 *dv);
ACTFN_API actfn_status actfn_glu_packed_bf16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_glu_packed_backward_bf16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_glu_f16(size_t n, const actfn_f16 *u, const actfn_f16 *v, actfn_f16 *y);
ACTFN_API actfn_status actfn_glu_backward_f16(size_t n, const actfn_f16 *u, const actfn_f16 *v, const actfn_f16 *dy, actfn_f16 *du, actfn_f16 *dv);
ACTFN_API actfn_status actfn_glu_packed_f16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_glu_packed_backward_f16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * reglu = v max(u, 0)
 * gradient   dv: max(u, 0); du: u > 0 ? v : 0
 * error      0.5 ulp, f' 0.5 ulp
 * special    a NaN v gives NaN for u <= 0 too
 */
ACTFN_API actfn_status actfn_reglu_f32(size_t n, const float *u, const float *v, float *y);
ACTFN_API actfn_status actfn_reglu_backward_f32(size_t n, const float *u, const float *v, const float *dy, float *du, float *dv);
ACTFN_API actfn_status actfn_reglu_packed_f32(actfn_gate_layout layout, size_t rows, size_t width, const float *x, float *y);
ACTFN_API actfn_status actfn_reglu_packed_backward_f32(actfn_gate_layout layout, size_t rows, size_t width, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_reglu_bf16(size_t n, const actfn_bf16 *u, const actfn_bf16 *v, actfn_bf16 *y);
ACTFN_API actfn_status actfn_reglu_backward_bf16(size_t n, const actfn_bf16 *u, const actfn_bf16 *v, const actfn_bf16 *dy, actfn_bf16 *du, actfn_bf16 *dv);
ACTFN_API actfn_status actfn_reglu_packed_bf16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_reglu_packed_backward_bf16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_reglu_f16(size_t n, const actfn_f16 *u, const actfn_f16 *v, actfn_f16 *y);
ACTFN_API actfn_status actfn_reglu_backward_f16(size_t n, const actfn_f16 *u, const actfn_f16 *v, const actfn_f16 *dy, actfn_f16 *du, actfn_f16 *dv);
ACTFN_API actfn_status actfn_reglu_packed_f16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_reglu_packed_backward_f16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * geglu = v gelu(u)
 * gradient   dv: gelu(u); du: v gelu'(u)
 * error      4.5 ulp, f' 6.5 ulp
 */
ACTFN_API actfn_status actfn_geglu_f32(size_t n, const float *u, const float *v, float *y);
ACTFN_API actfn_status actfn_geglu_backward_f32(size_t n, const float *u, const float *v, const float *dy, float *du, float *dv);
ACTFN_API actfn_status actfn_geglu_packed_f32(actfn_gate_layout layout, size_t rows, size_t width, const float *x, float *y);
ACTFN_API actfn_status actfn_geglu_packed_backward_f32(actfn_gate_layout layout, size_t rows, size_t width, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_geglu_bf16(size_t n, const actfn_bf16 *u, const actfn_bf16 *v, actfn_bf16 *y);
ACTFN_API actfn_status actfn_geglu_backward_bf16(size_t n, const actfn_bf16 *u, const actfn_bf16 *v, const actfn_bf16 *dy, actfn_bf16 *du, actfn_bf16 *dv);
ACTFN_API actfn_status actfn_geglu_packed_bf16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_geglu_packed_backward_bf16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_geglu_f16(size_t n, const actfn_f16 *u, const actfn_f16 *v, actfn_f16 *y);
ACTFN_API actfn_status actfn_geglu_backward_f16(size_t n, const actfn_f16 *u, const actfn_f16 *v, const actfn_f16 *dy, actfn_f16 *du, actfn_f16 *dv);
ACTFN_API actfn_status actfn_geglu_packed_f16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_geglu_packed_backward_f16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * geglu_tanh = v gelu_tanh(u)
 * gradient   dv: gelu_tanh(u); du: v gelu_tanh'(u)
 * error      4.5 ulp, f' 7.5 ulp; accurate 4.5 ulp, f' 6.5 ulp
 * special    ggml's geglu
 */
ACTFN_API actfn_status actfn_geglu_tanh_f32(size_t n, const float *u, const float *v, float *y);
ACTFN_API actfn_status actfn_geglu_tanh_backward_f32(size_t n, const float *u, const float *v, const float *dy, float *du, float *dv);
ACTFN_API actfn_status actfn_geglu_tanh_packed_f32(actfn_gate_layout layout, size_t rows, size_t width, const float *x, float *y);
ACTFN_API actfn_status actfn_geglu_tanh_packed_backward_f32(actfn_gate_layout layout, size_t rows, size_t width, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_geglu_tanh_bf16(size_t n, const actfn_bf16 *u, const actfn_bf16 *v, actfn_bf16 *y);
ACTFN_API actfn_status actfn_geglu_tanh_backward_bf16(size_t n, const actfn_bf16 *u, const actfn_bf16 *v, const actfn_bf16 *dy, actfn_bf16 *du, actfn_bf16 *dv);
ACTFN_API actfn_status actfn_geglu_tanh_packed_bf16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_geglu_tanh_packed_backward_bf16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_geglu_tanh_f16(size_t n, const actfn_f16 *u, const actfn_f16 *v, actfn_f16 *y);
ACTFN_API actfn_status actfn_geglu_tanh_backward_f16(size_t n, const actfn_f16 *u, const actfn_f16 *v, const actfn_f16 *dy, actfn_f16 *du, actfn_f16 *dv);
ACTFN_API actfn_status actfn_geglu_tanh_packed_f16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_geglu_tanh_packed_backward_f16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * geglu_quick = v gelu_quick(u)
 * gradient   dv: gelu_quick(u); du: v gelu_quick'(u)
 * error      4.5 ulp, f' 6.5 ulp; accurate 2.5 ulp, f' 4.5 ulp
 */
ACTFN_API actfn_status actfn_geglu_quick_f32(size_t n, const float *u, const float *v, float *y);
ACTFN_API actfn_status actfn_geglu_quick_backward_f32(size_t n, const float *u, const float *v, const float *dy, float *du, float *dv);
ACTFN_API actfn_status actfn_geglu_quick_packed_f32(actfn_gate_layout layout, size_t rows, size_t width, const float *x, float *y);
ACTFN_API actfn_status actfn_geglu_quick_packed_backward_f32(actfn_gate_layout layout, size_t rows, size_t width, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_geglu_quick_bf16(size_t n, const actfn_bf16 *u, const actfn_bf16 *v, actfn_bf16 *y);
ACTFN_API actfn_status actfn_geglu_quick_backward_bf16(size_t n, const actfn_bf16 *u, const actfn_bf16 *v, const actfn_bf16 *dy, actfn_bf16 *du, actfn_bf16 *dv);
ACTFN_API actfn_status actfn_geglu_quick_packed_bf16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_geglu_quick_packed_backward_bf16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_geglu_quick_f16(size_t n, const actfn_f16 *u, const actfn_f16 *v, actfn_f16 *y);
ACTFN_API actfn_status actfn_geglu_quick_backward_f16(size_t n, const actfn_f16 *u, const actfn_f16 *v, const actfn_f16 *dy, actfn_f16 *du, actfn_f16 *dv);
ACTFN_API actfn_status actfn_geglu_quick_packed_f16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_geglu_quick_packed_backward_f16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * swiglu = v swish(u; alpha)
 * gradient   dv: swish(u); du: v swish'(u)
 * error      4.5 ulp, f' 5.5 ulp; accurate 2.5 ulp, f' 4.5 ulp
 */
ACTFN_API actfn_status actfn_swiglu_f32(size_t n, const float *u, const float *v, float *y);
ACTFN_API actfn_status actfn_swiglu_backward_f32(size_t n, const float *u, const float *v, const float *dy, float *du, float *dv);
ACTFN_API actfn_status actfn_swiglu_packed_f32(actfn_gate_layout layout, size_t rows, size_t width, const float *x, float *y);
ACTFN_API actfn_status actfn_swiglu_packed_backward_f32(actfn_gate_layout layout, size_t rows, size_t width, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_swiglu_bf16(size_t n, const actfn_bf16 *u, const actfn_bf16 *v, actfn_bf16 *y);
ACTFN_API actfn_status actfn_swiglu_backward_bf16(size_t n, const actfn_bf16 *u, const actfn_bf16 *v, const actfn_bf16 *dy, actfn_bf16 *du, actfn_bf16 *dv);
ACTFN_API actfn_status actfn_swiglu_packed_bf16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_swiglu_packed_backward_bf16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_swiglu_f16(size_t n, const actfn_f16 *u, const actfn_f16 *v, actfn_f16 *y);
ACTFN_API actfn_status actfn_swiglu_backward_f16(size_t n, const actfn_f16 *u, const actfn_f16 *v, const actfn_f16 *dy, actfn_f16 *du, actfn_f16 *dv);
ACTFN_API actfn_status actfn_swiglu_packed_f16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_swiglu_packed_backward_f16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * swiglu_oai = m s(alpha m) (k + 1), m = min(u, limit), k = max(-limit, min(v, limit))
 * gradient   dv: |v| <= limit ? m s(alpha m) : 0; du: u <= limit ? (k + 1) s(alpha m) (1 + alpha m s(-alpha m)) : 0
 * error      4.5 ulp, f' 5.5 ulp; accurate 3.5 ulp, f' 5.5 ulp
 */
ACTFN_API actfn_status actfn_swiglu_oai_f32(size_t n, const float *u, const float *v, float *y);
ACTFN_API actfn_status actfn_swiglu_oai_backward_f32(size_t n, const float *u, const float *v, const float *dy, float *du, float *dv);
ACTFN_API actfn_status actfn_swiglu_oai_packed_f32(actfn_gate_layout layout, size_t rows, size_t width, const float *x, float *y);
ACTFN_API actfn_status actfn_swiglu_oai_packed_backward_f32(actfn_gate_layout layout, size_t rows, size_t width, const float *x, const float *dy, float *dx);
ACTFN_API actfn_status actfn_swiglu_oai_bf16(size_t n, const actfn_bf16 *u, const actfn_bf16 *v, actfn_bf16 *y);
ACTFN_API actfn_status actfn_swiglu_oai_backward_bf16(size_t n, const actfn_bf16 *u, const actfn_bf16 *v, const actfn_bf16 *dy, actfn_bf16 *du, actfn_bf16 *dv);
ACTFN_API actfn_status actfn_swiglu_oai_packed_bf16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_swiglu_oai_packed_backward_bf16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_bf16 *x, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_swiglu_oai_f16(size_t n, const actfn_f16 *u, const actfn_f16 *v, actfn_f16 *y);
ACTFN_API actfn_status actfn_swiglu_oai_backward_f16(size_t n, const actfn_f16 *u, const actfn_f16 *v, const actfn_f16 *dy, actfn_f16 *du, actfn_f16 *dv);
ACTFN_API actfn_status actfn_swiglu_oai_packed_f16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_swiglu_oai_packed_backward_f16(actfn_gate_layout layout, size_t rows, size_t width, const actfn_f16 *x, const actfn_f16 *dy, actfn_f16 *dx);

/* end generated: named functions: gates */
/* begin generated from src/catalogue/ops.def: named functions: rows */
/*
 * softmax = e^(x_i - m) / sum e^(x_j - m), m = max x
 * gradient   y_i (dy_i - sum y dy)
 * error      4 ulp, f' 4 ulp
 * special    and 2^-21 relative from the sum, in the fast mode 2^-20; |sum y - 1| <= 2^-20; scale <= 2^127
 */
ACTFN_API actfn_status actfn_softmax_f32(size_t rows, size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_softmax_backward_f32(size_t rows, size_t n, const float *x, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_softmax_axis_f32(size_t outer, size_t n, size_t inner, const float *x, float *y);
ACTFN_API actfn_status actfn_softmax_axis_backward_f32(size_t outer, size_t n, size_t inner, const float *x, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_softmax_bf16(size_t rows, size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_softmax_backward_bf16(size_t rows, size_t n, const actfn_bf16 *x, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_softmax_axis_bf16(size_t outer, size_t n, size_t inner, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_softmax_axis_backward_bf16(size_t outer, size_t n, size_t inner, const actfn_bf16 *x, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_softmax_f16(size_t rows, size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_softmax_backward_f16(size_t rows, size_t n, const actfn_f16 *x, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_softmax_axis_f16(size_t outer, size_t n, size_t inner, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_softmax_axis_backward_f16(size_t outer, size_t n, size_t inner, const actfn_f16 *x, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * log_softmax = (x_i - m) - ln sum e^(x_j - m), m = max x
 * gradient   dy_i - e^y_i sum dy
 * error      4 ulp, f' 4 ulp
 * special    the bound is 2^-21 (1 + |y|), of the largest element also 2^-17 |y|; in the fast mode twice that; scale <= 2^127
 */
ACTFN_API actfn_status actfn_log_softmax_f32(size_t rows, size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_log_softmax_backward_f32(size_t rows, size_t n, const float *x, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_log_softmax_axis_f32(size_t outer, size_t n, size_t inner, const float *x, float *y);
ACTFN_API actfn_status actfn_log_softmax_axis_backward_f32(size_t outer, size_t n, size_t inner, const float *x, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_log_softmax_bf16(size_t rows, size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_log_softmax_backward_bf16(size_t rows, size_t n, const actfn_bf16 *x, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_log_softmax_axis_bf16(size_t outer, size_t n, size_t inner, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_log_softmax_axis_backward_bf16(size_t outer, size_t n, size_t inner, const actfn_bf16 *x, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_log_softmax_f16(size_t rows, size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_log_softmax_backward_f16(size_t rows, size_t n, const actfn_f16 *x, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_log_softmax_axis_f16(size_t outer, size_t n, size_t inner, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_log_softmax_axis_backward_f16(size_t outer, size_t n, size_t inner, const actfn_f16 *x, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * softmin = softmax(-x)
 * gradient   -y_i (dy_i - sum y dy)
 * error      4 ulp, f' 4 ulp
 * special    as softmax
 */
ACTFN_API actfn_status actfn_softmin_f32(size_t rows, size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_softmin_backward_f32(size_t rows, size_t n, const float *x, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_softmin_axis_f32(size_t outer, size_t n, size_t inner, const float *x, float *y);
ACTFN_API actfn_status actfn_softmin_axis_backward_f32(size_t outer, size_t n, size_t inner, const float *x, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_softmin_bf16(size_t rows, size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_softmin_backward_bf16(size_t rows, size_t n, const actfn_bf16 *x, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_softmin_axis_bf16(size_t outer, size_t n, size_t inner, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_softmin_axis_backward_bf16(size_t outer, size_t n, size_t inner, const actfn_bf16 *x, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_softmin_f16(size_t rows, size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_softmin_backward_f16(size_t rows, size_t n, const actfn_f16 *x, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_softmin_axis_f16(size_t outer, size_t n, size_t inner, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_softmin_axis_backward_f16(size_t outer, size_t n, size_t inner, const actfn_f16 *x, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * hardmax = 1 at the first maximum, else 0
 * gradient   0
 * error      exact, f' exact
 */
ACTFN_API actfn_status actfn_hardmax_f32(size_t rows, size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_hardmax_backward_f32(size_t rows, size_t n, const float *x, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_hardmax_axis_f32(size_t outer, size_t n, size_t inner, const float *x, float *y);
ACTFN_API actfn_status actfn_hardmax_axis_backward_f32(size_t outer, size_t n, size_t inner, const float *x, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_hardmax_bf16(size_t rows, size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_hardmax_backward_bf16(size_t rows, size_t n, const actfn_bf16 *x, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_hardmax_axis_bf16(size_t outer, size_t n, size_t inner, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_hardmax_axis_backward_bf16(size_t outer, size_t n, size_t inner, const actfn_bf16 *x, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_hardmax_f16(size_t rows, size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_hardmax_backward_f16(size_t rows, size_t n, const actfn_f16 *x, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_hardmax_axis_f16(size_t outer, size_t n, size_t inner, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_hardmax_axis_backward_f16(size_t outer, size_t n, size_t inner, const actfn_f16 *x, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * logsumexp = m + ln sum e^(x_j - m), m = max x
 * gradient   e^(x_i - y)
 * error      2 ulp, f' 4 ulp
 * special    2 ulp or 2^-21 (|m| + ln sum e^(x_j - m)); an empty row gives -inf
 */
ACTFN_API actfn_status actfn_logsumexp_f32(size_t rows, size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_logsumexp_backward_f32(size_t rows, size_t n, const float *x, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_logsumexp_axis_f32(size_t outer, size_t n, size_t inner, const float *x, float *y);
ACTFN_API actfn_status actfn_logsumexp_axis_backward_f32(size_t outer, size_t n, size_t inner, const float *x, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_logsumexp_bf16(size_t rows, size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_logsumexp_backward_bf16(size_t rows, size_t n, const actfn_bf16 *x, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_logsumexp_axis_bf16(size_t outer, size_t n, size_t inner, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_logsumexp_axis_backward_bf16(size_t outer, size_t n, size_t inner, const actfn_bf16 *x, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_logsumexp_f16(size_t rows, size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_logsumexp_backward_f16(size_t rows, size_t n, const actfn_f16 *x, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_logsumexp_axis_f16(size_t outer, size_t n, size_t inner, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_logsumexp_axis_backward_f16(size_t outer, size_t n, size_t inner, const actfn_f16 *x, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * logmeanexp = logsumexp(x) - ln n
 * gradient   e^(x_i - y) / n
 * error      2 ulp, f' 4 ulp
 * special    2 ulp or 2^-21 (|m| + ln n); an empty row gives -inf
 */
ACTFN_API actfn_status actfn_logmeanexp_f32(size_t rows, size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_logmeanexp_backward_f32(size_t rows, size_t n, const float *x, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_logmeanexp_axis_f32(size_t outer, size_t n, size_t inner, const float *x, float *y);
ACTFN_API actfn_status actfn_logmeanexp_axis_backward_f32(size_t outer, size_t n, size_t inner, const float *x, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_logmeanexp_bf16(size_t rows, size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_logmeanexp_backward_bf16(size_t rows, size_t n, const actfn_bf16 *x, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_logmeanexp_axis_bf16(size_t outer, size_t n, size_t inner, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_logmeanexp_axis_backward_bf16(size_t outer, size_t n, size_t inner, const actfn_bf16 *x, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_logmeanexp_f16(size_t rows, size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_logmeanexp_backward_f16(size_t rows, size_t n, const actfn_f16 *x, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_logmeanexp_axis_f16(size_t outer, size_t n, size_t inner, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_logmeanexp_axis_backward_f16(size_t outer, size_t n, size_t inner, const actfn_f16 *x, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * sparsemax = max(x_i - tau, 0), the sum being 1
 * gradient   y_i > 0 ? dy_i - mean of dy over y > 0 : 0
 * error      2 ulp, f' 2 ulp
 * special    the bound is absolute: 2^-21
 */
ACTFN_API actfn_status actfn_sparsemax_f32(size_t rows, size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_sparsemax_backward_f32(size_t rows, size_t n, const float *x, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_sparsemax_axis_f32(size_t outer, size_t n, size_t inner, const float *x, float *y);
ACTFN_API actfn_status actfn_sparsemax_axis_backward_f32(size_t outer, size_t n, size_t inner, const float *x, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_sparsemax_bf16(size_t rows, size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_sparsemax_backward_bf16(size_t rows, size_t n, const actfn_bf16 *x, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_sparsemax_axis_bf16(size_t outer, size_t n, size_t inner, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_sparsemax_axis_backward_bf16(size_t outer, size_t n, size_t inner, const actfn_bf16 *x, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_sparsemax_f16(size_t rows, size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_sparsemax_backward_f16(size_t rows, size_t n, const actfn_f16 *x, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_sparsemax_axis_f16(size_t outer, size_t n, size_t inner, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_sparsemax_axis_backward_f16(size_t outer, size_t n, size_t inner, const actfn_f16 *x, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/*
 * maxout = max x
 * gradient   1 at the first maximum, else 0
 * error      exact, f' exact
 */
ACTFN_API actfn_status actfn_maxout_f32(size_t rows, size_t n, const float *x, float *y);
ACTFN_API actfn_status actfn_maxout_backward_f32(size_t rows, size_t n, const float *x, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_maxout_axis_f32(size_t outer, size_t n, size_t inner, const float *x, float *y);
ACTFN_API actfn_status actfn_maxout_axis_backward_f32(size_t outer, size_t n, size_t inner, const float *x, const float *y, const float *dy, float *dx);
ACTFN_API actfn_status actfn_maxout_bf16(size_t rows, size_t n, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_maxout_backward_bf16(size_t rows, size_t n, const actfn_bf16 *x, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_maxout_axis_bf16(size_t outer, size_t n, size_t inner, const actfn_bf16 *x, actfn_bf16 *y);
ACTFN_API actfn_status actfn_maxout_axis_backward_bf16(size_t outer, size_t n, size_t inner, const actfn_bf16 *x, const actfn_bf16 *y, const actfn_bf16 *dy, actfn_bf16 *dx);
ACTFN_API actfn_status actfn_maxout_f16(size_t rows, size_t n, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_maxout_backward_f16(size_t rows, size_t n, const actfn_f16 *x, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);
ACTFN_API actfn_status actfn_maxout_axis_f16(size_t outer, size_t n, size_t inner, const actfn_f16 *x, actfn_f16 *y);
ACTFN_API actfn_status actfn_maxout_axis_backward_f16(size_t outer, size_t n, size_t inner, const actfn_f16 *x, const actfn_f16 *y, const actfn_f16 *dy, actfn_f16 *dx);

/* end generated: named functions: rows */
/* begin generated from src/catalogue/ops.def: named functions: losses */
/*
 * sigmoid_bce = -p t ln a - (1 - t) ln(1 - a), a = sigmoid(z), p = pos_weight
 * gradient   (1 - t) - (1 + (p - 1) t) s(-z)
 * error      3 ulp, f' 3 ulp
 * special    3 ulp or 2^-23 max(1, |z|); dz relative to its terms
 */
ACTFN_API actfn_status actfn_sigmoid_bce_f32(size_t n, const float *z, const float *t, const float *w, float scale, float *loss, float *dz);
ACTFN_API actfn_status actfn_sigmoid_bce_bf16(size_t n, const actfn_bf16 *z, const actfn_bf16 *t, const float *w, float scale, float *loss, actfn_bf16 *dz);
ACTFN_API actfn_status actfn_sigmoid_bce_f16(size_t n, const actfn_f16 *z, const actfn_f16 *t, const float *w, float scale, float *loss, actfn_f16 *dz);

/*
 * sigmoid_mse = (sigmoid(z) - t)^2 / 2
 * gradient   (a - t) a (1 - a), a = sigmoid(z)
 * error      3 ulp, f' 3 ulp
 * special    relative to the terms where a is near t
 */
ACTFN_API actfn_status actfn_sigmoid_mse_f32(size_t n, const float *z, const float *t, const float *w, float scale, float *loss, float *dz);
ACTFN_API actfn_status actfn_sigmoid_mse_bf16(size_t n, const actfn_bf16 *z, const actfn_bf16 *t, const float *w, float scale, float *loss, actfn_bf16 *dz);
ACTFN_API actfn_status actfn_sigmoid_mse_f16(size_t n, const actfn_f16 *z, const actfn_f16 *t, const float *w, float scale, float *loss, actfn_f16 *dz);

/* end generated: named functions: losses */
/* clang-format on */

#ifdef __cplusplus
}
#endif

#endif

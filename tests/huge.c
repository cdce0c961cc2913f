/* SPDX-License-Identifier: MIT */
/*
 * Buffers of more than 2^32 elements, so that an index of 32 bits fails: 16 GiB of addresses each, mapped from a few pages.
 * One piece of a file is mapped nearly everywhere.  Only a few places have a piece of their own: the beginning, both sides
 * of elements 2^31 and 2^32, and the end.  The test looks at the results there.  Pages that fault lie around each buffer.
 */
#define _GNU_SOURCE /* memfd_create */
#include <actfn.h>

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#define SEAM ((size_t)1 << 32)
enum { PIECE = 1 << 19, BLANK = 0x7fa5a5a5, MOST_PLACES = 8 }; /* 2 MiB of floats: a huge page */

/* A buffer and its pieces.  The test looks at every element of a piece. */
struct buffer {
    float *p;
    size_t n, pieces, places[MOST_PLACES];
    int place_count;
};

static int failures;

static _Noreturn void skip(const char *why)
{
    printf("== huge: skipped: %s\n", why);
    exit(77);
}

static void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    failures++;
}

static void add_place(struct buffer *b, size_t piece)
{
    for (int k = 0; k < b->place_count; k++)
        if (b->places[k] == piece)
            return;
    if (piece < b->pieces)
        b->places[b->place_count++] = piece;
}

/* A buffer of n floats.  Its end is followed by a page that faults; its beginning lies inside a piece. */
static struct buffer map(size_t n)
{
    struct buffer b = { .n = n, .pieces = (n + PIECE - 1) / PIECE };
    const size_t piece = PIECE * sizeof(float);
    const size_t page = (size_t)sysconf(_SC_PAGESIZE), guard = piece > page ? piece : page;
    add_place(&b, 0);
    add_place(&b, 1);
    add_place(&b, b.pieces - 1);
    add_place(&b, b.pieces - 2);
    const size_t first = b.pieces * PIECE - n; /* where in its piece an index of 0 is */
    for (size_t k = 0; k < 2; k++) {
        add_place(&b, (first + SEAM) / PIECE + k);
        add_place(&b, (first + SEAM / 2) / PIECE + k);
    }

    const int file = memfd_create("huge", MFD_CLOEXEC);
    if (file < 0 || ftruncate(file, (off_t)(piece * (size_t)(b.place_count + 1))) != 0)
        skip("no memory in a file");
    char *const all =
        mmap(NULL, b.pieces * piece + 2 * guard, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (all == MAP_FAILED)
        skip("16 GiB of addresses are not to be had");
    for (size_t i = 0; i < b.pieces; i++) {
        size_t slot = 0;
        for (int k = 0; k < b.place_count; k++)
            if (b.places[k] == i)
                slot = (size_t)k + 1;
        if (mmap(all + guard + i * piece, piece, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, file,
                 (off_t)(slot * piece)) == MAP_FAILED)
            skip("so many mappings are not to be had");
    }
    close(file);
    b.p = (float *)(void *)(all + guard) + first;
    return b;
}

/* The range of indices of one piece. */
static void range(const struct buffer *b, int place, size_t *from, size_t *to)
{
    const size_t first = b->pieces * PIECE - b->n, begin = b->places[place] * PIECE;
    *from = begin > first ? begin - first : 0;
    *to = begin + PIECE - first;
}

typedef float pattern(size_t i);

/* Small integers: their sums are exact, and their period is longer than an index of 32 bits. */
static float mixed(size_t i)
{
    uint64_t h = (uint64_t)i * UINT64_C(0x9e3779b97f4a7c15);
    h ^= h >> 29;
    return (float)((int)(h >> 33 & 0xff) - 128);
}

static float ones(size_t i) { return (float)(i * 0 + 1); }

static void fill(const struct buffer *b, pattern *f)
{
    for (int k = 0; k < b->place_count; k++) {
        size_t from, to;
        range(b, k, &from, &to);
        for (size_t i = from; i < to; i++)
            b->p[i] = f(i);
    }
}

static bool is_common(const struct buffer *b, size_t piece)
{
    for (int k = 0; k < b->place_count; k++)
        if (b->places[k] == piece)
            return false;
    return true;
}

static void fill_common(const struct buffer *b, float value)
{
    const size_t first = b->pieces * PIECE - b->n;
    size_t piece = 2;
    while (!is_common(b, piece))
        piece++;
    for (size_t i = 0; i < PIECE; i++)
        b->p[piece * PIECE - first + i] = value;
}

static void blank(const struct buffer *b)
{
    const uint32_t bits = BLANK;
    for (int k = 0; k < b->place_count; k++) {
        size_t from, to;
        range(b, k, &from, &to);
        for (size_t i = from; i < to; i++)
            memcpy(&b->p[i], &bits, sizeof bits);
    }
}

static double seconds;

static void start(void) { seconds = (double)clock() / CLOCKS_PER_SEC; }

static void done(const char *what, size_t n, actfn_status status)
{
    printf("%s: %zu elements, %.1f s\n", what, n, (double)clock() / CLOCKS_PER_SEC - seconds);
    fflush(stdout);
    if (status != ACTFN_OK)
        fail("%s: %s", what, actfn_status_string(status));
}

typedef float expected_function(size_t i);

static void expect(const char *what, const struct buffer *y, size_t n, expected_function *f)
{
    for (int k = 0; k < y->place_count; k++) {
        size_t from, to;
        range(y, k, &from, &to);
        for (size_t i = from; i < to && i < n; i++)
            if (y->p[i] != f(i)) {
                fail("%s: element %zu is %g, expected %g", what, i, (double)y->p[i], (double)f(i));
                return;
            }
    }
}

/* ---- elementwise ------------------------------------------------------------------------------------------------- */

static float relu(size_t i) { return mixed(i) > 0 ? mixed(i) : 0; }
static float relu_gradient(size_t i) { return mixed(i) > 0 ? 1 : 0; }

static void elementwise(const struct buffer *x, const struct buffer *y)
{
    start();
    done("relu", x->n, actfn_forward_f32(ACTFN_RELU, ACTFN_ACCURATE, NULL, x->n, x->p, y->p));
    expect("relu", y, y->n, relu);
    /* In place: the result takes another path than a streamed result. */
    fill(y, ones);
    start();
    done("relu backward", x->n, actfn_backward_f32(ACTFN_RELU, ACTFN_FAST, NULL, x->n, x->p, y->p, y->p));
    expect("relu backward", y, y->n, relu_gradient);
}

/* The sum of x over the negative elements.  The common piece holds +1, which adds nothing. */
static void sums(const struct buffer *x, const struct buffer *dy)
{
    const float slope = 0.5f;
    float gradient = 0;
    double sum = 0;
    for (int k = 0; k < x->place_count; k++) {
        size_t from, to;
        range(x, k, &from, &to);
        for (size_t i = from; i < to; i++)
            sum += mixed(i) < 0 ? (double)mixed(i) : 0;
    }
    fill(dy, ones);
    start();
    done("leaky_relu, slope's gradient", x->n,
         actfn_param_gradient_f32(ACTFN_LEAKY_RELU, ACTFN_ACCURATE, &slope, x->n, x->p, dy->p, &gradient));
    const double error = (double)gradient - sum;
    if (!(error <= -sum * 0x1p-21 && error >= sum * 0x1p-21))
        fail("leaky_relu: the sum is %.0f, expected %.0f", (double)gradient, sum);
}

/* ---- families ---------------------------------------------------------------------------------------------------- */

static const float weights[] = { 0.5f, 0.25f, 2.0f };
static float prelu_last(size_t i) { return mixed(i) > 0 ? mixed(i) : weights[i % 3] * mixed(i); }

static void channels(const struct buffer *x, const struct buffer *y)
{
    const float *const arrays[] = { weights };
    const size_t n = x->n / 3 * 3;
    blank(y);
    start();
    done("prelu, channels last", n,
         actfn_channels_forward_f32(ACTFN_PRELU, ACTFN_ACCURATE, n / 3, 3, 1, 1, arrays, x->p, y->p));
    expect("prelu", y, n, prelu_last);
}

/* Few rows, far apart. */
static void strided_gates(const struct buffer *u, const struct buffer *y)
{
    enum { N = 1001 };
    const size_t stride = SEAM / 2 + 3;
    blank(y);
    start();
    done("reglu, strided", 2 * stride + N,
         actfn_gates_forward_f32(ACTFN_REGLU, ACTFN_ACCURATE, NULL, 3, N, u->p, stride, u->p, stride, y->p, stride));
    for (size_t row = 0; row < 3; row++)
        for (size_t i = 0; i <= N; i++) {
            uint32_t bits;
            const float *const at = &y->p[row * stride + i];
            const float r = relu(row * stride + i);
            memcpy(&bits, at, sizeof bits);
            if (i < N ? *at != r * r : bits != BLANK) {
                fail("reglu: row %zu, element %zu is %g, expected %g", row, i, (double)*at, (double)(r * r));
                return;
            }
        }
}

/* Gate first: u is x[0, HALF), v is the rest.  The test looks where both lie in pieces of their own. */
#define HALF (SEAM / 2 + 40)
static float packed_reglu(size_t i) { return relu(i) * mixed(HALF + i); }

static void packed_gates(const struct buffer *x, const struct buffer *y)
{
    blank(y);
    start();
    done("reglu, one packed row", 2 * HALF,
         actfn_gates_packed_forward_f32(ACTFN_REGLU, ACTFN_ACCURATE, NULL, ACTFN_GATE_FIRST, 1, 2 * HALF, x->p, y->p));
    for (size_t i = 0; i < HALF; i = i == 999 ? HALF - 1000 : i + 1)
        if (y->p[i] != packed_reglu(i)) {
            fail("packed reglu: element %zu is %g, expected %g", i, (double)y->p[i], (double)packed_reglu(i));
            return;
        }
}

/* The maximum of each row and its index.  The common piece holds 1 everywhere. */
static void rows(const struct buffer *x)
{
    enum { N = 1024 };
    const size_t outer = x->n / N;
    float *const y = malloc(outer * sizeof *y);
    int32_t *const index = malloc(outer * sizeof *index);
    if (!y || !index)
        skip("no memory");
    start();
    done("maxout", outer * N, actfn_maxout_index_f32(ACTFN_ACCURATE, outer, N, 1, x->p, y, index));
    size_t looked_at = 0;
    for (int k = 0; k < x->place_count; k++) {
        size_t from, to;
        range(x, k, &from, &to);
        for (size_t row = (from + N - 1) / N; (row + 1) * N <= to && row < outer; row++, looked_at++) {
            size_t best = 0;
            for (size_t i = 1; i < N; i++)
                if (mixed(row * N + i) > mixed(row * N + best))
                    best = i;
            if (y[row] != mixed(row * N + best) || index[row] != (int32_t)best) {
                fail("maxout: row %zu is %g at %d, expected %g at %zu", row, (double)y[row], (int)index[row],
                     (double)mixed(row * N + best), best);
                row = outer;
            }
        }
    }
    if (looked_at < 1000)
        fail("maxout: %zu rows were looked at", looked_at);
    free(y);
    free(index);
}

/* One row of more than 2^32 elements, whose greatest lies behind element 2^32. */
static void one_row(const struct buffer *x)
{
    float y = 0;
    const float was = x->p[SEAM + 5];
    x->p[SEAM + 5] = 1000;
    start();
    done("maxout of one row", x->n,
         actfn_rows_forward_f32(ACTFN_MAXOUT, ACTFN_ACCURATE, NULL, 0, 1, x->n, 1, x->p, &y));
    x->p[SEAM + 5] = was;
    if (y != 1000)
        fail("maxout of one row is %g", (double)y);
}

static void draws(const struct buffer *y)
{
    uint32_t wanted[64];
    const size_t at[] = { 0, SEAM - 32, y->n - 64 };
    start();
    done("random_u32", y->n, actfn_random_u32(y->n, (uint32_t *)(void *)y->p, 1, 2, 3));
    for (size_t k = 0; k < sizeof at / sizeof at[0]; k++) {
        actfn_random_u32(64, wanted, 1, 2, 3 + at[k]);
        if (memcmp(y->p + at[k], wanted, sizeof wanted) != 0)
            fail("random_u32: other words from %zu on", at[k]);
    }
}

int main(void)
{
    struct rlimit limit;
    if (sizeof(void *) < 8)
        skip("addresses of 32 bits");
    if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY)
        skip("the address space is limited");
    start();
    const struct buffer x = map(SEAM + 3 * PIECE + 77), y = map(SEAM + 3 * PIECE + 77);
    printf("mapped, %.1f s\n", (double)clock() / CLOCKS_PER_SEC - seconds);
    fill_common(&x, 1);
    fill(&x, mixed);
    blank(&y);
    elementwise(&x, &y);
    sums(&x, &y);
    channels(&x, &y);
    strided_gates(&x, &y);
    packed_gates(&x, &y);
    rows(&x);
    one_row(&x);
    draws(&y);
    return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}

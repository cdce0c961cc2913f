/* SPDX-License-Identifier: MIT */
/* Written so that compilers can vectorise the loops, because a walk has 2^32 floats, some directions and many operations. */
#include "measure.h"

#include "floats.h"

#include <string.h>

#define LARGEST_FLOAT 0x1.fffffep127f

void tally_clear(struct tally *t)
{
    *t = (struct tally) {
        .least = INFINITY, .greatest = -INFINITY, .exact_least = INFINITY, .exact_greatest = -INFINITY
    };
}

static void note(struct tally *t, double error, float at, float got, double exact)
{
    if (error < t->worst || (error == t->worst && (error == 0 || bits_of(at) >= bits_of(t->worst_at))))
        return;
    t->worst = error;
    t->worst_at = at;
    t->worst_got = got;
    t->worst_exact = exact;
}

static void note_back(struct tally *t, double ulp, float at)
{
    if (ulp > t->back || (ulp > 0 && ulp == t->back && bits_of(at) < bits_of(t->back_at))) {
        t->back = ulp;
        t->back_at = at;
    }
}

void tally_add(struct tally *to, const struct tally *part)
{
    to->count += part->count;
    to->rounded += part->rounded;
    to->wrong_nan += part->wrong_nan;
    to->turns += part->turns;
    to->hash += part->hash;
    note(to, part->worst, part->worst_at, part->worst_got, part->worst_exact);
    note_back(to, part->back, part->back_at);
    to->least = fminf(to->least, part->least);
    to->greatest = fmaxf(to->greatest, part->greatest);
    to->exact_least = fminf(to->exact_least, part->exact_least);
    to->exact_greatest = fmaxf(to->exact_greatest, part->exact_greatest);
}

bool tally_left_range(const struct tally *t) { return t->least < t->exact_least || t->greatest > t->exact_greatest; }

/* ---- errors ---------------------------------------------------------------------------------------------------- */

static uint64_t bits_of_double(double d)
{
    uint64_t b;
    memcpy(&b, &d, sizeof b);
    return b;
}

static double from_bits_of_double(uint64_t b)
{
    double d;
    memcpy(&d, &b, sizeof d);
    return d;
}

/* The ULP of a float result, 2^-149 to 2^104. */
static double unit_of(double exact)
{
    const double binade = from_bits_of_double(bits_of_double(exact) & UINT64_C(0x7ff0000000000000));
    const double kept = binade < 0x1p-126 ? 0x1p-126 : binade > 0x1p127 ? 0x1p127 : binade;
    return kept * 0x1p-23;
}

/* An infinity stands where the next float would be, so that an overflow has an error of that distance. */
static double bounded(double v) { return v > 0x1p128 ? 0x1p128 : v < -0x1p128 ? -0x1p128 : v; }

/* |got - exact| / unit, 0 where both are NaN, infinite where one is. */
static double error_of(double got, double exact, double unit)
{
    const double error = fabs(bounded(got) - bounded(exact)) / unit;
    const double plain = bounded(got) == bounded(exact) ? 0 : error;
    const double with_got = got != got ? (double)INFINITY : plain;
    const double with_both = exact != exact ? (double)INFINITY : with_got;
    return ((got != got) & (exact != exact)) ? 0 : with_both;
}

/* Maps a float to an unsigned integer that has the float's order. */
static uint32_t place_of(float f)
{
    const uint32_t b = bits_of(f), all_if_negative = 0 - (b >> 31);
    return b ^ (all_if_negative | 0x80000000);
}

static float at_place(uint32_t place) { return from_bits(place ^ (((place >> 31) - 1) | 0x80000000)); }

/* Widens [least, greatest].  A NaN has no effect. */
static void note_range(float *least, float *greatest, size_t n, const float *got)
{
    uint32_t high = place_of(*greatest), low = ~place_of(*least); /* both are greatest values */
    for (size_t i = 0; i < n; i++) {
        const uint32_t place = place_of(got[i]), somewhere = 0 - (uint32_t)(got[i] == got[i]);
        const uint32_t up = place & somewhere, down = ~place & somewhere;
        high = up > high ? up : high;
        low = down > low ? down : low;
    }
    *least = at_place(~low);
    *greatest = at_place(high);
}

/* Everything except the errors. */
static void note_counts(struct tally *t, size_t n, const float *x, const float *got, const float *nearest)
{
    uint32_t wrong = 0, rounded = 0, nans = 0;
    for (size_t i = 0; i < n; i++) {
        const uint32_t got_nan = got[i] != got[i], nearest_nan = nearest[i] != nearest[i], x_nan = x[i] != x[i];
        wrong += got_nan ^ nearest_nan;
        rounded += (uint32_t)(got[i] == nearest[i]) | (got_nan & nearest_nan & (x_nan ^ 1));
        nans += x_nan;
    }
    t->count += n - nans;
    t->wrong_nan += wrong;
    t->rounded += rounded;
    note_range(&t->least, &t->greatest, n, got);
    note_range(&t->exact_least, &t->exact_greatest, n, nearest);
}

/* Looks for the position of the largest error only if it is a new record.  Floats come in the order of their bits. */
static void note_errors(struct tally *t, size_t n, const float *x, const float *got, const double *exact,
                        const double *error)
{
    int64_t largest = 0;
    for (size_t i = 0; i < n; i++) {
        /* No error is below 0, so the bits of errors have the order of the errors. */
        const int64_t order = (int64_t)bits_of_double(error[i]);
        largest = order > largest ? order : largest;
    }
    const double record = from_bits_of_double((uint64_t)largest);
    for (size_t i = 0; record > t->worst && i < n; i++)
        if (error[i] == record)
            note(t, error[i], x[i], got[i], exact[i]);
}

#define MEASURE(the_unit)                                                                                              \
    double error[BLOCK];                                                                                               \
    float nearest[BLOCK] = { 0 };                                                                                      \
    for (size_t i = 0; i < n; i++) {                                                                                   \
        error[i] = error_of((double)got[i], exact[i], the_unit);                                                       \
        nearest[i] = (float)exact[i];                                                                                  \
    }                                                                                                                  \
    note_counts(t, n, x, got, nearest);                                                                                \
    note_errors(t, n, x, got, exact, error)

static double larger(double a, double b) { return a > b ? a : b; }
static double smaller(double a, double b) { return a < b ? a : b; }

void tally_errors(struct tally *t, size_t n, const float *x, const float *got, const double *exact, const double *terms)
{
    MEASURE(larger(unit_of(exact[i]), 0x1p-24 * terms[i]));
}

void tally_scaled_errors(struct tally *t, size_t n, const float *x, const float *got, const double *exact,
                         const double *scale)
{
    MEASURE(larger(0x1p-24 * smaller(scale[i], 0x1p128), 0x1p-149));
}

/* ---- steps the wrong way ----------------------------------------------------------------------------------------- */

/*
 * The reference knows the direction of f where two neighbours differ by more than the reference's own error.  Where they do
 * not, the first and the last float of the run tell the direction.  A result that does not change is never a wrong step.
 */
void tally_turns(struct tally *t, size_t n, size_t run, const float *x, const float *got, const double *exact)
{
    for (size_t from = 0; from + run <= n; from += run) {
        const double *e = exact + from;
        const float *g = got + from;
        const double trend = e[run - 1] - e[0];
        uint64_t turns = 0;
        for (size_t i = 0; i + 1 < run; i++) {
            const double rise = e[i + 1] - e[i], doubt = 0x1p-44 * fabs(e[i]);
            const double direction = fabs(rise) > doubt ? rise : trend;
            const float step = g[i + 1] - g[i];
            turns += (uint64_t)((step < 0) & (direction >= 0)) | (uint64_t)((step > 0) & (direction <= 0));
        }
        t->turns += turns;
        for (size_t i = 0; turns && i + 1 < run; i++) {
            const double rise = e[i + 1] - e[i], doubt = 0x1p-44 * fabs(e[i]);
            const double direction = fabs(rise) > doubt ? rise : trend;
            const double step = (double)g[i + 1] - (double)g[i];
            if ((step < 0 && direction >= 0) || (step > 0 && direction <= 0))
                note_back(t, fabs(step) / unit_of(e[i]), x[from + i]);
        }
    }
}

/* ---- hash ------------------------------------------------------------------------------------------------------ */

/* A sum of products with odd numbers.  One wrong result always changes the sum; several leave it with a chance of 2^-64. */
void tally_hash(struct tally *t, size_t n, const float *x, const float *got)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        const uint64_t weight = bits_of(x[i]) * UINT64_C(0x9e3779b97f4a7c15) | 1;
        const uint32_t result = got[i] != got[i] ? 0x7fc00000 : bits_of(got[i]);
        sum += (result + UINT64_C(1)) * weight;
    }
    t->hash += sum;
}

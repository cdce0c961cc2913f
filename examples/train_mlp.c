/* SPDX-License-Identifier: MIT */
/*
 * A multilayer perceptron for handwritten digits, trained by mini-batch gradient descent with momentum:
 *
 *     z = x W + b,  h = f(z),  z = h W + b,  h = f(z),  ...,  z = h W + b,  loss = cross entropy of softmax(z)
 *
 * libactfn computes everything that is not linear, the gradients of that, and the random numbers.  A BLAS multiplies
 * matrices.  This file has the rest.  activate(), activate_backward(), cross_entropy() and draw_normals() call libactfn.
 */
#include "dataset.h"
#include "settings.h"

#include <actfn.h>

#include <cblas.h>
#include <err.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MODE ACTFN_FAST
#define MAX_LAYERS (MAX_HIDDEN_LAYERS + 1)

/* The streams of one seed.  Epoch e is shuffled with stream SHUFFLE + e. */
enum { NORMALS, SHUFFLE };

struct layer {
    size_t in, out;
    float *W, *b, *a;    /* [in][out], [out]; a: the slopes [out] of a hidden layer with prelu */
    float *dW, *db, *da; /* the derivatives of the loss by W, b, a */
    float *z, *h;        /* [batch][out], before and after the activation; the last layer has no h */
    float *dz;           /* [batch][out], the derivative of the loss by h, later by z */
};

struct network {
    actfn_op op;
    size_t batch;
    int layers;
    struct layer layer[MAX_LAYERS];
    size_t count; /* of all parameters; parameters, gradients and velocities are blocks of the same layout */
    float *parameters, *gradients, *velocities;
    float *losses; /* [batch] */
};

static void check(actfn_status status, const char *what)
{
    if (status != ACTFN_OK)
        errx(EXIT_FAILURE, "%s: %s", what, actfn_status_string(status));
}

/* ---- the network ------------------------------------------------------------------------------------------------- */

/* C = op(A) op(B) + beta C, where op(A) is [m][k], op(B) is [k][n] and C is [m][n]. */
static void multiply(CBLAS_TRANSPOSE a_transposed, CBLAS_TRANSPOSE b_transposed, size_t m, size_t n, size_t k,
                     const float *A, const float *B, float beta, float *C)
{
    const size_t lda = a_transposed == CblasTrans ? m : k, ldb = b_transposed == CblasTrans ? k : n;
    cblas_sgemm(CblasRowMajor, a_transposed, b_transposed, (blasint)m, (blasint)n, (blasint)k, 1, A, (blasint)lda, B,
                (blasint)ldb, beta, C, (blasint)n);
}

/* h = f(z) for n samples.  prelu has a slope for each unit, so it belongs to the channels family; the others are elementwise.
 * */
static void activate(const struct network *net, const struct layer *l, size_t n)
{
    if (net->op == ACTFN_PRELU)
        check(actfn_channels_forward_f32(net->op, MODE, n, l->out, 1, 1, (const float *const[]) { l->a }, l->z, l->h),
              "prelu");
    else
        check(actfn_forward_f32(net->op, MODE, NULL, n * l->out, l->z, l->h), "activation");
}

/* dz = dz f'(z), in place; and the gradients of the slopes, unless da is NULL. */
static void activate_backward(const struct network *net, const struct layer *l, size_t n, float *da)
{
    if (net->op == ACTFN_PRELU)
        check(actfn_channels_backward_f32(net->op, MODE, n, l->out, 1, 1, (const float *const[]) { l->a }, l->z, l->dz,
                                          l->dz, (float *const[]) { da }),
              "prelu's gradient");
    else
        check(actfn_backward_f32(net->op, MODE, NULL, n * l->out, l->z, l->dz, l->dz), "the activation's gradient");
}

static void forward(const struct network *net, size_t n, const float *x)
{
    for (int k = 0; k < net->layers; k++) {
        const struct layer *l = &net->layer[k];
        for (size_t i = 0; i < n; i++)
            memcpy(l->z + i * l->out, l->b, l->out * sizeof *l->b);
        multiply(CblasNoTrans, CblasNoTrans, n, l->out, l->in, x, l->W, 1, l->z);
        if (k < net->layers - 1)
            activate(net, l, n);
        x = l->h;
    }
}

/*
 * The sum of n samples' losses after forward().  With backward_too also the last layer's dz, for the mean of the losses.
 * softmax and cross entropy are one call: then the gradient by z is simply softmax(z) minus the target, and no logarithm of 0
 * can occur.
 */
static double cross_entropy(const struct network *net, size_t n, const int64_t *labels, int backward_too)
{
    const struct layer *last = &net->layer[net->layers - 1];
    const int64_t ignore_none = -1;
    check(actfn_softmax_cross_entropy_f32(MODE, NULL, n, last->out, 1, last->z, labels, ignore_none, NULL, 1 / (float)n,
                                          net->losses, backward_too ? last->dz : NULL),
          "loss");
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (double)net->losses[i];
    return sum;
}

/* The gradients of all parameters, from the last layer's dz. */
static void backward(const struct network *net, size_t n, const float *x)
{
    for (int k = net->layers - 1; k >= 0; k--) {
        const struct layer *l = &net->layer[k], *below = k > 0 ? l - 1 : NULL;
        multiply(CblasTrans, CblasNoTrans, l->in, l->out, n, below ? below->h : x, l->dz, 0, l->dW);
        memset(l->db, 0, l->out * sizeof *l->db);
        for (size_t i = 0; i < n; i++)
            for (size_t j = 0; j < l->out; j++)
                l->db[j] += l->dz[i * l->out + j];
        if (below) {
            multiply(CblasNoTrans, CblasTrans, n, l->in, l->out, l->dz, l->W, 0, below->dz);
            activate_backward(net, below, n, below->da);
        }
    }
}

static void descend(const struct network *net, const float *first, size_t n, float rate, float momentum, float decay)
{
    const size_t start = (size_t)(first - net->parameters);
    float *p = net->parameters + start, *v = net->velocities + start;
    const float *g = net->gradients + start;
    for (size_t i = 0; i < n; i++) {
        v[i] = momentum * v[i] - rate * (g[i] + decay * p[i]);
        p[i] += v[i];
    }
}

/* Weight decay is only for W.  It would pull prelu's slopes towards 0, and so make prelu a relu (He et al.). */
static void update(const struct network *net, float rate, float momentum, float decay)
{
    for (int k = 0; k < net->layers; k++) {
        const struct layer *l = &net->layer[k];
        descend(net, l->W, l->in * l->out, rate, momentum, decay);
        descend(net, l->b, l->out, rate, momentum, 0);
        if (l->a)
            descend(net, l->a, l->out, rate, momentum, 0);
    }
}

/* ---- initialisation ---------------------------------------------------------------------------------------------- */

/*
 * n numbers of the standard normal distribution, by Box and Muller: sqrt(-2 ln u) sin(2 pi v).  libactfn computes the
 * logarithm, the root, the sine and the random words, so every machine begins with the same weights.
 */
static void draw_normals(size_t n, float *normals, uint64_t seed, uint64_t offset)
{
    uint32_t *words = allocate(2 * n, sizeof *words);
    float *angles = allocate(n, sizeof *angles);
    check(actfn_random_u32(2 * n, words, seed, NORMALS, 2 * offset), "random numbers");
    for (size_t i = 0; i < n; i++) {
        normals[i] = ((float)(words[2 * i] >> 8) + 1) * 0x1p-24f; /* in (0, 1] */
        angles[i] = (float)(words[2 * i + 1] >> 8) * 0x1p-24f * 6.2831853f;
    }
    check(actfn_forward_f32(ACTFN_LOG, MODE, NULL, n, normals, normals), "log");
    for (size_t i = 0; i < n; i++)
        normals[i] *= -2;
    check(actfn_forward_f32(ACTFN_SQRT, MODE, NULL, n, normals, normals), "sqrt");
    check(actfn_forward_f32(ACTFN_SINUSOID, MODE, NULL, n, angles, angles), "sinusoid");
    for (size_t i = 0; i < n; i++)
        normals[i] *= angles[i];
    free(words);
    free(angles);
}

/*
 * The deviation of a layer's weights.  With it neither the values on the way forward nor the gradients on the way back grow or
 * fade from layer to layer.
 */
static double deviation(actfn_op op, size_t in, size_t out)
{
    switch (op) {
    /* LeCun normal: selu drives mean and variance to 0 and 1 by itself if a sum of its outputs keeps them. */
    case ACTFN_SELU: return sqrt(1.0 / (double)in);
    /* He normal: these pass about half of their input, and the factor 2 makes up for that ... */
    case ACTFN_RELU:
    case ACTFN_RELU6:
    case ACTFN_SQUARED_RELU:
    case ACTFN_LEAKY_RELU:
    case ACTFN_RELU_GENERAL:
    case ACTFN_ELU:
    case ACTFN_CELU:
    case ACTFN_ISRLU:
    case ACTFN_SILU:
    case ACTFN_SWISH:
    case ACTFN_GELU:
    case ACTFN_GELU_TANH:
    case ACTFN_GELU_QUICK:
    case ACTFN_MISH:
    case ACTFN_HARDSWISH:
    case ACTFN_HARDSWISH_AB: return sqrt(2.0 / (double)in);
    /* ... and if the other half passes with slope a, the factor is 2 / (1 + a^2). */
    case ACTFN_PRELU: {
        const double a = actfn_op_param(op, 0)->default_value;
        return sqrt(2.0 / ((1 + a * a) * (double)in));
    }
    /*
     * Xavier (Glorot) normal, between 1 / in, which keeps the variance forward, and 1 / out, which keeps it backward.  For
     * sigmoid, tanh and other activations that are nearly linear around 0, and for the last layer.
     */
    default: return sqrt(2.0 / (double)(in + out));
    }
}

static void make_network(struct network *net, actfn_op op, size_t batch, size_t columns, int hidden_layers,
                         const size_t *hidden, size_t classes, uint64_t seed)
{
    *net = (struct network) { .op = op, .batch = batch, .layers = hidden_layers + 1 };
    for (int k = 0; k < net->layers; k++) {
        struct layer *l = &net->layer[k];
        l->in = k > 0 ? hidden[k - 1] : columns;
        l->out = k < hidden_layers ? hidden[k] : classes;
        net->count += (l->in + 2) * l->out;
    }
    net->parameters = allocate(net->count, sizeof(float));
    net->gradients = allocate(net->count, sizeof(float));
    net->velocities = allocate(net->count, sizeof(float));
    net->losses = allocate(batch, sizeof(float));

    size_t used = 0;
    for (int k = 0; k < net->layers; k++) {
        struct layer *l = &net->layer[k];
        const int is_hidden = k < hidden_layers;
        float **const parts[] = { &l->W, &l->b, &l->a }, **const gradients[] = { &l->dW, &l->db, &l->da };
        const size_t sizes[] = { l->in * l->out, l->out, is_hidden && op == ACTFN_PRELU ? l->out : 0 };
        for (int i = 0; i < 3; i++)
            if (sizes[i]) {
                *parts[i] = net->parameters + used;
                *gradients[i] = net->gradients + used;
                used += sizes[i];
            }

        draw_normals(sizes[0], l->W, seed, (uint64_t)(l->W - net->parameters));
        const float scale = (float)deviation(is_hidden ? op : ACTFN_IDENTITY, l->in, l->out);
        for (size_t i = 0; i < sizes[0]; i++)
            l->W[i] *= scale;
        for (size_t i = 0; i < sizes[2]; i++)
            l->a[i] = actfn_op_param(op, 0)->default_value;

        l->z = allocate(batch * l->out, sizeof(float));
        l->dz = allocate(batch * l->out, sizeof(float));
        l->h = is_hidden ? allocate(batch * l->out, sizeof(float)) : NULL;
    }
    net->count = used;
}

static void free_network(struct network *net)
{
    for (int k = 0; k < net->layers; k++) {
        free(net->layer[k].z);
        free(net->layer[k].h);
        free(net->layer[k].dz);
    }
    free(net->parameters);
    free(net->gradients);
    free(net->velocities);
    free(net->losses);
}

/* ---- training ---------------------------------------------------------------------------------------------------- */

/* Fisher and Yates: each order has the same probability, up to 2^-32 by the rounding of a product. */
static void shuffle(size_t n, size_t *order, uint32_t *words, uint64_t seed, uint64_t epoch)
{
    check(actfn_random_u32(n, words, seed, SHUFFLE + epoch, 0), "random numbers");
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    for (size_t i = n; i > 1; i--) {
        const size_t j = (size_t)((uint64_t)words[i - 1] * i >> 32), last = order[i - 1];
        order[i - 1] = order[j];
        order[j] = last;
    }
}

/* The size of the batch that begins at `start`.  The last batch may be smaller. */
static size_t batch_from(const struct network *net, const struct dataset *set, size_t start)
{
    return set->rows - start < net->batch ? set->rows - start : net->batch;
}

/* Each training sample once, in batches.  Each epoch has a new order. */
static void train_epoch(const struct network *net, const struct dataset *set, const size_t *order, unsigned long epoch,
                        const struct settings *s, float *x, int64_t *labels)
{
    for (size_t start = 0, n; start < set->rows; start += n) {
        n = batch_from(net, set, start);
        for (size_t i = 0; i < n; i++) {
            const size_t row = order[start + i];
            memcpy(x + i * set->columns, set->x + row * set->columns, set->columns * sizeof *x);
            labels[i] = set->labels[row];
        }
        forward(net, n, x);
        if (!isfinite(cross_entropy(net, n, labels, 1)))
            errx(EXIT_FAILURE,
                 "the loss is not finite in epoch %lu: %s may need a smaller --learning-rate, or not suit", epoch,
                 s->activation);
        backward(net, n, x);
        update(net, (float)s->rate, (float)s->momentum, (float)s->decay);
    }
}

/* The share of samples whose greatest output is that of their class.  *loss is the mean loss. */
static double evaluate(const struct network *net, const struct dataset *set, double *loss)
{
    const struct layer *last = &net->layer[net->layers - 1];
    size_t right = 0;
    *loss = 0;
    for (size_t start = 0, n; start < set->rows; start += n) {
        n = batch_from(net, set, start);
        forward(net, n, set->x + start * set->columns);
        *loss += cross_entropy(net, n, set->labels + start, 0);
        for (size_t i = 0; i < n; i++) {
            const float *z = last->z + i * last->out;
            size_t best = 0;
            for (size_t j = 1; j < last->out; j++)
                if (z[j] > z[best])
                    best = j;
            right += best == (size_t)set->labels[start + i];
        }
    }
    *loss /= (double)set->rows;
    return (double)right / (double)set->rows;
}

/*
 * The shares of hidden units that hardly learn.  A unit is dead if f'(z) = 0 for every training sample: no gradient reaches
 * its weights.  This happens to relu after a step that is too large.  A unit is saturated if |f'(z)| < FLAT for more than
 * MOST of the samples, as happens to sigmoid and tanh far from 0.  Dead units are saturated too.
 */
#define FLAT 0.01
#define MOST 0.9

struct count {
    size_t zero, flat;
};

static void measure_units(const struct network *net, const struct dataset *set, double *dead, double *saturated)
{
    size_t units = 0, dead_units = 0, saturated_units = 0;
    struct count *counts[MAX_LAYERS];
    for (int k = 0; k < net->layers - 1; k++)
        counts[k] = allocate(net->layer[k].out, sizeof *counts[k]);
    for (size_t start = 0, n; start < set->rows; start += n) {
        n = batch_from(net, set, start);
        forward(net, n, set->x + start * set->columns);
        for (int k = 0; k < net->layers - 1; k++) {
            const struct layer *l = &net->layer[k];
            for (size_t i = 0; i < n * l->out; i++)
                l->dz[i] = 1; /* then the result is f'(z) */
            activate_backward(net, l, n, NULL);
            for (size_t i = 0; i < n * l->out; i++) {
                counts[k][i % l->out].zero += l->dz[i] == 0;
                counts[k][i % l->out].flat += fabs((double)l->dz[i]) < FLAT;
            }
        }
    }
    for (int k = 0; k < net->layers - 1; k++) {
        for (size_t j = 0; j < net->layer[k].out; j++) {
            dead_units += counts[k][j].zero == set->rows;
            saturated_units += (double)counts[k][j].flat > MOST * (double)set->rows;
        }
        units += net->layer[k].out;
        free(counts[k]);
    }
    *dead = (double)dead_units / (double)units;
    *saturated = (double)saturated_units / (double)units;
}

static void train(const struct network *net, const struct dataset *train_set, const struct dataset *held_out,
                  const struct settings *s)
{
    size_t *order = allocate(train_set->rows, sizeof *order);
    uint32_t *words = allocate(train_set->rows, sizeof *words);
    float *x = allocate(net->batch * train_set->columns, sizeof *x);
    int64_t *labels = allocate(net->batch, sizeof *labels);
    double accuracy = 0, loss, dead, saturated, unused;

    printf("%s, %zu samples, %zu held out, %zu parameters\n", s->activation, train_set->rows, held_out->rows,
           net->count);
    printf("epoch  training loss  held-out accuracy     dead  saturated\n");
    for (unsigned long epoch = 1; epoch <= s->epochs; epoch++) {
        shuffle(train_set->rows, order, words, s->seed, epoch);
        train_epoch(net, train_set, order, epoch, s, x, labels);
        if (epoch % 5 != 0 && epoch != s->epochs)
            continue;
        evaluate(net, train_set, &loss);
        accuracy = evaluate(net, held_out, &unused);
        measure_units(net, train_set, &dead, &saturated);
        printf("%5lu  %13.5f  %15.1f %%  %5.1f %%  %7.1f %%\n", epoch, loss, 100 * accuracy, 100 * dead,
               100 * saturated);
    }
    printf("held-out accuracy %.1f %%\n", 100 * accuracy);
    free(order);
    free(words);
    free(x);
    free(labels);
}

int main(int argc, char **argv)
{
    struct settings s;
    settings_parse(&s, argc, argv);

    setvbuf(stdout, NULL, _IOLBF, 0); /* messages and epochs stay in order, in a file too */

    struct dataset train_set, held_out;
    dataset_read(&train_set, s.paths[0], s.paths[1]);
    dataset_read(&held_out, s.paths[2], s.paths[3]);
    if (held_out.columns != train_set.columns)
        errx(EXIT_FAILURE, "%s has %zu columns, and %s has %zu", s.paths[2], held_out.columns, s.paths[0],
             train_set.columns);
    if (held_out.classes > train_set.classes)
        errx(EXIT_FAILURE, "%s has the class %zu, which %s has not", s.paths[3], held_out.classes - 1, s.paths[1]);
    dataset_standardize(&train_set, &held_out);

    /* The number of threads that share a product may change the order of its sums, and so its bits. */
    openblas_set_num_threads(1);
    struct network net;
    const size_t batch = s.batch < train_set.rows ? s.batch : train_set.rows;
    make_network(&net, s.op, batch, train_set.columns, s.hidden_layers, s.hidden, train_set.classes, s.seed);
    train(&net, &train_set, &held_out, &s);
    if (s.save)
        array_write(s.save, net.count, net.parameters);
    free_network(&net);
    dataset_free(&train_set);
    dataset_free(&held_out);
    if (fflush(stdout) != 0 || ferror(stdout))
        errx(EXIT_FAILURE, "standard output cannot be written");
    return EXIT_SUCCESS;
}

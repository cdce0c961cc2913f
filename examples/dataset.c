/* SPDX-License-Identifier: MIT */
#include "dataset.h"

#include "npy.h"

#include <err.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *allocate(size_t n, size_t size)
{
    void *memory = calloc(n, size);
    if (!memory)
        err(EXIT_FAILURE, "%zu elements", n);
    return memory;
}

struct file {
    unsigned char *bytes;
    size_t length;
};

static struct file read_whole(const char *path)
{
    struct file file = { NULL, 0 };
    FILE *stream = fopen(path, "rb");
    if (!stream)
        err(EXIT_FAILURE, "%s", path);
    size_t room = 0;
    do {
        room = room ? 2 * room : 1 << 16;
        file.bytes = realloc(file.bytes, room);
        if (!file.bytes)
            err(EXIT_FAILURE, "%s", path);
        file.length += fread(file.bytes + file.length, 1, room - file.length, stream);
    } while (file.length == room);
    if (ferror(stream))
        err(EXIT_FAILURE, "%s", path);
    fclose(stream);
    return file;
}

/* The elements of the array that the header describes: float32, or int64 if that is the other wanted type. */
static const unsigned char *elements(const char *path, const struct file *file, struct npy_header *header,
                                     enum npy_type other)
{
    static const char *const messages[] = {
        [NPY_SHORT] = "ends within its header",
        [NPY_NOT_NPY] = "is not a .npy file",
        [NPY_VERSION] = "has a header of an unknown version",
        [NPY_MALFORMED] = "has a malformed header",
        [NPY_FORTRAN] = "is in Fortran order, and C order is needed (numpy.ascontiguousarray)",
        [NPY_TOO_BIG] = "has a shape that no memory can hold",
    };
    const enum npy_result result = npy_parse(file->bytes, file->length, header);
    if (result == NPY_DTYPE || (result == NPY_OK && header->type != NPY_FLOAT32 && header->type != other))
        errx(EXIT_FAILURE, "%s: the elements are '%s', and '<f4' (float32)%s is needed", path, header->dtype,
             other == NPY_INT64 ? " or '<i8' (int64)" : "");
    if (result != NPY_OK)
        errx(EXIT_FAILURE, "%s %s", path, messages[result]);
    const size_t bytes = file->length - header->offset, size = npy_size(header->type);
    if (bytes % size != 0 || bytes / size != header->count) {
        char shape[NPY_MAX_DIMS * 22 + 3];
        npy_shape_text(header, shape, sizeof shape);
        errx(EXIT_FAILURE, "%s: %zu bytes follow the header, which are not the %zu-byte elements of shape %s", path,
             bytes, size, shape);
    }
    return file->bytes + header->offset;
}

static void check_shape(const char *path, const struct npy_header *header, int fits, const char *wanted)
{
    char shape[NPY_MAX_DIMS * 22 + 3];
    npy_shape_text(header, shape, sizeof shape);
    if (!fits)
        errx(EXIT_FAILURE, "%s: the shape is %s, and %s is needed", path, shape, wanted);
}

static void read_samples(struct dataset *set, const char *path)
{
    struct npy_header header;
    const struct file file = read_whole(path);
    const unsigned char *found = elements(path, &file, &header, NPY_FLOAT32);
    check_shape(path, &header, header.dims == 2 && header.count > 0 && header.shape[1] <= MAX_COLUMNS,
                "(samples, 1 ... 65536)");
    set->rows = header.shape[0];
    set->columns = header.shape[1];
    set->x = allocate(header.count, sizeof *set->x);
    memcpy(set->x, found, header.count * sizeof *set->x);
    for (size_t i = 0; i < header.count; i++)
        if (!isfinite(set->x[i]))
            errx(EXIT_FAILURE, "%s: element %zu is not finite", path, i);
    free(file.bytes);
}

static void read_labels(struct dataset *set, const char *path)
{
    struct npy_header header;
    const struct file file = read_whole(path);
    const unsigned char *found = elements(path, &file, &header, NPY_INT64);
    char wanted[32];
    snprintf(wanted, sizeof wanted, "(%zu,)", set->rows);
    check_shape(path, &header, header.dims == 1 && header.count == set->rows, wanted);
    set->labels = allocate(set->rows, sizeof *set->labels);
    set->classes = 0;
    for (size_t i = 0; i < set->rows; i++) {
        int64_t integer = -1;
        float number;
        if (header.type == NPY_INT64) {
            memcpy(&integer, found + i * sizeof integer, sizeof integer);
        } else {
            memcpy(&number, found + i * sizeof number, sizeof number);
            if (number >= 0 && number < MAX_CLASSES && number == floorf(number))
                integer = (int64_t)number;
        }
        if (integer < 0 || integer >= MAX_CLASSES)
            errx(EXIT_FAILURE, "%s: element %zu is not one of the classes 0 ... %d", path, i, MAX_CLASSES - 1);
        set->labels[i] = integer;
        if ((size_t)integer >= set->classes)
            set->classes = (size_t)integer + 1;
    }
    free(file.bytes);
}

void dataset_read(struct dataset *set, const char *x_path, const char *labels_path)
{
    read_samples(set, x_path);
    read_labels(set, labels_path);
}

void dataset_free(struct dataset *set)
{
    free(set->x);
    free(set->labels);
}

void dataset_standardize(struct dataset *train, struct dataset *held_out)
{
    /*
     * The initialisations assume inputs of mean 0 and variance 1 (LeCun et al., "Efficient BackProp").  All columns have one
     * scale, because all pixels have the same unit.  A pixel that is hardly ever lit would become the loudest if it were
     * divided by its own deviation.  The held-out data is moved and scaled by the numbers of the training data, as any later
     * data would be.
     */
    double variance = 0;
    for (size_t c = 0; c < train->columns; c++) {
        double mean = 0;
        for (size_t r = 0; r < train->rows; r++)
            mean += train->x[r * train->columns + c];
        mean /= (double)train->rows;
        for (size_t r = 0; r < train->rows; r++) {
            float *const x = &train->x[r * train->columns + c];
            *x = (float)(*x - mean);
            variance += (double)*x * *x;
        }
        for (size_t r = 0; r < held_out->rows; r++) {
            float *const x = &held_out->x[r * held_out->columns + c];
            *x = (float)(*x - mean);
        }
    }
    variance /= (double)(train->rows * train->columns);
    if (!(variance > 0))
        errx(EXIT_FAILURE, "all training samples are the same");
    const float scale = (float)(1 / sqrt(variance));
    for (size_t i = 0; i < train->rows * train->columns; i++)
        train->x[i] *= scale;
    for (size_t i = 0; i < held_out->rows * held_out->columns; i++)
        held_out->x[i] *= scale;
}

void array_write(const char *path, size_t n, const float *values)
{
    char text[NPY_MAX_HEADER];
    const struct npy_header header = { .type = NPY_FLOAT32, .dims = 1, .shape = { n } };
    const size_t length = npy_write(&header, text);
    FILE *stream = fopen(path, "wb");
    if (!stream)
        err(EXIT_FAILURE, "%s", path);
    const int written = fwrite(text, 1, length, stream) == length && fwrite(values, sizeof *values, n, stream) == n;
    if (fclose(stream) != 0 || !written)
        err(EXIT_FAILURE, "%s", path);
}

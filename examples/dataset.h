/* SPDX-License-Identifier: MIT */
/* Labelled samples from NumPy's .npy files. */
#ifndef ACTFN_EXAMPLES_DATASET_H
#define ACTFN_EXAMPLES_DATASET_H

#include <stddef.h>
#include <stdint.h>

#define MAX_COLUMNS 65536
#define MAX_CLASSES 1000

struct dataset {
    size_t rows, columns;
    float *x;        /* [rows][columns] */
    int64_t *labels; /* [rows], each 0 ... classes - 1 */
    size_t classes;  /* the greatest label + 1 */
};

/* Returns zeroed memory; without memory prints a message and exits with 1. */
void *allocate(size_t n, size_t size);

/* Reads float32 samples (rows, columns) and int64 or float32 labels (rows,).  On an error prints a message and exits with 1. */
void dataset_read(struct dataset *set, const char *x_path, const char *labels_path);
void dataset_free(struct dataset *set);

/* Moves and scales both sets so that each column of the training set has mean 0, and all its values together variance 1. */
void dataset_standardize(struct dataset *train, struct dataset *held_out);

/* Writes n floats as an array of one dimension.  On an error prints a message and exits with 1. */
void array_write(const char *path, size_t n, const float *values);

#endif

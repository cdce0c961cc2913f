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
    size_t classes;  /* the greatest label, and one */
};

/* Zeroed memory, or print that there is none and exit with 1. */
void *allocate(size_t n, size_t size);

/* Read float32 samples (rows, columns) and int64 or float32 labels (rows,), or print what is wrong and exit with 1. */
void dataset_read(struct dataset *set, const char *x_path, const char *labels_path);
void dataset_free(struct dataset *set);

/* Move and scale both so that the training set's columns have mean 0, and all of its values together variance 1. */
void dataset_standardize(struct dataset *train, struct dataset *held_out);

/* Write n floats as an array of one dimension, or print what is wrong and exit with 1. */
void array_write(const char *path, size_t n, const float *values);

#endif

/* SPDX-License-Identifier: MIT */
/* The header of NumPy's .npy format.  Versions 1.0, 2.0 and 3.0 are read; 1.0 is written, as NumPy writes it. */
#ifndef ACTFN_TOOLS_NPY_H
#define ACTFN_TOOLS_NPY_H

#include <stdbool.h>
#include <stddef.h>

#define NPY_MAX_DIMS 64         /* as in NumPy 2 */
#define NPY_MAX_HEADER 2048     /* room for the header of so many dimensions */
#define NPY_LONGEST_INPUT 65536 /* a header of float32 needs no more; a longer one is no honest header */

enum npy_result {
    NPY_OK,
    NPY_SHORT,     /* more bytes are needed: `offset` in all */
    NPY_NOT_NPY,   /* no magic string */
    NPY_VERSION,   /* `version` is not known here */
    NPY_MALFORMED, /* not the dictionary that the format asks for */
    NPY_DTYPE,     /* `dtype` is none of the types below */
    NPY_FORTRAN,   /* first index fastest */
    NPY_TOO_BIG    /* more elements, or dimensions, than any memory holds */
};

/* All little-endian.  The format has no name for bfloat16: ml_dtypes writes it as elements of 2 bytes, without a kind. */
enum npy_type { NPY_FLOAT32 = 1, NPY_FLOAT16, NPY_BFLOAT16, NPY_INT32, NPY_INT64, NPY_TYPES };

struct npy_header {
    enum npy_type type;
    int dims;
    size_t shape[NPY_MAX_DIMS];
    size_t count;  /* elements; 1 where dims = 0 */
    size_t offset; /* of the first element in the file */
    int version[2];
    char dtype[64];
};

/* The bytes of an element. */
size_t npy_size(enum npy_type type);

/* "float32", as NumPy calls it, and "f32", as --type does; the latter is NULL for integers. */
const char *npy_type_name(enum npy_type type);
const char *npy_type_option(enum npy_type type);

/* Whether it is a type that can be computed with. */
static inline bool npy_is_float(enum npy_type type) { return type >= NPY_FLOAT32 && type <= NPY_BFLOAT16; }

/* Read the header that the bytes begin with.  What is filled in with a result other than NPY_OK is said there. */
enum npy_result npy_parse(const unsigned char *bytes, size_t length, struct npy_header *header);

/* The header for a C-ordered array of that type and shape; returns its length, a multiple of 64. */
size_t npy_write(const struct npy_header *header, char text[static NPY_MAX_HEADER]);

/* "(2, 3)", as Python prints it. */
void npy_shape_text(const struct npy_header *header, char *text, size_t size);

/* The shape without one axis. */
struct npy_header npy_without(const struct npy_header *header, int axis);

bool npy_same_shape(const struct npy_header *a, const struct npy_header *b);

#endif

/* SPDX-License-Identifier: MIT */
#include "npy.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the elements of a file are used as they are");

static const char magic[6] = "\x93NUMPY";

/* ---- types ----------------------------------------------------------------------------------------------------- */

static const struct {
    const char *descr, *name, *option;
    size_t size;
} types[NPY_TYPES] = {
    [NPY_FLOAT32] = { "<f4", "float32", "f32", 4 },    [NPY_FLOAT16] = { "<f2", "float16", "f16", 2 },
    [NPY_BFLOAT16] = { "<V2", "bfloat16", "bf16", 2 }, [NPY_INT32] = { "<i4", "int32", NULL, 4 },
    [NPY_INT64] = { "<i8", "int64", NULL, 8 },
};

size_t npy_size(enum npy_type type) { return types[type].size; }

const char *npy_type_name(enum npy_type type) { return types[type].name; }

const char *npy_type_option(enum npy_type type) { return types[type].option; }

/* ---- reading: a Python dictionary with three known keys -------------------------------------------------------- */

struct cursor {
    const char *at, *end;
};

static void skip_space(struct cursor *c)
{
    while (c->at < c->end && strchr(" \t\r\n\f", *c->at) && *c->at)
        c->at++;
}

/* Takes the next character other than a space if it is `wanted`. */
static bool take(struct cursor *c, char wanted)
{
    skip_space(c);
    if (c->at == c->end || *c->at != wanted)
        return false;
    c->at++;
    return true;
}

static bool take_word(struct cursor *c, const char *word)
{
    const size_t length = strlen(word);
    skip_space(c);
    if ((size_t)(c->end - c->at) < length || memcmp(c->at, word, length) != 0)
        return false;
    c->at += length;
    return true;
}

/* A quoted string without escapes.  A string that is too long is cut. */
static bool take_string(struct cursor *c, char *text, size_t size)
{
    skip_space(c);
    if (c->at == c->end || (*c->at != '\'' && *c->at != '"'))
        return false;
    const char quote = *c->at++;
    size_t length = 0;
    for (; c->at < c->end && *c->at != quote && *c->at != '\\'; c->at++)
        if (length + 1 < size)
            text[length++] = *c->at;
    text[length] = '\0';
    return take(c, quote);
}

/* A dimension.  One that is too large becomes SIZE_MAX, so that the error is "too big" and not a syntax error. */
static bool take_dimension(struct cursor *c, size_t *value)
{
    skip_space(c);
    if (c->at == c->end || *c->at < '0' || *c->at > '9')
        return false;
    bool large = false;
    *value = 0;
    for (; c->at < c->end && *c->at >= '0' && *c->at <= '9'; c->at++)
        large |= __builtin_mul_overflow(*value, (size_t)10, value) ||
                 __builtin_add_overflow(*value, (size_t)(*c->at - '0'), value);
    if (large)
        *value = SIZE_MAX;
    if (c->at < c->end && *c->at == 'L') /* from Python 2 */
        c->at++;
    return true;
}

/* (), (3,), (2, 3), ...  False for other texts.  *many tells that there are more dimensions than NPY_MAX_DIMS. */
static bool take_shape(struct cursor *c, struct npy_header *header, bool *many)
{
    bool comma = true;
    int dims = 0;
    if (!take(c, '('))
        return false;
    while (!take(c, ')')) {
        size_t value;
        if (!comma || !take_dimension(c, &value))
            return false;
        if (dims < NPY_MAX_DIMS)
            header->shape[dims++] = value;
        else
            *many = true;
        comma = take(c, ',');
    }
    header->dims = dims;
    return dims != 1 || comma; /* (3) is a number */
}

/* The number of elements, if their bytes can be addressed.  A product of lengths wraps around easily. */
static bool count_elements(struct npy_header *header)
{
    size_t product = 1, limit = PTRDIFF_MAX / npy_size(header->type) - header->offset;
    bool empty = false;
    for (int d = 0; d < header->dims; d++) {
        empty |= header->shape[d] == 0;
        /* As in NumPy, a length of 0 does not excuse other lengths that are too large. */
        if (header->shape[d] && (__builtin_mul_overflow(product, header->shape[d], &product) || product > limit))
            return false;
    }
    header->count = empty ? 0 : product;
    return true;
}

/* If at most one dimension is longer than 1, both orders are equal. */
static bool order_matters(const struct npy_header *header)
{
    int longer = 0;
    for (int d = 0; d < header->dims; d++)
        longer += header->shape[d] != 1;
    return longer > 1 && header->count > 0;
}

static bool known_type(struct npy_header *header)
{
    for (int type = NPY_FLOAT32; type < NPY_TYPES; type++)
        if (strcmp(header->dtype, types[type].descr) == 0)
            header->type = (enum npy_type)type;
    /* NumPy without ml_dtypes reads <V2, and writes |V2. */
    if (strcmp(header->dtype, "|V2") == 0)
        header->type = NPY_BFLOAT16;
    return header->type;
}

static enum npy_result parse_dictionary(struct cursor *c, struct npy_header *header)
{
    enum { DESCR = 1, ORDER = 2, SHAPE = 4 };
    int seen = 0;
    bool fortran = false, many = false, comma = true;
    if (!take(c, '{'))
        return NPY_MALFORMED;
    while (!take(c, '}')) {
        char key[32];
        if (!comma || !take_string(c, key, sizeof key) || !take(c, ':'))
            return NPY_MALFORMED;
        int bit;
        if (strcmp(key, "descr") == 0) {
            bit = DESCR;
            skip_space(c);
            if (c->at < c->end && (*c->at == '[' || *c->at == '(')) {
                strcpy(header->dtype, "structured");
                return NPY_DTYPE;
            }
            if (!take_string(c, header->dtype, sizeof header->dtype))
                return NPY_MALFORMED;
        } else if (strcmp(key, "fortran_order") == 0) {
            bit = ORDER;
            fortran = take_word(c, "True");
            if (!fortran && !take_word(c, "False"))
                return NPY_MALFORMED;
        } else if (strcmp(key, "shape") == 0) {
            bit = SHAPE;
            if (!take_shape(c, header, &many))
                return NPY_MALFORMED;
        } else {
            return NPY_MALFORMED;
        }
        if (seen & bit)
            return NPY_MALFORMED;
        seen |= bit;
        comma = take(c, ',');
    }
    skip_space(c);
    if (c->at != c->end || seen != (DESCR | ORDER | SHAPE))
        return NPY_MALFORMED;
    if (!known_type(header))
        return NPY_DTYPE;
    if (many || !count_elements(header))
        return NPY_TOO_BIG;
    return fortran && order_matters(header) ? NPY_FORTRAN : NPY_OK;
}

enum npy_result npy_parse(const unsigned char *bytes, size_t length, struct npy_header *header)
{
    memset(header, 0, sizeof *header);
    if (memcmp(bytes, magic, length < sizeof magic ? length : sizeof magic) != 0)
        return NPY_NOT_NPY;
    header->offset = sizeof magic + 2;
    if (length < header->offset)
        return NPY_SHORT;
    header->version[0] = bytes[6];
    header->version[1] = bytes[7];
    if (bytes[6] < 1 || bytes[6] > 3 || bytes[7] != 0)
        return NPY_VERSION;

    /* The length of the dictionary has two bytes in version 1, and four in later versions. */
    const size_t width = bytes[6] == 1 ? 2 : 4, start = header->offset + width;
    header->offset = start;
    if (length < start)
        return NPY_SHORT;
    size_t size = 0;
    for (size_t i = 0; i < width; i++)
        size |= (size_t)bytes[8 + i] << 8 * i;
    if (size > NPY_LONGEST_INPUT)
        return NPY_MALFORMED;
    header->offset = start + size;
    if (length < header->offset)
        return NPY_SHORT;
    struct cursor cursor = { (const char *)bytes + start, (const char *)bytes + header->offset };
    return parse_dictionary(&cursor, header);
}

/* ---- writing --------------------------------------------------------------------------------------------------- */

void npy_shape_text(const struct npy_header *header, char *text, size_t size)
{
    size_t used = (size_t)snprintf(text, size, "(");
    for (int d = 0; d < header->dims && used < size; d++)
        used += (size_t)snprintf(text + used, size - used, d ? ", %zu" : "%zu", header->shape[d]);
    if (used < size)
        snprintf(text + used, size - used, header->dims == 1 ? ",)" : ")");
}

size_t npy_write(const struct npy_header *header, char text[static NPY_MAX_HEADER])
{
    char shape[NPY_MAX_DIMS * 22 + 3];
    npy_shape_text(header, shape, sizeof shape);
    const size_t prefix = sizeof magic + 4;
    size_t length = prefix + (size_t)sprintf(text + prefix, "{'descr': '%s', 'fortran_order': False, 'shape': %s, }",
                                             types[header->type].descr, shape);
    /* NumPy leaves room for the first length to grow to 21 digits, then fills up to 64 bytes, line feed included. */
    if (header->dims > 0)
        length += (size_t)(21 - snprintf(NULL, 0, "%zu", header->shape[0]));
    const size_t whole = (length + 1) / 64 * 64 + 64;
    const size_t used = prefix + strlen(text + prefix);
    memset(text + used, ' ', whole - used - 1);
    text[whole - 1] = '\n';

    memcpy(text, magic, sizeof magic);
    text[6] = 1;
    text[7] = 0;
    text[8] = (char)((whole - prefix) & 0xff);
    text[9] = (char)((whole - prefix) >> 8);
    return whole;
}

struct npy_header npy_without(const struct npy_header *header, int axis)
{
    struct npy_header reduced = *header;
    reduced.dims--;
    reduced.count = 1;
    for (int d = 0; d < reduced.dims; d++) {
        reduced.shape[d] = header->shape[d < axis ? d : d + 1];
        reduced.count *= reduced.shape[d];
    }
    return reduced;
}

bool npy_same_shape(const struct npy_header *a, const struct npy_header *b)
{
    return a->dims == b->dims && memcmp(a->shape, b->shape, (size_t)a->dims * sizeof a->shape[0]) == 0;
}

/* SPDX-License-Identifier: MIT */
#include "input.h"

#include "message.h"
#include "progress.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- errors of a file ------------------------------------------------------------------------------------------ */

/* "big-endian float64" for ">f8"; NULL if there is no plain name. */
static const char *type_name(const char *descr, char *text, size_t size)
{
    static const struct {
        char code;
        const char *name;
        int bits; /* of one unit of the number that follows */
    } kinds[] = {
        { 'f', "float", 8 }, { 'i', "int", 8 }, { 'u', "uint", 8 }, { 'c', "complex", 8 }, { 'b', "bool", 0 },
    };
    const char order = descr[0];
    char *end;
    const long bytes = order && descr[1] ? strtol(descr + 2, &end, 10) : 0;
    if (bytes < 1 || bytes > 64 || *end)
        return NULL;
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        if (descr[1] != kinds[k].code)
            continue;
        const char *swapped = order == '>' ? "big-endian " : "";
        if (kinds[k].bits)
            snprintf(text, size, "%s%s%ld", swapped, kinds[k].name, bytes * kinds[k].bits);
        else
            snprintf(text, size, "%s", kinds[k].name);
        return text;
    }
    return NULL;
}

/* The Python expression that loads the file, and the name for a repaired copy.  False if the path cannot be quoted. */
static bool python_names(const char *path, const char *suffix, char **load, char **copy)
{
    *load = *copy = NULL;
    if (strpbrk(path, "'\\") || strcmp(path, "-") == 0)
        return false;
    size_t stem = strlen(path);
    if (stem > 4 && strcmp(path + stem - 4, ".npy") == 0)
        stem -= 4;
    if (asprintf(load, "numpy.load('%s')", path) < 0)
        *load = NULL;
    if (asprintf(copy, "'%.*s%s.npy'", (int)stem, path, suffix) < 0)
        *copy = NULL;
    return *load && *copy;
}

static int wrong_type(const struct input *in, const char *path)
{
    char text[64];
    const char *name = type_name(in->header.dtype, text, sizeof text);
    if (in->header.type == NPY_BFLOAT16)
        return failed(
            "%s holds elements of 2 bytes without a name, as ml_dtypes writes bfloat16; if they are that, add "
            "--type bf16",
            in->name);
    if (!name)
        return failed("%s holds elements of type %s, which are no numbers; save an array of float32", in->name,
                      in->header.dtype);
    if (strstr(name, "complex"))
        return failed("%s holds %s, and there is nothing complex here; save its real or imaginary part as float32",
                      in->name, name);
    const bool classes = (in->types & INPUT_CLASSES) && strstr(name, "int");
    const char *wanted = classes ? "int64" : "float32";
    char *load, *copy;
    int code;
    if (!classes && (in->types & INPUT_BFLOAT16))
        return failed("%s holds %s; convert it with array.astype(ml_dtypes.bfloat16)", in->name, name);
    if (python_names(path, classes ? "64" : "32", &load, &copy))
        code = failed("%s holds %s; convert it: numpy.save(%s, %s.astype('%s'))", in->name, name, copy, load, wanted);
    else
        code = failed("%s holds %s; convert it with numpy's array.astype('%s')", in->name, name, wanted);
    free(load);
    free(copy);
    return code;
}

static int wrong_order(const struct input *in, const char *path)
{
    char *load, *copy;
    int code;
    if (python_names(path, "_c", &load, &copy))
        code = failed("%s is in Fortran order; convert it: numpy.save(%s, numpy.ascontiguousarray(%s))", in->name, copy,
                      load);
    else
        code = failed("%s is in Fortran order; convert it with numpy.ascontiguousarray(array)", in->name);
    free(load);
    free(copy);
    return code;
}

static int unusable(enum npy_result result, const struct input *in, const char *path, size_t length)
{
    const struct npy_header *header = &in->header;
    const bool known = header->type != 0, number = npy_is_float(header->type);
    if (header->type == NPY_BFLOAT16 ? !(in->types & INPUT_BFLOAT16) : known && !number && !(in->types & INPUT_CLASSES))
        return wrong_type(in, path);
    switch (result) {
    case NPY_OK: break;
    case NPY_SHORT:
        return length == 0 ? failed("%s is empty; numpy.save(file, array) makes what is expected here", in->name)
                           : failed("%s is truncated within its header; copy or save it again", in->name);
    case NPY_NOT_NPY: return failed("%s is not a .npy file; numpy.save(file, array) makes one", in->name);
    case NPY_VERSION:
        return failed("%s is of .npy version %d.%d; only 1.0, 2.0 and 3.0 can be read: save it again with numpy.save",
                      in->name, header->version[0], header->version[1]);
    case NPY_MALFORMED: return failed("%s has a malformed .npy header; save it again with numpy.save", in->name);
    case NPY_DTYPE: return wrong_type(in, path);
    case NPY_FORTRAN: return wrong_order(in, path);
    case NPY_TOO_BIG:
        return failed("%s claims to hold an array larger than any memory; its header is wrong: save it again",
                      in->name);
    }
    return CODE_OK;
}

/* ---- reading --------------------------------------------------------------------------------------------------- */

static size_t size_of(const struct npy_header *header)
{
    return header->offset + header->count * npy_size(header->type);
}

static int check_size(const struct input *in, size_t length)
{
    const size_t wanted = size_of(&in->header);
    if (length < wanted)
        return failed("%s is truncated: by its header it has %zu bytes, and there are %zu; copy or save it again",
                      in->name, wanted, length);
    if (length > wanted)
        return failed("%s goes on after its array, which ends at byte %zu; save it again, one array a file", in->name,
                      wanted);
    return CODE_OK;
}

/* Copies elements that are not aligned.  This happens with headers that NumPy did not write. */
static int copy_elements(struct input *in, const unsigned char *from)
{
    const size_t size = in->header.count * npy_size(in->header.type);
    void *copy = malloc(size);
    if (!copy)
        return failed("no memory for the %zu elements of %s", in->header.count, in->name);
    memcpy(copy, from, size);
    free(in->heap);
    in->heap = copy;
    return CODE_OK;
}

/* The library takes classes as int64. */
static int widen(struct input *in, const void *elements)
{
    const int32_t *from = elements;
    int64_t *to = malloc(in->header.count * sizeof *to);
    if (!to)
        return failed("no memory for the %zu elements of %s", in->header.count, in->name);
    for (size_t i = 0; i < in->header.count; i++)
        to[i] = from[i];
    free(in->heap);
    in->heap = to;
    in->classes = to;
    return CODE_OK;
}

/* Uses aligned elements in their place.  Elements on the heap may be overwritten. */
static int use(struct input *in, const void *elements)
{
    if (in->header.type == NPY_INT32)
        return widen(in, elements);
    if (in->header.type == NPY_INT64)
        in->classes = elements;
    else
        in->data = elements;
    if (in->data && in->data == in->heap)
        in->own = in->heap;
    return CODE_OK;
}

static int map_file(struct input *in, const char *path, int fd, size_t length)
{
    static const unsigned char nothing[1];
    const unsigned char *bytes = nothing;
    if (length) {
        void *map = mmap(NULL, length, PROT_READ, MAP_PRIVATE, fd, 0);
        if (map == MAP_FAILED)
            return failed("cannot map %s into memory: %s", in->name, strerror(errno));
        in->map = map;
        in->map_size = length;
        bytes = map;
    }
    int code = unusable(npy_parse(bytes, length, &in->header), in, path, length);
    if (code == CODE_OK)
        code = check_size(in, length);
    if (code != CODE_OK || in->header.count == 0)
        return code;
    bytes += in->header.offset;
    if ((uintptr_t)bytes % npy_size(in->header.type) == 0)
        return use(in, bytes);
    code = copy_elements(in, bytes);
    return code == CODE_OK ? use(in, in->heap) : code;
}

/* Reads until there are `wanted` bytes or the stream ends.  Memory grows with the bytes that arrive, not with the header's
 * claim. */
static int fill(struct input *in, int fd, unsigned char **bytes, size_t *length, size_t *room, size_t wanted)
{
    while (*length < wanted) {
        if (*length == *room) {
            const size_t more = *room < 65536 ? 65536 : *room + *room / 2;
            unsigned char *grown = realloc(*bytes, more < wanted ? more : wanted);
            if (!grown)
                return failed("no memory for the %zu bytes of %s", wanted, in->name);
            *bytes = in->heap = grown;
            *room = more < wanted ? more : wanted;
        }
        size_t piece = (*room < wanted ? *room : wanted) - *length;
        piece = piece < (1u << 20) ? piece : 1u << 20;
        const ssize_t got = read(fd, *bytes + *length, piece);
        if (got == 0)
            return CODE_OK;
        if (got > 0)
            *length += (size_t)got;
        else if (errno != EINTR)
            return failed("cannot read %s: %s", in->name, strerror(errno));
        progress_show("reading", *length, wanted);
    }
    return CODE_OK;
}

static int read_stream(struct input *in, const char *path, int fd)
{
    unsigned char *bytes = NULL;
    size_t length = 0, room = 0;
    enum npy_result result = NPY_SHORT;
    /* First the magic string alone, so that another kind of file is refused without waiting for more of it. */
    for (size_t wanted = 6; result == NPY_SHORT; wanted = in->header.offset) {
        const int code = fill(in, fd, &bytes, &length, &room, wanted);
        if (code != CODE_OK)
            return code;
        result = npy_parse(bytes, length, &in->header);
        if (length < wanted)
            break;
    }
    int code = unusable(result, in, path, length);
    /* One byte more shows whether something follows. */
    if (code == CODE_OK)
        code = fill(in, fd, &bytes, &length, &room, size_of(&in->header) + 1);
    if (code == CODE_OK)
        code = check_size(in, length);
    if (code != CODE_OK)
        return code;
    memmove(bytes, bytes + in->header.offset, in->header.count * npy_size(in->header.type));
    return use(in, bytes);
}

/* ---- public ---------------------------------------------------------------------------------------------------- */

int input_open(struct input *in, const char *path, unsigned types)
{
    const bool standard = strcmp(path, "-") == 0;
    memset(in, 0, sizeof *in);
    in->types = types;
    in->name = standard ? "standard input" : path;
    const int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return failed("cannot open %s: %s", path, strerror(errno));
    struct stat status;
    int code;
    if (fstat(fd, &status) != 0)
        code = failed("cannot read %s: %s", in->name, strerror(errno));
    else if (S_ISDIR(status.st_mode))
        code = failed("%s is a directory; name a .npy file", in->name);
    else if (S_ISREG(status.st_mode) && lseek(fd, 0, SEEK_CUR) == 0 && (uintmax_t)status.st_size <= PTRDIFF_MAX)
        code = map_file(in, path, fd, (size_t)status.st_size);
    else
        code = read_stream(in, path, fd);
    if (!standard)
        close(fd);
    return code;
}

void input_close(struct input *in)
{
    if (in->map)
        munmap(in->map, in->map_size);
    free(in->heap);
    memset(in, 0, sizeof *in);
}

/* SPDX-License-Identifier: MIT */
#include "output.h"

#include "cast.h"
#include "message.h"
#include "progress.h"
#include "temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static size_t size_of(const struct output *out) { return out->header_size + out->count * npy_size(out->written); }

/* ---- opening --------------------------------------------------------------------------------------------------- */

static int open_standard(struct output *out)
{
    out->fd = STDOUT_FILENO;
    if (isatty(STDOUT_FILENO))
        return failed("standard output is a terminal, and the result is binary; redirect it or name a file");
    return CODE_OK;
}

/* A device or a pipe cannot be replaced, only written to. */
static int open_special(struct output *out, const char *path)
{
    out->fd = open(path, O_WRONLY | O_CLOEXEC);
    return out->fd < 0 ? failed("cannot write to %s: %s", path, strerror(errno)) : CODE_OK;
}

static int open_replacement(struct output *out, const char *path, const struct stat *old)
{
    if (old && faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0)
        return failed("%s may not be overwritten: %s", path, strerror(errno));
    /* A symbolic link stays; the file to which it points is replaced. */
    out->target = old ? realpath(path, NULL) : strdup(path);
    if (!out->target)
        return failed("cannot find %s: %s", path, strerror(errno));
    out->fd = temporary_create(out->target, old, &out->slot);
    return out->fd < 0 ? failed("cannot create a file beside %s: %s", path, strerror(errno)) : CODE_OK;
}

/*
 * Reserves the space and maps the file, so that a full disk is an error here and not a SIGBUS later.  If a file system can do
 * neither, that is no error: the bytes are written at the end.
 */
static int map_target(struct output *out)
{
    if (size_of(out) > PTRDIFF_MAX)
        return failed("%s would be too large for this machine", out->name);
    int error;
    do
        error = posix_fallocate(out->fd, 0, (off_t)size_of(out));
    while (error == EINTR);
    if (error == EINVAL || error == EOPNOTSUPP || error == ENOSYS)
        return CODE_OK;
    if (error)
        return failed("no room for the %zu bytes of %s (%s); free some or write elsewhere: nothing was changed",
                      size_of(out), out->name, strerror(error));
    void *map = mmap(NULL, size_of(out), PROT_READ | PROT_WRITE, MAP_SHARED, out->fd, 0);
    if (map == MAP_FAILED)
        return CODE_OK;
    out->map = map;
    memcpy(map, out->header, out->header_size);
    out->elements = (char *)map + out->header_size;
    return CODE_OK;
}

static void *elements_of(struct output *out, int k, enum npy_type type)
{
    out->heap[k] = malloc(out->count ? out->count * npy_size(type) : 1);
    return out->heap[k];
}

/* Where the elements go: into the file, or into memory, or first into other memory where they are converted. */
static int place_elements(struct output *out, void *reuse)
{
    const bool same = out->type == out->written;
    if (!same || !out->map)
        out->data = reuse ? reuse : elements_of(out, 0, out->type);
    if (!same && !out->map)
        out->elements = elements_of(out, 1, out->written);
    if (same && out->map)
        out->data = out->elements;
    else if (same)
        out->elements = out->data;
    return out->data && out->elements ? CODE_OK : failed("no memory for the %zu elements of %s", out->count, out->name);
}

int output_open(struct output *out, const char *path, const struct npy_header *shape, enum npy_type cast, void *reuse)
{
    struct npy_header header = *shape;
    header.type = cast ? cast : shape->type;
    *out = (struct output) { .type = shape->type, .written = header.type, .open = true, .fd = -1, .slot = -1 };
    out->count = shape->count;
    out->header_size = npy_write(&header, out->header);

    struct stat status;
    int code;
    if (strcmp(path, "-") == 0) {
        out->name = "standard output";
        code = open_standard(out);
    } else {
        out->name = path;
        const bool exists = stat(path, &status) == 0;
        if (!exists && errno == ENOENT && lstat(path, &status) == 0)
            code = failed("%s is a symbolic link to a file that does not exist; name that file instead", path);
        else if (!exists && errno != ENOENT)
            code = failed("cannot write %s: %s", path, strerror(errno));
        else if (exists && S_ISDIR(status.st_mode))
            code = failed("%s is a directory; name the file to write", path);
        else if (exists && !S_ISREG(status.st_mode))
            code = open_special(out, path);
        else
            code = open_replacement(out, path, exists ? &status : NULL);
    }
    if (code == CODE_OK && out->target)
        code = map_target(out);
    return code == CODE_OK ? place_elements(out, reuse) : code;
}

actfn_status output_cast(struct output *out, int threads)
{
    if (out->type == out->written)
        return ACTFN_OK;
    return cast_numbers(out->count, out->type, out->data, out->written, out->elements, threads);
}

/* ---- finishing ------------------------------------------------------------------------------------------------- */

static bool write_all(struct output *out, const void *from, size_t size)
{
    for (const char *p = from; size;) {
        const ssize_t put = write(out->fd, p, size < (1u << 20) ? size : 1u << 20);
        if (put < 0 && errno != EINTR)
            return false;
        if (put > 0) {
            p += put;
            size -= (size_t)put;
            progress_show("writing", size_of(out) - size, size_of(out));
        }
    }
    return true;
}

int output_finish(struct output *out)
{
    if (!out->map && (!write_all(out, out->header, out->header_size) ||
                      !write_all(out, out->elements, out->count * npy_size(out->written))))
        return failed("cannot write to %s: %s", out->name, strerror(errno));
    if (out->target) {
        progress_show("waiting for the disk", 0, 0);
        if (out->map)
            munmap(out->map, size_of(out));
        out->map = NULL;
        if (fsync(out->fd) != 0)
            return failed("cannot write %s to the disk: %s; nothing was changed", out->name, strerror(errno));
    }
    /* A network file system may report its errors only here.  The descriptor is closed even after an error. */
    const int closed = close(out->fd);
    out->fd = -1;
    if (closed != 0 && errno != EINTR)
        return failed("cannot write %s: %s", out->name, strerror(errno));
    return CODE_OK;
}

int output_place(struct output *out)
{
    if (out->target && !temporary_rename(out->slot, out->target))
        return failed("cannot put the result in the place of %s: %s", out->name, strerror(errno));
    return CODE_OK;
}

void output_close(struct output *out)
{
    if (!out->open)
        return;
    if (out->map)
        munmap(out->map, size_of(out));
    if (out->fd > STDOUT_FILENO)
        close(out->fd);
    temporary_remove(out->slot);
    free(out->target);
    for (int k = 0; k < 2; k++)
        free(out->heap[k]);
    memset(out, 0, sizeof *out);
}

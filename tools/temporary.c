/* SPDX-License-Identifier: MIT */
#include "temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct temporary {
    char *name; /* changes only while `exists` is 0 */
    volatile sig_atomic_t exists;
} files[TEMPORARY_MAX];

/* ---- signals --------------------------------------------------------------------------------------------------- */

/* SIGBUS comes if a file is shortened while it is read. */
static const int deadly[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU, SIGBUS };

/* Calls only functions that a handler may call.  Then the default action follows, which SA_RESETHAND has restored. */
static void on_signal(int number)
{
    for (int slot = 0; slot < TEMPORARY_MAX; slot++)
        if (files[slot].exists)
            unlink(files[slot].name);
    raise(number);
}

static void catch_signals(void)
{
    struct sigaction action = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND }, old;
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < sizeof deadly / sizeof deadly[0]; i++)
        /* A signal that the parent ignored, as nohup does, stays ignored. */
        if (sigaction(deadly[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
            sigaction(deadly[i], &action, NULL);
}

/* No handler may run between the creation of the file and the note that the file exists. */
static void hold_signals(sigset_t *before)
{
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, before);
}

static void release_signals(const sigset_t *before)
{
    const int error = errno;
    pthread_sigmask(SIG_SETMASK, before, NULL);
    errno = error;
}

/* ---- files ----------------------------------------------------------------------------------------------------- */

/* The length of a path's directory part, with its slash; 0 for the current directory. */
static int directory_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (int)(slash - path) + 1 : 0;
}

/* The permissions of the old file: its owner if possible, and never readable for more people than before. */
static bool copy_permissions(int fd, const struct stat *old)
{
    mode_t mode = old->st_mode & 0777;
    struct stat new;
    if (fchown(fd, old->st_uid, old->st_gid) != 0 && fchown(fd, (uid_t)-1, old->st_gid) != 0 && fstat(fd, &new) == 0 &&
        new.st_gid != old->st_gid)
        /* A new group gets only what both the old group and others were allowed. */
        mode &= (mode_t)~070 | (mode & 07) << 3;
    return fchmod(fd, mode) == 0;
}

static int create(struct temporary *file, const char *target, const struct stat *old)
{
    for (int attempt = 0; attempt < 1000; attempt++) {
        const int length =
            asprintf(&file->name, "%.*s.actfn-%ld-%d.tmp", directory_length(target), target, (long)getpid(), attempt);
        if (length < 0) {
            file->name = NULL;
            errno = ENOMEM;
            return -1;
        }
        const int fd = open(file->name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, old ? 0600 : 0666);
        if (fd >= 0)
            return fd;
        const int error = errno;
        free(file->name);
        file->name = NULL;
        errno = error;
        if (error != EEXIST)
            return -1;
    }
    return -1;
}

static int free_slot(void)
{
    for (int slot = 0; slot < TEMPORARY_MAX; slot++)
        if (!files[slot].exists)
            return slot;
    return -1;
}

int temporary_create(const char *target, const struct stat *old, int *slot)
{
    static bool catching;
    if (!catching)
        catch_signals();
    catching = true;
    *slot = free_slot();
    if (*slot < 0) {
        errno = EMFILE;
        return -1;
    }
    sigset_t before;
    hold_signals(&before);
    const int fd = create(&files[*slot], target, old);
    files[*slot].exists = fd >= 0;
    release_signals(&before);
    if (fd >= 0 && old && !copy_permissions(fd, old)) {
        const int error = errno;
        close(fd);
        temporary_remove(*slot);
        errno = error;
        return -1;
    }
    return fd;
}

/* Without this, a crash of the machine could bring back the old file.  A directory that cannot be opened is left to the kernel.
 * */
static bool flush_directory(const char *target)
{
    char *directory = NULL;
    const int length = directory_length(target);
    if (asprintf(&directory, "%.*s", length ? length : 1, length ? target : ".") < 0)
        return true;
    const int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(directory);
    if (fd < 0)
        return true;
    const int result = fsync(fd), error = errno;
    close(fd);
    errno = error;
    return result == 0 || error == EINVAL || error == EROFS;
}

bool temporary_rename(int slot, const char *target)
{
    struct temporary *file = &files[slot];
    sigset_t before;
    hold_signals(&before);
    const bool renamed = rename(file->name, target) == 0;
    if (renamed) {
        file->exists = 0;
        free(file->name);
        file->name = NULL;
    }
    release_signals(&before);
    return renamed && flush_directory(target);
}

void temporary_remove(int slot)
{
    if (slot < 0 || !files[slot].exists)
        return;
    struct temporary *file = &files[slot];
    unlink(file->name);
    file->exists = 0;
    free(file->name);
    file->name = NULL;
}

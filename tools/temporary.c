/* SPDX-License-Identifier: MIT */
#include "temporary.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *name; /* changes only while `exists` is 0 */
static volatile sig_atomic_t exists;

/* ---- signals --------------------------------------------------------------------------------------------------- */

static const int deadly[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGXCPU };

/* Only what is allowed in a handler.  The default action comes after it: SA_RESETHAND has brought it back. */
static void on_signal(int number)
{
    if (exists)
        unlink(name);
    raise(number);
}

static void catch_signals(void)
{
    struct sigaction action = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND }, old;
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < sizeof deadly / sizeof deadly[0]; i++)
        /* What the parent had ignored, as nohup does, stays ignored. */
        if (sigaction(deadly[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
            sigaction(deadly[i], &action, NULL);
}

/* Between the creation of the file and the note that it exists, no handler may run. */
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

/* The length of the part of a path that names the directory, with its slash; 0 for the current one. */
static int directory_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (int)(slash - path) + 1 : 0;
}

/* As the old file: its owner if we may, and never readable for more people than it was. */
static bool copy_permissions(int fd, const struct stat *old)
{
    mode_t mode = old->st_mode & 0777;
    struct stat new;
    if (fchown(fd, old->st_uid, old->st_gid) != 0 && fchown(fd, (uid_t)-1, old->st_gid) != 0 &&
        fstat(fd, &new) == 0 && new.st_gid != old->st_gid)
        /* To another group, what the old one was allowed and others were not. */
        mode &= (mode_t)~070 | (mode & 07) << 3;
    return fchmod(fd, mode) == 0;
}

static int create(const char *target, const struct stat *old)
{
    for (int attempt = 0; attempt < 1000; attempt++) {
        if (asprintf(&name, "%.*s.actfn-%ld-%d.tmp", directory_length(target), target, (long)getpid(), attempt) < 0) {
            name = NULL;
            errno = ENOMEM;
            return -1;
        }
        const int fd = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, old ? 0600 : 0666);
        if (fd >= 0)
            return fd;
        const int error = errno;
        free(name);
        name = NULL;
        errno = error;
        if (error != EEXIST)
            return -1;
    }
    return -1;
}

int temporary_create(const char *target, const struct stat *old)
{
    catch_signals();
    sigset_t before;
    hold_signals(&before);
    const int fd = create(target, old);
    exists = fd >= 0;
    release_signals(&before);
    if (fd >= 0 && old && !copy_permissions(fd, old)) {
        const int error = errno;
        close(fd);
        temporary_remove();
        errno = error;
        return -1;
    }
    return fd;
}

/* Without this, a crash of the machine could bring the old file back.  What may not be opened is left to the kernel. */
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

bool temporary_rename(const char *target)
{
    sigset_t before;
    hold_signals(&before);
    const bool renamed = rename(name, target) == 0;
    if (renamed) {
        exists = 0;
        free(name);
        name = NULL;
    }
    release_signals(&before);
    return renamed && flush_directory(target);
}

void temporary_remove(void)
{
    if (!exists)
        return;
    unlink(name);
    exists = 0;
    free(name);
    name = NULL;
}

/* SPDX-License-Identifier: MIT */
#include "message.h"

#include "progress.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Always one line, whatever a file's name contains, and without control characters for the terminal. */
static void say(const char *format, va_list list)
{
    char *text = NULL;
    if (vasprintf(&text, format, list) < 0)
        text = NULL;
    for (char *c = text; c && *c; c++)
        if ((unsigned char)*c < ' ' || *c == '\x7f')
            *c = '?';
    progress_clear();
    fprintf(stderr, "actfn: %s\n", text ? text : strerror(ENOMEM));
    free(text);
}

int failed(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    say(format, list);
    va_end(list);
    return CODE_FAILED;
}

int misused(const char *format, ...)
{
    va_list list;
    va_start(list, format);
    say(format, list);
    va_end(list);
    return CODE_USAGE;
}

int finish_stdout(void)
{
    /* Some file systems report that the disk is full only when a file is closed. */
    const int lost = ferror(stdout);
    if (fflush(stdout) != 0 || lost || (close(STDOUT_FILENO) != 0 && errno != EINTR))
        return failed("cannot write to standard output: %s", errno ? strerror(errno) : "earlier output was lost");
    return CODE_OK;
}

/* SPDX-License-Identifier: MIT */
/* The command's error messages: one line on standard error, with the exit code that belongs to it. */
#ifndef ACTFN_TOOLS_MESSAGE_H
#define ACTFN_TOOLS_MESSAGE_H

enum exit_code {
    CODE_OK = 0,
    CODE_FAILED = 1, /* the request made sense, but failed */
    CODE_USAGE = 2   /* the request makes no sense, on any machine */
};

/* Prints "actfn: ..." and returns CODE_FAILED or CODE_USAGE, for `return failed("...")`. */
int failed(const char *format, ...) __attribute__((format(printf, 1, 2)));
int misused(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Flushes and closes standard output.  Returns CODE_OK, or, after a message, CODE_FAILED if some output was lost. */
int finish_stdout(void);

#endif

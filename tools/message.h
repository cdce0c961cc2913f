/* SPDX-License-Identifier: MIT */
/* What the command says when something is wrong: one line on standard error, and the exit code that goes with it. */
#ifndef ACTFN_TOOLS_MESSAGE_H
#define ACTFN_TOOLS_MESSAGE_H

enum exit_code {
    CODE_OK = 0,
    CODE_FAILED = 1, /* the request was sound, and could not be carried out */
    CODE_USAGE = 2   /* the request makes no sense; repeating it elsewhere would not help */
};

/* Print "actfn: ..." and return CODE_FAILED or CODE_USAGE, for `return failed("...")`. */
int failed(const char *format, ...) __attribute__((format(printf, 1, 2)));
int misused(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Flush standard output and close it: CODE_OK, or, with a message, CODE_FAILED where anything did not get out. */
int finish_stdout(void);

#endif

/* SPDX-License-Identifier: MIT */
/* The functions by name take the parameters as arguments.  actfn.h names them; here they are a, b, c, d, in the same order. */
#ifndef ACTFN_BY_NAME_H
#define ACTFN_BY_NAME_H

#define SIGNATURE_0
#define SIGNATURE_1 , float a
#define SIGNATURE_2 SIGNATURE_1, float b
#define SIGNATURE_3 SIGNATURE_2, float c
#define SIGNATURE_4 SIGNATURE_3, float d
#define FLOATS_0 NULL
#define FLOATS_1                                                                                                       \
    (const float[]) { a }
#define FLOATS_2                                                                                                       \
    (const float[]) { a, b }
#define FLOATS_3                                                                                                       \
    (const float[]) { a, b, c }
#define FLOATS_4                                                                                                       \
    (const float[]) { a, b, c, d }

#endif

/* SPDX-License-Identifier: MIT */
/*
 * The objects of this folder share this header.  It makes the names that a linker sees, and gives a formula its parameters.
 *
 * Each .c file here is compiled for every backend, with ACTFN_BACKEND and ACTFN_VOCABULARY.  light.c is compiled once, the
 * others once for each mode, the fast one with ACTFN_KERNELS_FAST.  rows.c is compiled once more with ACTFN_ROWS_IN_PAGES too.
 *     TABLE(gates)           actfn_avx2_fast_gates, a table of one mode
 *     LIGHT(relu_forward)    actfn_avx2_relu_forward, a kernel that both modes share
 */
#ifndef ACTFN_KERNEL_TABLES_H
#define ACTFN_KERNEL_TABLES_H

#include "catalogue/params.h"
#include "dispatch/backend.h"

#include <string.h>

#ifndef ACTFN_BACKEND
#define ACTFN_BACKEND generic
#endif
#if defined(ACTFN_ROWS_IN_PAGES)
#define MODE_NAME paged
#elif defined(ACTFN_KERNELS_FAST)
#define MODE_NAME fast
#else
#define MODE_NAME accurate
#endif

#define TABLE(name) TABLE_OF(ACTFN_BACKEND, MODE_NAME, name)
#define TABLE_OF(backend, mode, name) PASTED_4(backend, mode, name)
#define PASTED_4(backend, mode, name) actfn_##backend##_##mode##_##name
#define LIGHT(name) LIGHT_OF(ACTFN_BACKEND, name)
#define LIGHT_OF(backend, name) PASTED_3(backend, name)
#define PASTED_3(backend, name) actfn_##backend##_##name

/* The name of a kernel of rows that both modes share; the rows in pages have their own kernel. */
#ifdef ACTFN_ROWS_IN_PAGES
#define FIRST(name) TABLE(name)
#else
#define FIRST(name) LIGHT(name)
#endif

/* IF_LIGHT_<body> keeps its arguments if the operation is LIGHT.  IF_OWN_<body> keeps them if each mode has its own kernel. */
#define IF_LIGHT_LIGHT(...) __VA_ARGS__
#define IF_LIGHT_HEAVY(...)
#define IF_LIGHT_CORE(...)
#define IF_OWN_LIGHT(...)
#define IF_OWN_HEAVY(...) __VA_ARGS__
#define IF_OWN_CORE(...) __VA_ARGS__

/* Calls a formula.  In the loops each operation has a pointer to parameters; a formula without parameters does not get it. */
#define WITH_PARAMS(arity, formula, ...) formula(__VA_ARGS__ IF_##arity(, , params))

/* Copies the caller's floats into a struct on the stack, because no store to a result can alias the copy. */
#define COPY(name, arity)                                                                                              \
    IF_##arity(char p = 0, struct name##_params p);                                                                    \
    IF_##arity((void)params, memcpy(&p, params, sizeof p));

#endif

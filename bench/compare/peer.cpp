// SPDX-License-Identifier: MIT
#include "peer.h"

#include <actfn.h>

#include <dlfcn.h>

#include <cstdlib>
#include <ctime>

bool isa_wanted(const std::string &isa)
{
    const char *const only = std::getenv("ACTFN_ISA");
    return actfn_isa_available(isa.c_str()) && (!only || !*only || isa == only);
}

void *library_named(const char *variable, const char *told, std::string &reason)
{
    const char *const named = std::getenv(variable);
    const std::string file = named ? named : told;
    if (file.empty()) {
        reason = std::string(variable) + " names no library";
        return nullptr;
    }
    void *const library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library)
        reason = dlerror();
    return library;
}

double cpu_seconds()
{
    std::timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

double Peer::time(const Call &call, const Buffers &buffers, std::size_t times, bool warm)
{
    if (warm)
        call(buffers);
    const double start = cpu_seconds();
    for (std::size_t k = 0; k < times; k++)
        call(buffers);
    return cpu_seconds() - start;
}

void forward_of(const Task &task, const float *x, float *y)
{
    const actfn_op op = actfn_op_from_name(task.op.c_str());
    if (task.rows())
        actfn_rows_forward_f32(op, ACTFN_ACCURATE, nullptr, 0, task.n / row_length, row_length, 1, x, y);
    else
        actfn_forward_f32(op, ACTFN_ACCURATE, nullptr, task.n, x, y);
}

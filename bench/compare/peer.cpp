// SPDX-License-Identifier: MIT
#include "peer.h"

#include "../types.h"

#include <actfn.h>

#include <dlfcn.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <iterator>

namespace
{

template <class Type, class Narrow, class Widen>
void round_by(Narrow narrow, Widen widen, std::size_t n, float *numbers)
{
    typename Type::Number tile[1024];
    for (std::size_t i = 0; i < n; i += std::size(tile)) {
        const std::size_t count = std::min(std::size(tile), n - i);
        narrow(count, numbers + i, tile);
        widen(count, tile, numbers + i);
    }
}

const Storage storages[] = {
    { F32::text, 24, 0x1p-126, 0x1p-149, 0x1p128, [](std::size_t, float *) {} },
    { F16::text, 11, 0x1p-14, 0x1p-24, 0x1p16,
      [](std::size_t n, float *x) { round_by<F16>(actfn_f32_to_f16, actfn_f16_to_f32, n, x); } },
    { BF16::text, 8, 0x1p-126, 0x1p-133, 0x1p128,
      [](std::size_t n, float *x) { round_by<BF16>(actfn_f32_to_bf16, actfn_bf16_to_f32, n, x); } },
};
const Storage *used = &storages[0];

} // namespace

const Storage &storage() { return *used; }

bool use_storage(const std::string &name)
{
    for (const Storage &one : storages)
        if (name == one.name) {
            used = &one;
            return true;
        }
    return false;
}

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

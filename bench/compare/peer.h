// SPDX-License-Identifier: MIT
// A contestant: the library in one of its modes on one instruction set, or something else that does the same work.
#pragma once

#include "task.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

struct Peer {
    std::string name;    // "mkl-ha": unique in a run, no comma in it
    std::string version; // of what does the work
    std::string isa;     // what it was told to use; empty where it decides for itself
    bool ours = false;
    bool one_task = false; // only what was prepared last can be called

    // Operations that it ought to have and has not, with the reason: a cell never vanishes silently.
    std::map<std::string, std::string> lacking;

    virtual ~Peer() = default;

    // What computes a task, with everything made beforehand that a caller would make once.  Empty where it is not
    // offered.
    virtual Call prepare(const Task &task) = 0;

    // Before calls of this contestant, after those of another.
    virtual void select() {}

    // Seconds of CPU time that `times` calls take, after one that is not counted where `warm`.
    virtual double time(const Call &call, const Buffers &buffers, std::size_t times, bool warm);
};

// The type of the numbers that a run is about, float unless --type says otherwise.  Buffers hold floats all the same, of such
// numbers; a contestant converts them, and that is not timed.
struct Storage {
    const char *name;
    int digits;                 // of the significand
    double least_normal, least; // the smallest numbers, normal and not
    double limit;               // the power of two above the largest
    void (*round)(std::size_t n, float *numbers);
};
const Storage &storage();
bool use_storage(const std::string &name);
inline bool in_floats() { return storage().digits == 24; }

struct Missing {
    std::string name, reason;
};

struct Peers {
    std::vector<std::unique_ptr<Peer>> present;
    std::vector<Missing> missing;
    std::vector<std::string> pythons; // interpreters to look for Python's peers in
};

// Whether it runs here, and ACTFN_ISA asks for no other.
bool isa_wanted(const std::string &isa);

// f(x) of a task that computes from it, in the accurate mode.
void forward_of(const Task &task, const float *x, float *y);

// A library of functions: the file that the environment names, or else the one that CMake was told.  Null where there is
// none, with the reason.
void *library_named(const char *variable, const char *told, std::string &reason);

// CPU time of this process, in seconds: a peer that starts threads has to pay for them.
double cpu_seconds();

// THE LIST: one function a file, each of which adds to one of the two lists.
#define FOR_EACH_PEER(X)                                                                                               \
    X(actfn) X(loops) X(table) X(onednn) X(xnnpack) X(xnnpack_kernels) X(ynnpack) X(mkl) X(ggml) X(python)
#define DECLARE(peer) void add_##peer(Peers &peers);
FOR_EACH_PEER(DECLARE)
#undef DECLARE

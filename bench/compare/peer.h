// SPDX-License-Identifier: MIT
// A contestant: the library in one mode on one instruction set, or another library that does the same work.
#pragma once

#include "task.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

struct Peer {
    std::string name;    // "mkl-ha": unique in a run, no comma in it
    std::string version; // the version of the library that does the work
    std::string isa;     // the set that it was told to use; empty if it decides itself
    bool ours = false;
    bool one_task = false; // only the task that was prepared last can be called

    // Operations that it should have but lacks, with the reason: a cell never vanishes silently.
    std::map<std::string, std::string> lacking;

    virtual ~Peer() = default;

    // A function that computes a task.  Everything that a caller would make once is made here.  Empty if the operation is not
    // offered.
    virtual Call prepare(const Task &task) = 0;

    // Called before calls of this contestant, after those of another.
    virtual void select() {}

    // The CPU time in seconds of `times` calls.  If `warm`, an uncounted call comes first.
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
    std::vector<std::string> pythons; // interpreters that may have the Python peers
};

// Whether this machine has the set, and ACTFN_ISA asks for no other.
bool isa_wanted(const std::string &isa);

// f(x) in the accurate mode, for a task that computes its derivative from f(x).
void forward_of(const Task &task, const float *x, float *y);

// Loads a library of functions: the file that the environment names, or the file that CMake was told.  Null, with the reason,
// if there is no such file.
void *library_named(const char *variable, const char *told, std::string &reason);

// CPU time of this process in seconds, so that a peer pays for the threads that it starts.
double cpu_seconds();

// THE LIST of peers: each file has one function, which adds to one of the two lists.
#define FOR_EACH_PEER(X)                                                                                               \
    X(actfn) X(loops) X(table) X(onednn) X(xnnpack) X(xnnpack_kernels) X(ynnpack) X(mkl) X(ggml) X(python)
#define DECLARE(peer) void add_##peer(Peers &peers);
FOR_EACH_PEER(DECLARE)
#undef DECLARE

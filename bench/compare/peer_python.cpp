// SPDX-License-Identifier: MIT
// Libraries of Python.  Each runs in a process of its own that waits for commands (python/serve.py), in turn with all other
// contestants on the same core.  It gets the same numbers through shared memory.  It times its own calls by its own CPU clock,
// so that the communication does not count.
#include "peer.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstring>
#include <stdexcept>

namespace
{

// Room for the inputs and results of the largest task: x (a gate has two), dy, and out.
struct Shared {
    std::size_t elements = 0; // elements of dy
    float *base = nullptr;
    int file = memfd_create("actfn_compare", MFD_CLOEXEC);

    void need(std::size_t n)
    {
        if (n <= elements)
            return;
        if (base)
            munmap(base, bytes());
        elements = n;
        if (ftruncate(file, static_cast<off_t>(bytes())) != 0)
            throw std::runtime_error("no room to share with Python");
        void *const memory = mmap(nullptr, bytes(), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        if (memory == MAP_FAILED)
            throw std::runtime_error("no room to share with Python");
        base = static_cast<float *>(memory);
    }
    std::size_t bytes() const { return 5 * elements * sizeof(float); }
    float *x() const { return base; }
    float *dy() const { return base + 2 * elements; }
    float *out() const { return base + 3 * elements; }
};

struct Python final : Peer {
    Shared shared;
    std::FILE *to = nullptr, *from = nullptr;
    pid_t child = -1;
    std::string failure;

    // Sends a command, and returns the one line of the answer.
    std::string ask(const std::string &what)
    {
        char line[1000];
        std::fprintf(to, "%s\n", what.c_str());
        std::fflush(to);
        if (!std::fgets(line, sizeof line, from))
            throw std::runtime_error(name + " ended");
        line[std::strcspn(line, "\n")] = 0;
        return line;
    }

    Python(const std::string &interpreter, const std::string &library)
    {
        name = library;
        one_task = true;
        int down[2], up[2];
        // No other process may inherit the pipe: a process ends when its standard input ends.
        if (pipe2(down, O_CLOEXEC) != 0 || pipe2(up, O_CLOEXEC) != 0)
            throw std::runtime_error("no pipe to Python");
        child = fork();
        if (child == 0) {
            dup2(down[0], STDIN_FILENO);
            dup2(up[1], STDOUT_FILENO);
            fcntl(shared.file, F_SETFD, 0);
            const std::string memory = std::to_string(shared.file);
            execlp(interpreter.c_str(), interpreter.c_str(), "-B", BENCH_PYTHON_PEER, library.c_str(), memory.c_str(),
                   storage().name, nullptr);
            _exit(127);
        }
        close(down[0]);
        close(up[1]);
        to = fdopen(down[1], "w");
        from = fdopen(up[0], "r");
        try {
            version = ask("version");
            if (version.rfind("no ", 0) == 0)
                failure = version;
        } catch (const std::runtime_error &) {
            failure = "cannot be run";
        }
    }

    ~Python() override
    {
        std::fclose(to);
        std::fclose(from);
        waitpid(child, nullptr, 0);
        close(shared.file);
    }

    Call prepare(const Task &task) override
    {
        // The process has one task at a time: the task that was prepared last, with the numbers of its last call.
        shared.need(task.n);
        const std::string id = task.op + (task.backward ? " backward " : " forward ") + std::to_string(task.n);
        const std::string answer = ask("prepare " + id + " " + std::to_string(shared.elements));
        if (answer.rfind("fails: ", 0) == 0)
            lacking[task.op + (task.backward ? " backward" : " forward")] = answer.substr(7);
        if (answer != "ok")
            return {};
        return [this, task](const Buffers &b) {
            give(task, b);
            ask("run");
            std::memcpy(b.out, shared.out(), (task.backward ? task.room() : task.n) * sizeof(float));
        };
    }

    void give(const Task &task, const Buffers &b)
    {
        std::memcpy(shared.x(), task.rows() && task.backward ? b.y : b.x, task.room() * sizeof(float));
        std::memcpy(shared.dy(), b.dy, task.n * sizeof(float));
        ask("load");
    }

    double time(const Call &, const Buffers &, std::size_t times, bool warm) override
    {
        return std::stod(ask((warm ? "time_warm " : "time ") + std::to_string(times)));
    }
};

} // namespace

void add_python(Peers &peers)
{
    std::signal(SIGPIPE, SIG_IGN); // raised if there is no such interpreter
    for (const char *library : { "torch", "onnxruntime", "jax", "numpy", "numexpr" }) {
        std::string reasons;
        if (!in_floats() && std::strcmp(library, "torch") != 0) {
            peers.missing.push_back({ library, "is compared on floats only" });
            continue;
        }
        for (const std::string &interpreter : peers.pythons) {
            auto peer = std::make_unique<Python>(interpreter, library);
            if (peer->failure.empty()) {
                peers.present.push_back(std::move(peer));
                reasons.clear();
                break;
            }
            reasons += (reasons.empty() ? "" : "; ") + interpreter + ": " + peer->failure;
        }
        if (!reasons.empty() || peers.pythons.empty())
            peers.missing.push_back({ library, reasons.empty() ? "no Python to look for it in" : reasons });
    }
}

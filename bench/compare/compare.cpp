// SPDX-License-Identifier: MIT
// Runs all contestants of a task in turn on one core and on the same buffers.  Writes times and errors as JSON; report.py makes
// tables and plots of them.
#include "../context.h"
#include "../inputs.h"
#include "accuracy.h"
#include "peer.h"

#include <actfn.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>

using nlohmann::json;

namespace
{

// Shows the progress and the remaining time to a person at a terminal: `done` of `all` steps, which are assumed to take equally
// long.
class Progress
{
  public:
    explicit Progress(std::size_t steps) : all(steps) {}
    ~Progress()
    {
        if (terminal)
            std::cerr << "\r\033[K" << std::flush;
    }
    void show(const std::string &text, std::size_t done) const
    {
        if (!terminal)
            return;
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begun;
        std::cerr << "\r" << 100 * done / all << " %  " << text;
        if (done)
            std::cerr << ", " << std::lround(spent.count() / 60 / double(done) * double(all - done)) << " min left";
        std::cerr << "\033[K" << std::flush;
    }

  private:
    const bool terminal = isatty(STDERR_FILENO) == 1;
    const std::size_t all;
    const std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
};

// ---- the plan ------------------------------------------------------------------------------------------------------

struct Part {
    Distribution input;
    std::vector<std::size_t> sizes;
    int rounds;
    bool judged; // whether the error on the same numbers is measured too
};

struct Plan {
    std::vector<std::string> ops;
    std::vector<Part> parts;
    unsigned step; // errors are measured at every step-th bit pattern
    double batch;  // the least number of seconds of one contestant's run
};

constexpr std::size_t Ki = 1 << 10, Mi = 1 << 20;
constexpr int few_rounds = 5;

Plan plan_of(const std::string &name)
{
    const std::vector<std::size_t> near = { 4 * Ki, 64 * Ki }, far = { 16 * Mi },
                                   between = { Ki, 16 * Ki, 256 * Ki, Mi, 4 * Mi };
    const auto by_input = [](int rounds) {
        std::vector<Part> parts;
        for (const auto input : { Distribution::normal, Distribution::wide, Distribution::zeros, Distribution::far_out,
                                  Distribution::saturated, Distribution::half_minus_inf, Distribution::half_minus_1e4,
                                  Distribution::causal, Distribution::subnormal, Distribution::nan })
            parts.push_back({ input, { 4 * Ki }, rounds, true });
        return parts;
    };
    Plan plan = { compared_ops, {}, 4099, 200e-6 };
    const auto add = [&](Distribution input, const std::vector<std::size_t> &sizes, int rounds) {
        plan.parts.push_back({ input, sizes, rounds, false });
    };
    if (name == "check") {
        plan = { { "sigmoid", "relu", "softmax", "swiglu" }, by_input(1), 4099 * 401, 0 };
        add(Distribution::normal, { Ki, 4 * Ki }, 3);
    } else if (name == "usual") {
        plan.step = 4 * 4099 + 1;
        plan.parts = by_input(5);
        add(Distribution::normal, near, 15);
        add(Distribution::normal, far, few_rounds);
    } else if (name == "full") {
        plan.parts = by_input(15);
        add(Distribution::normal, near, 15);
        add(Distribution::normal, far, 7);
        add(Distribution::uniform, near, 15);
        add(Distribution::normal, between, 9);
    }
    return plan;
}

// ---- times ---------------------------------------------------------------------------------------------------------

struct Contestant {
    Peer *peer;
    Call call;
    std::size_t times;
    double once;            // the rough time of one call, in seconds
    Judgement error;        // the error on the same numbers, if the part is judged
    std::vector<double> ns; // nanoseconds for an element, by round
};

Buffers buffers_of(const Task &task)
{
    const Inputs &in = inputs(task.room());
    storage().round(task.room(), in.x);
    storage().round(task.n, in.dy);
    if (task.from_output()) {
        actfn_isa_select(nullptr);
        forward_of(task, in.x, in.y);
        storage().round(task.n, in.y);
    }
    return { in.x, in.dy, in.y, in.out };
}

// In each round every contestant runs once, and each round has another order.  A disturbance of the machine meets all
// contestants, and a ratio within a round does not show it.
void measure(const Plan &plan, const Part &part, const Task &task, Peers &peers, std::mt19937 &order, json &timings)
{
    const Buffers buffers = buffers_of(task);
    const std::vector<Exact> exact = part.judged ? reference(task, buffers) : std::vector<Exact>();
    std::vector<Contestant> contestants;
    for (const auto &peer : peers.present)
        if (const Call call = peer->prepare(task)) {
            peer->select();
            call(buffers);
            const Judgement error = part.judged ? judge(exact, buffers.out) : Judgement();
            const double once = peer->time(call, buffers, 1, task.n <= Mi);
            const double wanted = std::clamp(std::ceil(plan.batch / std::max(once, 1e-8)), 1.0, 1e6);
            contestants.push_back({ peer.get(), call, static_cast<std::size_t>(wanted), once, error, {} });
        }
    // For buffers larger than the caches one call takes long.  A contestant that is much too slow runs in a few rounds only.
    const double slow = contestants.empty() || task.n <= Mi ? INFINITY : 2 * contestants.front().once;
    std::vector<std::size_t> turn(contestants.size());
    for (std::size_t k = 0; k < turn.size(); k++)
        turn[k] = k;
    for (int round = 0; round < part.rounds; round++) {
        std::shuffle(turn.begin(), turn.end(), order);
        for (const std::size_t k : turn) {
            Contestant &c = contestants[k];
            if (round >= few_rounds && c.once > slow && !c.peer->ours)
                continue;
            c.peer->select();
            // For buffers larger than the caches, a call leaves no data that speeds up the next call.
            const double seconds = c.peer->time(c.call, buffers, c.times, task.n <= Mi);
            c.ns.push_back(seconds * 1e9 / static_cast<double>(c.times * task.n));
        }
    }
    for (const Contestant &c : contestants) {
        json timing = { { "contestant", c.peer->name },
                        { "op", task.op },
                        { "direction", task.backward ? "backward" : "forward" },
                        { "input", distribution_text(part.input) },
                        { "n", task.n },
                        { "by_input", part.judged },
                        { "ns", c.ns } };
        // JSON has no infinity, so null stands for it.
        if (part.judged)
            timing.update({ { "ulp", c.error.ulp }, { "flushes", c.error.flushes } });
        timings.push_back(timing);
    }
}

json measure_all(const Plan &plan, Peers &peers)
{
    json timings = json::array();
    std::mt19937 order(5);
    std::size_t done = 0, all = 0;
    for (const Part &part : plan.parts)
        all += part.sizes.size() * plan.ops.size() * std::size_t(part.rounds);
    const Progress progress(all);
    for (const Part &part : plan.parts) {
        use_distribution(part.input);
        for (const std::size_t n : part.sizes) {
            if (!part.judged)
                measure(plan, part, { "memcpy", false, n }, peers, order, timings);
            for (const std::string &op : plan.ops) {
                progress.show(std::string(distribution_text(part.input)) + " n = " + std::to_string(n) + " " + op,
                              done);
                done += std::size_t(part.rounds);
                if (distribution_masks(part.input) && !Task { op, false, n }.rows())
                    continue;
                for (const bool backward : { false, true })
                    measure(plan, part, { op, backward, n }, peers, order, timings);
            }
        }
    }
    return timings;
}

// ---- errors --------------------------------------------------------------------------------------------------------

json judge_all(const Plan &plan, Peers &peers)
{
    json errors = json::array();
    const Progress progress(2 * plan.ops.size());
    std::size_t done = 0;
    for (const std::string &op : plan.ops)
        for (const bool backward : { false, true }) {
            progress.show("errors of " + op, done++);
            const Sample sample(op, backward, plan.step);
            for (const auto &peer : peers.present) {
                bool offered;
                const Accuracy a = sample.judge(*peer, offered);
                if (offered)
                    errors.push_back({ { "contestant", peer->name },
                                       { "op", op },
                                       { "direction", backward ? "backward" : "forward" },
                                       { "ulp", a.ulp },
                                       { "at", a.at },
                                       { "flushes", a.flushes },
                                       { "wrong", a.wrong },
                                       { "curve", a.curve } });
            }
        }
    return errors;
}

// ---- the report ----------------------------------------------------------------------------------------------------

json context_of(const Plan &plan, const std::string &plan_name)
{
    json context;
    for (const auto &[key, value] : context_lines())
        context[key] = value;
    context["plan"] = plan_name;
    context["float_step"] = plan.step;
    context["curve_end"] = curve_end;
    context["row_length"] = row_length;
    context["best_isa"] = actfn_isa_name();
    context["type"] = storage().name;
    return context;
}

std::vector<std::string> split(const std::string &list)
{
    std::vector<std::string> parts;
    std::istringstream stream(list);
    for (std::string part; std::getline(stream, part, ',');)
        if (!part.empty())
            parts.push_back(part);
    return parts;
}

// Some libraries read these variables when they are loaded, which is before main.
void on_one_thread(char **argv)
{
    if (std::getenv("OMP_NUM_THREADS"))
        return;
    for (const char *name : { "OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS" })
        setenv(name, "1", 1);
    execv("/proc/self/exe", argv);
}

struct Options {
    std::string plan = "usual", type = F32::text, out;
    std::vector<std::string> ops, without, pythons;

    bool take(const char *argument)
    {
        const std::string text = argument;
        const auto equals = text.find('=');
        const std::string key = text.substr(0, equals), value = equals == text.npos ? "" : text.substr(equals + 1);
        if (key == "--plan")
            plan = value;
        else if (key == "--type")
            type = value;
        else if (key == "--out")
            out = value;
        else if (key == "--ops")
            ops = split(value);
        else if (key == "--without")
            without = split(value);
        else if (key == "--python")
            pythons = split(value);
        else
            return false;
        return !value.empty();
    }
};

} // namespace

int main(int argc, char **argv)
{
    on_one_thread(argv);
    Options options;
    bool right = true;
    for (int k = 1; k < argc; k++)
        right = options.take(argv[k]) && right;
    Plan plan = plan_of(options.plan);
    if (!options.ops.empty())
        plan.ops = options.ops;
    for (const std::string &op : plan.ops)
        right = right && std::find(compared_ops.begin(), compared_ops.end(), op) != compared_ops.end();
    right = right && use_storage(options.type);
    if (!right || plan.parts.empty() || options.out.empty()) {
        std::cerr << "usage: actfn_compare --out=FILE [--plan=check|usual|full] [--ops=NAME,...] [--without=PEER,...]\n"
                     "                     [--python=INTERPRETER,...] [--type=f32|f16|bf16]\noperations:";
        for (const std::string &op : compared_ops)
            std::cerr << " " << op;
        std::cerr << "\n";
        return 2;
    }

    Peers peers;
    peers.pythons = options.pythons;
    // These alone take part in 16 bits.
    const std::vector<std::string> in_sixteen = { "actfn", "table", "python" };
#define ADD(peer)                                                                                                      \
    if (std::find(options.without.begin(), options.without.end(), #peer) != options.without.end())                     \
        peers.missing.push_back({ #peer, "left out by --without" });                                                   \
    else if (in_floats() || std::find(in_sixteen.begin(), in_sixteen.end(), #peer) != in_sixteen.end())                \
        add_##peer(peers);                                                                                             \
    else                                                                                                               \
        peers.missing.push_back({ #peer, "is compared on floats only" });
    FOR_EACH_PEER(ADD)
#undef ADD

    json report;
    report["context"] = context_of(plan, options.plan);
    report["ops"] = plan.ops;
    for (const auto &peer : peers.present)
        report["contestants"].push_back(
            { { "name", peer->name }, { "version", peer->version }, { "isa", peer->isa }, { "ours", peer->ours } });
    report["errors"] = judge_all(plan, peers);
    report["timings"] = measure_all(plan, peers);
    // Last, because a peer may find only during the run that it lacks an operation.
    for (const auto &peer : peers.present)
        for (const auto &[task, reason] : peer->lacking)
            peers.missing.push_back({ peer->name + ": " + task, reason });
    report["missing"] = json::array();
    for (const Missing &missing : peers.missing)
        report["missing"].push_back({ { "name", missing.name }, { "reason", missing.reason } });
    std::ofstream file(options.out);
    file << report << "\n";
    if (!file.flush()) {
        std::cerr << "actfn_compare: " << options.out << " cannot be written\n";
        return 1;
    }
}

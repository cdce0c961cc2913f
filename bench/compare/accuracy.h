// SPDX-License-Identifier: MIT
// How far from exact a contestant is, over floats of every magnitude.
#pragma once

#include "peer.h"
#include "reference.h"

#include <string>
#include <vector>

// The plot of the error has this many columns between -curve_end and curve_end.
constexpr int curve_columns = 240;
constexpr float curve_end = 20;

struct Accuracy {
    double ulp = 0;            // the largest error; infinite where a result is infinite or NaN and should not be
    float at = 0;              // the x of it
    bool flushes = false;      // results below 2^-126 come out as zeros, which is not counted in ulp
    std::string wrong;         // of NaN, inf and -inf those that do not give NaN and the limits
    std::vector<double> curve; // the largest error by column; empty for row operations
};

// The largest error of results, and whether results below 2^-126 come out as zeros.
struct Judgement {
    double ulp = 0;
    bool flushes = false;
};

Judgement judge(const std::vector<Exact> &exact, const float *got);

// Inputs and exact results of a task, computed once for all contestants.
class Sample
{
  public:
    // Every step-th float by bit pattern, and a fine grid near zero; rows of three distributions for row operations.
    Sample(const std::string &op, bool backward, unsigned step);

    // False in `offered` where the contestant does not have the task.
    Accuracy judge(Peer &peer, bool &offered) const;

  private:
    Task task;
    std::vector<float> x, dy, y;
    std::vector<Exact> exact;
};

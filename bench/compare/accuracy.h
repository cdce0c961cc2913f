// SPDX-License-Identifier: MIT
// The error of a contestant over floats of every magnitude.
#pragma once

#include "peer.h"
#include "reference.h"

#include <string>
#include <vector>

// The plot of the error has this many columns between -curve_end and curve_end.
constexpr int curve_columns = 240;
constexpr float curve_end = 20;

struct Accuracy {
    double ulp = 0;            // the largest error; infinite if a result is wrongly infinite or NaN
    float at = 0;              // the x with the largest error
    bool flushes = false;      // results below 2^-126 are zeros; ulp does not count these
    std::string wrong;         // those of NaN, inf and -inf that do not give NaN or the limit
    std::vector<double> curve; // the largest error by column; empty for row operations
};

// The largest error of results, and whether results below 2^-126 are zeros.
struct Judgement {
    double ulp = 0;
    bool flushes = false;
};

Judgement judge(const std::vector<Exact> &exact, const float *got);

// The inputs and exact results of a task, computed once for all contestants.
class Sample
{
  public:
    // Every step-th float by bit pattern, and a fine grid near zero.  Row operations get rows of three distributions.
    Sample(const std::string &op, bool backward, unsigned step);

    // Sets `offered` to false if the contestant does not have the task.
    Accuracy judge(Peer &peer, bool &offered) const;

  private:
    Task task;
    std::vector<float> x, dy, y;
    std::vector<Exact> exact;
};

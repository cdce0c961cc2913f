// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

// The object and the conditions of a measurement, as keys and texts for every report.
std::vector<std::pair<std::string, std::string>> context_lines();

// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

// What is measured, and under which conditions: key and text, for every report.
std::vector<std::pair<std::string, std::string>> context_lines();

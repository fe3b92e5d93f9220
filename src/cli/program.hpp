#pragma once

#include <span>

#include "cli/session.hpp"

namespace dsdash::cli {

/// Runs the program with the words of its command line (without its own name). The exit code:
/// kSuccess, kFailure (told on console.err, with what to do about it), kUsageError, or whatever
/// the verb promises.
int run_program(std::span<const char* const> words, Session& session);

}  // namespace dsdash::cli

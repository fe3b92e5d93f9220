#include <unistd.h>

#include <csignal>
#include <iostream>

#include "cli/program.hpp"

int main(int argc, char** argv) {
    // A reader that goes early (`| head -1`) must not end a job that is to be recorded.
    std::signal(SIGPIPE, SIG_IGN);
    dsdash::cli::Session session{
        .console = {.out = std::cout,
                    .err = std::cerr,
                    .err_is_terminal = isatty(STDERR_FILENO) == 1},
    };
    const std::span<const char* const> words(argv, static_cast<std::size_t>(argc));
    return dsdash::cli::run_program(words.subspan(1), session);
}

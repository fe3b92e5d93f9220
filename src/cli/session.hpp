#pragma once

#include <functional>
#include <memory>
#include <span>

#include "cli/client/client_options.hpp"
#include "cli/terminal/console.hpp"
#include "cli/terminal/table.hpp"

namespace dsdash::cli {

/// The world in which a verb runs.
struct Session {
    Console console;
    Environment environment = aws::process_environment();
    std::function<Result<std::unique_ptr<AwsApi>>(const ClientOptions&, const Environment&)>
        connect_to_account = connect;

    // What the command line says:
    std::span<const char* const> words = {};  ///< as it was typed, without the program's name
    OutputFormat output = OutputFormat::table;
    std::function<Result<int>(Session&)> run = {};  ///< answers the program's exit code
};

}  // namespace dsdash::cli

#include "cli/program.hpp"

#include <fmt/format.h>

#include "cli/terminal/printable.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

void print_error(const Error& error, std::ostream& err) {
    err << "dsdash: " << printable(error.message);
    if (!error.code.empty()) {
        err << " (" << printable(error.code) << ')';
    }
    if (!error.where.empty()) {
        err << " [" << printable(error.where) << ']';
    }
    err << '\n';
    if (!error.hint.empty()) {
        err << "  hint: " << printable(error.hint) << '\n';
    }
}

/// No answer came. (A service's own errors have a code; those of files no operation.)
bool comes_from_connection(const Error& error) {
    return error.kind == ErrorKind::unreachable && error.code.empty() && !error.where.empty();
}

/// It was found before any service was asked.
bool comes_from_command_line(const Error& error) {
    return error.kind == ErrorKind::malformed_input && error.code.empty() && error.where.empty();
}

/// The help that was asked for, or the complaint about the command line.
int print_parse_outcome(const CLI::App& app, const CLI::ParseError& outcome, Console& console) {
    const bool help = outcome.get_exit_code() == 0;
    app.exit(outcome, console.out, console.err);
    return help ? kSuccess : kUsageError;
}

}  // namespace

int run_program(std::span<const char* const> words, Session& session) {
    session.words = words;
    CLI::App app("Hub-and-spoke dashboard for data-science projects in many accounts.", "dsdash");
    app.set_version_flag("--version", DSDASH_VERSION);
    app.require_subcommand(0, 1);  // none is complained of below, with the help
    app.failure_message(CLI::FailureMessage::simple);
    declare_verbs(app, session);
    add_examples(app, {"dsdash account create hub --id 111111111111 --data home",
                       "dsdash serve --data home --listen 127.0.0.1:8080",
                       "dsdash deploy hub --account hub --data home"});
    try {
        // CLI11 takes the words in reverse order.
        app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
    } catch (const CLI::ParseError& outcome) {
        return print_parse_outcome(app, outcome, session.console);
    }
    if (!session.run) {
        session.console.err << app.help();
        return kUsageError;
    }
    auto exit_code = session.run(session);
    if (!exit_code) {
        auto& error = exit_code.error();
        if (comes_from_connection(error) && error.hint.empty()) {
            error.hint = "is dsdash serve running there? --endpoint-url says where";
        }
        print_error(error, session.console.err);
        return comes_from_command_line(error) ? kUsageError : kFailure;
    }
    return *exit_code;
}

}  // namespace dsdash::cli

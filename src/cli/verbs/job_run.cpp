#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "cli/child_process.hpp"
#include "cli/job_recorder.hpp"
#include "cli/terminal/printable.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

// What shells answer for a command that they cannot start.
constexpr int kNotFound = 127;
constexpr int kNotExecutable = 126;

struct Options {
    std::string name;
    std::vector<std::string> command;
};

struct Verdict {
    std::string_view status;
    std::string reason;
};

std::string signal_name(int signal) {
    const char* name = sigabbrev_np(signal);
    return name == nullptr ? fmt::format("signal {}", signal) : fmt::format("SIG{}", name);
}

/// SageMaker's words for how it ended. A job that was asked to stop is Stopped, however it took it.
Verdict judge(const ChildExit& exit) {
    if (exit.passed_on) {
        return {"Stopped", fmt::format("stopped by {}", signal_name(*exit.passed_on))};
    }
    if (!exit.killed_by && exit.exit_code == 0) {
        return {"Completed", ""};
    }
    auto reason = exit.killed_by ? fmt::format("ended by {}", signal_name(*exit.killed_by))
                                 : fmt::format("exit code {}", exit.exit_code);
    if (!exit.last_error_line.empty()) {
        reason += fmt::format(": {}", exit.last_error_line);
    }
    return {"Failed", reason};
}

/// The words after the first "--", as they were typed: CLI11 takes "[a,b]" for two words and "{}"
/// for none.
std::vector<std::string> typed_command(std::span<const char* const> words) {
    const auto dashes = std::ranges::find(words, std::string_view("--"));
    if (dashes == words.end()) {
        return {};
    }
    return {dashes + 1, words.end()};
}

Result<int> run_job(const Options& options, AwsApi& api, Session& session) {
    const auto command = typed_command(session.words);
    if (command.empty()) {
        return fail(ErrorKind::malformed_input, "the command to run must stand after --");
    }
    // Before the recorder's thread. The command gets all that a person may send it through us.
    StopSignals signals({SIGCHLD, SIGUSR1, SIGUSR2, SIGCONT, SIGTSTP, SIGWINCH});
    const auto warn = [&](const std::string& message) {
        session.console.err << fmt::format("dsdash: job {}: {}\n", options.name, printable(message))
                            << std::flush;
    };
    JobRecorder::Options recording;
    recording.interrupted_within = [&](std::chrono::milliseconds pause) {
        return signals.wait_for_stop(pause).has_value();
    };
    JobRecorder recorder(api, options.name, warn, std::move(recording));
    if (auto started = recorder.start(command); !started) {
        return std::unexpected(started.error());
    }
    auto child = ChildProcess::start(command);
    const auto exit = child ? child->wait(signals) : ChildExit{};
    const auto verdict = child ? judge(exit) : Verdict{"Failed", child.error().message};
    if (const auto finished = recorder.finish(verdict.status, verdict.reason); !finished) {
        warn(fmt::format("its end ({}) could not be recorded: {}", verdict.status,
                         finished.error().message));
    }
    if (!verdict.reason.empty()) {
        warn(fmt::format("{}: {}", verdict.status, verdict.reason));
    }
    if (!child) {
        return child.error().kind == ErrorKind::not_found ? kNotFound : kNotExecutable;
    }
    return exit.exit_code;
}

}  // namespace

void declare_job_run(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand(
        "run",
        "Run a command as a training job of an account, and record how it ends. Its exit code is "
        "this program's.");
    const auto options = on_run(*command, session, run_job);
    command->add_option("--name", options->name, "the job's name; new in its account")->required();
    command->add_option("command", options->command, "what to run, after --")->required();
    add_examples(*command,
                 {"dsdash job run --account churn-dev --name train-1 -- ./train --data c.csv"});
}

}  // namespace dsdash::cli

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "cli/client/fetch_call.hpp"
#include "cli/client/hub_reader.hpp"
#include "cli/terminal/progress_display.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"
#include "services/fetch_progress.hpp"

namespace dsdash::cli {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kFirstPause{50};
constexpr std::chrono::milliseconds kPauseMax{1000};

struct Options {
    bool wait = false;
    int timeout_s = 60;
};

Result<void> look(HubReader& hub, FetchProgress& progress) {
    const auto reports = hub.reports();
    if (!reports) {
        return std::unexpected(reports.error());
    }
    const auto latest = hub.latest();
    if (!latest) {
        return std::unexpected(latest.error());
    }
    progress.update(*reports, *latest, SteadyClock::now());
    return {};
}

/// Looks at the hub again and again until everybody has answered or the time is up.
Result<void> wait_for_answers(AwsApi& api, FetchProgress& progress, ProgressDisplay& display,
                              std::chrono::seconds timeout) {
    HubReader hub(api);
    const auto deadline = SteadyClock::now() + timeout;
    auto pause = kFirstPause;
    while (true) {
        auto looked = look(hub, progress);
        if (!looked && !is_retryable(looked.error().kind)) {
            return looked;
        }
        display.show(progress);
        if (progress.complete() || SteadyClock::now() + pause > deadline) {
            return looked;
        }
        std::this_thread::sleep_for(pause);
        pause = std::min(pause * 3 / 2, kPauseMax);
    }
}

std::string describe_failures(const FetchProgress::Answer& answer) {
    std::string text;
    const auto add = [&](std::string_view metric, std::string_view reason) {
        text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", metric, reason);
    };
    for (const auto& failure : answer.failures) {
        add(failure.metric_name, failure.reason);
    }
    for (const auto& metric : answer.missing) {
        add(metric, "was reported, but did not arrive");
    }
    return text;
}

void print_answers(const FetchProgress& progress, Session& session) {
    Table table({{"AccountId"},
                 {"ProjectName"},
                 {"Environment"},
                 {"Answered"},
                 {"Metrics", Column::Kind::number},
                 {"Failures"}});
    for (const auto& answer : progress.answers()) {
        const auto& spoke = answer.spoke;
        table.add_row({spoke.account_id, spoke.project_name, spoke.environment,
                       answer.complete ? "yes" : "no", std::to_string(answer.metrics),
                       describe_failures(answer)});
    }
    table.print(session.console.out, session.output);
}

Result<int> refresh(const Options& options, AwsApi& api, Session& session) {
    auto fetch = ask_for_new_data(api);
    if (!fetch) {
        return std::unexpected(fetch.error());
    }
    if (fetch->spokes.empty()) {
        session.console.err << "no spoke is registered with this hub\n"
                               "  hint: dsdash put-parameter "
                               "/monitored_projects/<Project>/<environment> <spoke's account id>\n";
        return kSuccess;
    }
    if (!options.wait) {
        print_answers(FetchProgress(std::move(*fetch)), session);
        return kSuccess;
    }
    FetchProgress progress(std::move(*fetch));
    ProgressDisplay display(session.console);
    const auto waited =
        wait_for_answers(api, progress, display, std::chrono::seconds(options.timeout_s));
    display.finish(progress);
    if (!waited) {
        return std::unexpected(waited.error());
    }
    print_answers(progress, session);
    if (progress.complete()) {
        return kSuccess;
    }
    session.console.err << "  hint: dsdash dead-letters list --account <hub or spoke> shows what "
                           "did not get through\n";
    return kFailure;
}

}  // namespace

void declare_refresh(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand("refresh", "Ask every spoke of a hub for new data");
    const auto options = on_run(*command, session, refresh);
    command->add_flag("--wait", options->wait, "show who has answered, until all have");
    command->add_option("--timeout", options->timeout_s, "give up waiting after so many seconds")
        ->check(CLI::Range(1, 86'400))
        ->capture_default_str();
    add_output_option(*command, session);
    add_examples(*command, {"dsdash refresh --account hub --wait"});
}

}  // namespace dsdash::cli

#include <fmt/format.h>

#include "cli/simulation/fleet_arrival.hpp"
#include "cli/simulation/fleet_feed.hpp"
#include "cli/simulation/hub_home.hpp"
#include "cli/simulation/remembered_plan.hpp"
#include "cli/simulation/story_lines.hpp"
#include "cli/time_option.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"
#include "services/clock.hpp"
#include "services/uuid.hpp"
#include "simulation/records.hpp"

namespace dsdash::cli {

namespace {

using simulation::Fleet;
using simulation::Plan;

struct Options {
    Plan plan = {};
    int interval_min = 60;
    std::string until;
    int timeout_s = 300;
    ClientOptions hub;
};

Result<Plan> read_plan(const Options& options) {
    const auto now = SystemClock().now();
    const auto until = parse_time_option("--until", options.until, now);
    if (!until) {
        return std::unexpected(until.error());
    }
    if (*until > now) {
        return fail(ErrorKind::malformed_input, "--until must not lie ahead");
    }
    auto plan = options.plan;
    plan.interval = std::chrono::minutes(options.interval_min);
    plan.end = plan.until = *until;
    if (auto checked = check_plan(plan); !checked) {
        return std::unexpected(checked.error());
    }
    return plan;
}

struct Outcome {
    std::int64_t records = 0;
    std::int64_t added = 0;
};

Result<Outcome> fill_hub(const Fleet& fleet, const HubHome& home, AwsApi& hub,
                         std::chrono::seconds patience, Session& session) {
    ProgressLine progress(session.console);
    FleetConnections connections(fleet, home.client, session);
    if (auto created = connections.create_accounts(home, progress); !created) {
        return std::unexpected(created.error());
    }
    if (auto connected = connections.connect(hub, progress); !connected) {
        return std::unexpected(connected.error());
    }
    progress.finish(fmt::format("connected: {} spokes", fleet.spokes.size()));
    const auto before = count_in_hub(hub, fleet);
    if (!before) {
        return std::unexpected(before.error());
    }
    if (auto kept = keep_plan(hub, fleet.plan); !kept) {
        return std::unexpected(kept.error());
    }
    RandomUuidSource uuids;
    const FetchIds fetch_ids{.last = uuids.next(), .of_silent = uuids.next()};
    if (auto fed = feed_fleet(fleet, connections, fetch_ids, progress); !fed) {
        return std::unexpected(fed.error());
    }
    Outcome outcome;
    for (const auto& spoke : fleet.spokes) {
        outcome.records += simulation::count_records(fleet, spoke);
    }
    const auto after = wait_for_fleet(hub, fleet, fetch_ids, outcome.records, patience, progress);
    if (!after) {
        return std::unexpected(after.error());
    }
    outcome.added = *after - *before;
    return outcome;
}

Result<int> simulate(const Options& options, Session& session) {
    const auto begun = std::chrono::steady_clock::now();
    const auto wanted = read_plan(options);
    if (!wanted) {
        return std::unexpected(wanted.error());
    }
    const auto home = find_or_create_hub(options.hub, session.environment);
    if (!home) {
        return std::unexpected(home.error());
    }
    const auto hub = session.connect_to_account(home->client, session.environment);
    if (!hub) {
        return std::unexpected(hub.error());
    }
    const auto plan = recall_plan(**hub, *wanted);
    if (!plan) {
        return std::unexpected(plan.error());
    }
    const auto fleet = simulation::make_fleet(*plan);
    if (!fleet) {
        return std::unexpected(fleet.error());
    }
    const auto outcome =
        fill_hub(*fleet, *home, **hub, std::chrono::seconds(options.timeout_s), session);
    if (!outcome) {
        return std::unexpected(outcome.error());
    }
    for (const auto& line : story_lines(*fleet)) {
        session.console.err << "  " << line << '\n';
    }
    const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - begun;
    Table table({{"Hub"},
                 {"Accounts", Column::Kind::number},
                 {"Series", Column::Kind::number},
                 {"Records", Column::Kind::number},
                 {"Added", Column::Kind::number},
                 {"Seconds", Column::Kind::number}});
    table.add_row({(*hub)->account().text(), std::to_string(fleet->spokes.size()),
                   std::to_string(fleet->spokes.size() * fleet->metrics().size()),
                   std::to_string(outcome->records), std::to_string(outcome->added),
                   fmt::format("{:.1f}", spent.count())});
    table.print(session.console.out, session.output);
    return kSuccess;
}

}  // namespace

void declare_simulate(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand(
        "simulate", "Fill a hub with a believable fleet, through the public event path");
    const auto options = on_run(*command, session, simulate);
    auto& plan = options->plan;
    command->add_option("--spokes", plan.spokes, "how many spokes; three make a project")
        ->check(CLI::Range(1, simulation::kSpokesMax))
        ->capture_default_str();
    command->add_option("--metrics", plan.metrics, "how many metrics each of them has")
        ->check(CLI::Range(1, simulation::kMetricsMax))
        ->capture_default_str();
    command->add_option("--days", plan.days, "how many days of history")
        ->check(CLI::Range(1, simulation::kDaysMax))
        ->capture_default_str();
    command->add_option("--seed", plan.seed, "what all of it follows from")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
    command
        ->add_option("--interval", options->interval_min,
                     "minutes from one value of a series to the next")
        ->check(CLI::Range(static_cast<int>(simulation::kIntervalMin.count()),
                           static_cast<int>(simulation::kIntervalMax.count())))
        ->capture_default_str();
    command->add_option("--until", options->until, "no newer values (default: now)");
    command
        ->add_option("--timeout", options->timeout_s,
                     "give up when nothing has arrived for so many seconds")
        ->check(CLI::Range(1, 86'400))
        ->capture_default_str();
    add_data_folder_options(*command, options->hub);
    add_output_option(*command, session);
    add_examples(*command, {"dsdash simulate --data home",
                            "dsdash simulate --spokes 30 --metrics 12 --days 90 --seed 7 "
                            "--account hub --data home"});
    add_note(*command,
             "Accounts that are missing are made. The same again continues the same fleet up to "
             "now,\nand stores nothing twice.");
}

}  // namespace dsdash::cli

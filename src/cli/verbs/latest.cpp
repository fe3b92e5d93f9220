#include <algorithm>
#include <tuple>

#include "cli/client/hub_reader.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"
#include "domain/age.hpp"
#include "functions/refresh_schedule.hpp"
#include "services/clock.hpp"
#include "services/series_standing.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string metric;
    std::string project;
    std::string environment;
    std::string state;
};

/// Every series of the hub by project, environment, account and metric, and how it stands.
Result<std::vector<SeriesStanding>> judge_hub(AwsApi& api) {
    HubReader hub(api);
    auto latest = hub.latest();
    if (!latest) {
        return std::unexpected(latest.error());
    }
    const auto reports = hub.reports();
    if (!reports) {
        return std::unexpected(reports.error());
    }
    const auto interval = functions::read_refresh_interval(api);
    // Who may read the table need not be allowed to look at rules; then its own history counts.
    if (!interval && interval.error().kind != ErrorKind::denied) {
        return std::unexpected(interval.error());
    }
    auto standings = judge_series(
        *std::move(latest), *reports,
        {.now = SystemClock().now(), .refresh_interval = interval.value_or(std::nullopt)});
    std::ranges::sort(standings, {}, [](const SeriesStanding& standing) {
        const auto& series = standing.series;
        return std::tie(series.project_name, series.environment, series.account_id,
                        series.metric_name);
    });
    return standings;
}

bool wanted(const Options& options, const SeriesStanding& standing) {
    const auto& series = standing.series;
    const auto matches = [](const std::string& filter, const std::string& value) {
        return filter.empty() || filter == value;
    };
    return matches(options.metric, series.metric_name) &&
           matches(options.project, series.project_name) &&
           matches(options.environment, series.environment) &&
           matches(options.state, std::string(state_name(standing.state)));
}

Result<int> latest(const Options& options, AwsApi& api, Session& session) {
    const auto standings = judge_hub(api);
    if (!standings) {
        return std::unexpected(standings.error());
    }
    const auto now = SystemClock().now();
    Table table({{"ProjectName"},
                 {"Environment"},
                 {"AccountId"},
                 {"MetricName"},
                 {"MetricValue", Column::Kind::number},
                 {"ExtractionDate"},
                 {"Age", Column::Kind::age},
                 {"State"},
                 {"Reason"}});
    for (const auto& standing : *standings) {
        const auto& series = standing.series;
        if (!wanted(options, standing)) {
            continue;
        }
        const auto& latest = standing.latest;
        table.add_row({series.project_name, series.environment, series.account_id,
                       series.metric_name, latest ? latest->value.to_string() : "",
                       latest ? format_extraction_date(latest->extraction_date) : "",
                       latest ? format_age(now - latest->extraction_date) : "",
                       std::string(state_name(standing.state)), standing.reason});
    }
    table.print(session.console.out, session.output);
    return kSuccess;
}

}  // namespace

void declare_latest(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand(
        "latest", "Show the newest value of every metric in a hub, and how it stands");
    const auto options = on_run(*command, session, latest);
    command->add_option("--metric", options->metric, "this metric only");
    command->add_option("--project", options->project, "this project only");
    command->add_option("--environment", options->environment, "this environment only");
    command->add_option("--state", options->state, "series in this state only")
        ->check(CLI::IsMember({"fresh", "late", "silent", "failed", "not_configured"}));
    add_output_option(*command, session);
    add_examples(*command,
                 {"dsdash latest --account hub", "dsdash latest --account hub --state silent",
                  "dsdash latest --account hub --project churn --output json"});
}

}  // namespace dsdash::cli

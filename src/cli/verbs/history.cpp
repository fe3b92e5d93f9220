#include "cli/client/hub_reader.hpp"
#include "cli/time_option.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"
#include "services/clock.hpp"

namespace dsdash::cli {

namespace {

constexpr std::size_t kRecordsMax = 1'000'000;

struct Options {
    HistoryRange range;
    std::string from;
    std::string to;
};

Result<int> history(const Options& options, AwsApi& api, Session& session) {
    const auto now = SystemClock().now();
    const auto from = parse_time_option("--from", options.from, now - std::chrono::days(30));
    const auto to = parse_time_option("--to", options.to, now);
    if (!from || !to) {
        return std::unexpected(from ? to.error() : from.error());
    }
    auto range = options.range;
    range.from = *from;
    range.to = *to;

    const auto records = HubReader(api).history(range);
    if (!records) {
        return std::unexpected(records.error());
    }
    Table table({{"ExtractionDate"},
                 {"ProjectName"},
                 {"Environment"},
                 {"AccountId"},
                 {"MetricName"},
                 {"MetricValue", Column::Kind::number}});
    for (const auto& record : *records) {
        const auto& series = record.series;
        table.add_row({format_extraction_date(record.extraction_date), series.project_name,
                       series.environment, series.account_id, series.metric_name,
                       record.value.to_string()});
    }
    table.print(session.console.out, session.output);
    return kSuccess;
}

}  // namespace

void declare_history(CLI::App& app, Session& session) {
    auto* command =
        app.add_subcommand("history", "Show the values of one metric over time, newest first");
    const auto options = on_run(*command, session, history);
    auto& range = options->range;
    command->add_option("--metric", range.metric_name, "its name")->required();
    command->add_option("--project", range.project_name, "this project only");
    command->add_option("--environment", range.environment, "this environment only");
    command->add_option("--spoke", range.account_id, "this account's values only");
    command->add_option("--from", options->from, "no older ones (default: 30 days ago)");
    command->add_option("--to", options->to, "no newer ones (default: now)");
    command->add_option("--limit", range.records_max, "at most so many")
        ->check(CLI::Range(std::size_t{1}, kRecordsMax))
        ->capture_default_str();
    add_output_option(*command, session);
    add_examples(*command, {"dsdash history --metric CompletedTrainingJobs24h --account hub",
                            "dsdash history --metric NumberEndPointsInService --project churn "
                            "--from \"2026-11-01 00:00:00\" --output csv --account hub"});
}

}  // namespace dsdash::cli

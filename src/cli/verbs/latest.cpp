#include "cli/hub_reader.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"
#include "domain/age.hpp"
#include "services/clock.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string metric;
    std::string project;
    std::string environment;
};

bool wanted(const Options& options, const SeriesKey& series) {
    const auto matches = [](const std::string& filter, const std::string& value) {
        return filter.empty() || filter == value;
    };
    return matches(options.metric, series.metric_name) &&
           matches(options.project, series.project_name) &&
           matches(options.environment, series.environment);
}

Result<int> latest(const Options& options, AwsApi& api, Session& session) {
    const auto records = HubReader(api).latest();
    if (!records) {
        return std::unexpected(records.error());
    }
    const auto now = SystemClock().now();
    Table table({{"ProjectName"},
                 {"Environment"},
                 {"AccountId"},
                 {"MetricName"},
                 {"MetricValue", Column::Kind::number},
                 {"ExtractionDate"},
                 {"Age", Column::Kind::age}});
    for (const auto& record : *records) {
        const auto& series = record.series;
        if (wanted(options, series)) {
            table.add_row({series.project_name, series.environment, series.account_id,
                           series.metric_name, record.value.to_string(),
                           format_extraction_date(record.extraction_date),
                           format_age(now - record.extraction_date)});
        }
    }
    table.print(session.console.out, session.output);
    return kSuccess;
}

}  // namespace

void declare_latest(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand("latest", "Show the newest value of every metric in a hub");
    const auto options = on_run(*command, session, latest);
    command->add_option("--metric", options->metric, "this metric only");
    command->add_option("--project", options->project, "this project only");
    command->add_option("--environment", options->environment, "this environment only");
    add_output_option(*command, session);
    add_examples(*command, {"dsdash latest --account hub",
                            "dsdash latest --account hub --project churn --output json"});
}

}  // namespace dsdash::cli

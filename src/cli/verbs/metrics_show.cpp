#include <fmt/format.h>

#include "cli/verb.hpp"
#include "cli/verbs.hpp"
#include "metrics/catalogue.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string name;
};

/// The declared permissions. What only a deployment knows stands in them as a placeholder.
std::vector<metrics::IamPermission> permissions_of(const metrics::Metric& metric) {
    metrics::Settings settings;
    for (const auto& setting : metric.settings()) {
        settings[setting.name] = fmt::format("<{}>", setting.name);
    }
    return metric.get_iam_permissions(AccountId::parse("000000000000").value(),
                                      Region::parse("region").value(), settings);
}

Result<int> show_metric(const Options& options, Session& session) {
    const auto* metric = metrics::find_metric(options.name);
    if (metric == nullptr) {
        auto error = fail(ErrorKind::not_found, fmt::format("there is no metric {}", options.name));
        error.error().hint = "dsdash metrics list shows those that there are";
        return error;
    }
    Table table({{"Field"}, {"Value"}});
    table.add_row({"MetricName", metric->name()});
    table.add_row({"Unit", metric->unit()});
    table.add_row({"Description", metric->description()});
    for (const auto& setting : metric->settings()) {
        table.add_row({"Setting", fmt::format("-c {}=…  {}", setting.name, setting.description)});
    }
    for (const auto& permission : permissions_of(*metric)) {
        table.add_row({"Permission", permission.action + " on " + permission.resource});
    }
    table.print(session.console.out, session.output);
    return kSuccess;
}

}  // namespace

void declare_metrics_show(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand("show", "Show what one is, needs and may do");
    const auto options = on_run(*command, session, show_metric);
    command->add_option("name", options->name, "the metric's name")->required();
    add_output_option(*command, session);
    add_examples(*command, {"dsdash metrics show NumberEndPointsInService"});
}

}  // namespace dsdash::cli

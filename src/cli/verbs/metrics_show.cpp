#include <fmt/format.h>

#include <boost/algorithm/string/replace.hpp>

#include "cli/verb.hpp"
#include "cli/verbs.hpp"
#include "metrics/catalogue.hpp"

namespace dsdash::cli {

namespace {

// Stand for the placeholders while a metric fills its permissions in.
constexpr const char* kAnyAccount = "000000000000";
constexpr const char* kAnyRegion = "any-region";

struct Options {
    std::string name;
};

/// The declared permissions. What only a deployment knows stands in them as a placeholder.
std::vector<metrics::IamPermission> permissions_of(const metrics::Metric& metric) {
    metrics::Settings settings;
    for (const auto& setting : metric.settings()) {
        settings[setting.name] = fmt::format("<{}>", setting.name);
    }
    auto permissions = metric.get_iam_permissions(AccountId::parse(kAnyAccount).value(),
                                                  Region::parse(kAnyRegion).value(), settings);
    for (auto& permission : permissions) {
        boost::replace_all(permission.resource, kAnyAccount, "**ACCOUNT_ID**");
        boost::replace_all(permission.resource, kAnyRegion, "**REGION**");
    }
    return permissions;
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

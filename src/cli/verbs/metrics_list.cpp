#include "cli/verb.hpp"
#include "cli/verbs.hpp"
#include "metrics/catalogue.hpp"

namespace dsdash::cli {

namespace {

struct Options {};

Result<int> list_metrics(const Options&, Session& session) {
    Table table({{"MetricName"}, {"Unit"}, {"Description"}});
    for (const auto& metric : metrics::catalogue()) {
        table.add_row({metric->name(), metric->unit(), metric->description()});
    }
    table.print(session.console.out, session.output);
    return kSuccess;
}

}  // namespace

void declare_metrics_list(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand("list", "List them all");
    on_run(*command, session, list_metrics);
    add_output_option(*command, session);
    add_examples(*command, {"dsdash metrics list"});
}

}  // namespace dsdash::cli

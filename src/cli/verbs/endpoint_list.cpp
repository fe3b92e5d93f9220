#include "cli/client/answer_fields.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

struct Options {};

Result<int> list_endpoints(const Options&, AwsApi& api, Session& session) {
    Table table({{"EndpointName"}, {"EndpointStatus"}, {"CreationTime"}, {"LastModifiedTime"}});
    const auto listed = for_each_item(
        api, "sagemaker", "ListEndpoints", {{"MaxResults", 100}}, {.items = "Endpoints"},
        [&](const json::object& endpoint) -> Result<void> {
            table.add_row({text_at(endpoint, "EndpointName"), text_at(endpoint, "EndpointStatus"),
                           time_at(endpoint, "CreationTime"),
                           time_at(endpoint, "LastModifiedTime")});
            return {};
        });
    if (!listed) {
        return std::unexpected(listed.error());
    }
    table.print(session.console.out, session.output);
    return kSuccess;
}

}  // namespace

void declare_endpoint_list(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand("list", "List an account's endpoints and their status");
    on_run(*command, session, list_endpoints);
    add_output_option(*command, session);
    add_examples(*command, {"dsdash endpoint list --account churn-prod"});
}

}  // namespace dsdash::cli

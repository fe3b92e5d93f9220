#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string name;
};

Result<int> deregister_endpoint(const Options& options, AwsApi& api, Session& session) {
    const auto deregistered =
        api.call("dsdash", "DeregisterEndpoint", {{"EndpointName", options.name}});
    if (!deregistered) {
        return std::unexpected(deregistered.error());
    }
    Table table({{"EndpointName"}});
    table.add_row({options.name});
    table.print(session.console.out, session.output);
    return kSuccess;
}

}  // namespace

void declare_endpoint_deregister(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand("deregister", "Forget an endpoint; it is not stopped");
    const auto options = on_run(*command, session, deregister_endpoint);
    command->add_option("--name", options->name, "the endpoint's name")->required();
    add_output_option(*command, session);
    add_examples(*command, {"dsdash endpoint deregister --account churn-prod --name churn"});
}

}  // namespace dsdash::cli

#include "cli/client/answer_fields.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string name;
    std::string url;
    std::string health_url;
};

Result<int> register_endpoint(const Options& options, AwsApi& api, Session& session) {
    json::object input{{"EndpointName", options.name}, {"Url", options.url}};
    if (!options.health_url.empty()) {
        input["HealthUrl"] = options.health_url;
    }
    const auto registered = api.call("dsdash", "RegisterEndpoint", input);
    if (!registered) {
        return std::unexpected(registered.error());
    }
    Table table({{"EndpointArn"}});
    table.add_row({text_at(*registered, "EndpointArn")});
    table.print(session.console.out, session.output);
    return kSuccess;
}

}  // namespace

void declare_endpoint_register(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand(
        "register", "Record an endpoint; it is InService while its health address answers");
    const auto options = on_run(*command, session, register_endpoint);
    command->add_option("--name", options->name, "the endpoint's name")->required();
    command->add_option("--url", options->url, "where it answers")->required();
    command->add_option("--health-url", options->health_url,
                        "where it answers 200 while it is well (else /ping beside --url)");
    add_output_option(*command, session);
    add_examples(*command, {"dsdash endpoint register --account churn-prod --name churn "
                            "--url http://127.0.0.1:9000/invocations"});
}

}  // namespace dsdash::cli

#include "cli/client/function_call.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string function;
    std::string payload = "{}";
};

Result<int> invoke(const Options& options, AwsApi& api, Session& session) {
    const auto answer = invoke_function(api, options.function, options.payload);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    session.console.out << *answer << '\n';
    return kSuccess;
}

}  // namespace

void declare_invoke(CLI::App& app, Session& session) {
    auto* command =
        app.add_subcommand("invoke", "Run a deployed function and print its answer (JSON)");
    const auto options = on_run(*command, session, invoke);
    command->add_option("function", options->function, "its name")->required();
    command->add_option("--payload", options->payload, "its input (JSON)")->capture_default_str();
    add_examples(*command, {"dsdash invoke ds-dashboard-connection --account hub --payload "
                            "'{\"action\":\"EBPut\"}'",
                            "dsdash invoke ds-dashboard-metric-extraction --account churn-dev"});
}

}  // namespace dsdash::cli

#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string name;
};

Result<int> delete_parameter(const Options& options, AwsApi& api, Session&) {
    if (const auto deleted = api.call("ssm", "DeleteParameter", {{"Name", options.name}});
        !deleted) {
        return std::unexpected(deleted.error());
    }
    return kSuccess;
}

}  // namespace

void declare_delete_parameter(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand("delete-parameter",
                                       "Delete a parameter of an account's Parameter Store");
    const auto options = on_run(*command, session, delete_parameter);
    command->add_option("name", options->name, "its name")->required();
    add_examples(*command, {"dsdash delete-parameter /monitors/TestHub --account churn-dev"});
}

}  // namespace dsdash::cli

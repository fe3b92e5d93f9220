#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string name;
};

Result<int> delete_parameter(const Options& options, AwsApi& api, Session& session) {
    if (const auto deleted = api.call("ssm", "DeleteParameter", {{"Name", options.name}});
        !deleted) {
        return std::unexpected(deleted.error());
    }
    Table table({{"Name"}});
    table.add_row({options.name});
    table.print(session.console.out, session.output);
    return kSuccess;
}

}  // namespace

void declare_delete_parameter(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand("delete-parameter",
                                       "Delete a parameter of an account's Parameter Store");
    const auto options = on_run(*command, session, delete_parameter);
    command->add_option("name", options->name, "its name")->required();
    add_output_option(*command, session);
    add_examples(*command, {"dsdash delete-parameter /monitors/TestHub --account churn-dev"});
}

}  // namespace dsdash::cli

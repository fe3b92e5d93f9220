#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string name;
    std::string value;
    bool overwrite = false;
};

Result<int> put_parameter(const Options& options, AwsApi& api, Session& session) {
    auto put = api.call("ssm", "PutParameter",
                        {{"Name", options.name},
                         {"Value", options.value},
                         {"Type", "String"},
                         {"Overwrite", options.overwrite}});
    if (!put) {
        if (put.error().kind == ErrorKind::conflict) {
            put.error().hint = "give --overwrite to replace it";
        }
        return std::unexpected(put.error());
    }
    Table table({{"Name"}, {"Version", Column::Kind::number}});
    table.add_row({options.name, json::serialize(put->at("Version"))});
    table.print(session.console.out, session.output);
    return kSuccess;
}

}  // namespace

void declare_put_parameter(CLI::App& app, Session& session) {
    auto* command =
        app.add_subcommand("put-parameter", "Store a parameter in an account's Parameter Store");
    const auto options = on_run(*command, session, put_parameter);
    command->add_option("name", options->name, "its name, such as /monitors/TestHub")->required();
    command->add_option("value", options->value, "its value")->required();
    command->add_flag("--overwrite", options->overwrite, "replace one that is there");
    add_output_option(*command, session);
    add_examples(*command,
                 {"dsdash put-parameter /monitors/TestHub 111111111111 --account churn-dev",
                  "dsdash put-parameter /monitored_projects/churn/dev 222222222222 --account hub"});
}

}  // namespace dsdash::cli

#include <fmt/format.h>

#include "cli/client/answer_fields.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string stack;
    std::vector<std::string> context;
};

/// What is wrong with a word after -c; empty when nothing is.
std::string complain_of_context(const std::string& word) {
    const auto equals = word.find('=');
    const bool key_and_value = equals != std::string::npos && equals != 0;
    return key_and_value ? "" : fmt::format("must be key=value, not \"{}\"", word);
}

/// Split at the first '='; of one key, the last value counts: as the CDK has it.
json::object parse_context(const std::vector<std::string>& words) {
    json::object context;
    for (const auto& word : words) {
        const auto equals = word.find('=');
        context[word.substr(0, equals)] = word.substr(equals + 1);
    }
    return context;
}

Result<int> deploy(const Options& options, AwsApi& api, Session& session) {
    const auto deployed =
        api.call("dsdash", "DeployStack",
                 {{"Stack", options.stack}, {"Context", parse_context(options.context)}});
    if (!deployed) {
        return std::unexpected(deployed.error());
    }
    Table table({{"Type"}, {"Name"}});
    table.add_row({"Stack", text_at(*deployed, "StackName")});
    using Kind = std::pair<const char*, const char*>;
    for (const auto& [field, type] :
         {Kind("Functions", "Function"), Kind("Rules", "Rule"), Kind("Tables", "Table")}) {
        for (const auto& name : texts_at(*deployed, field)) {
            table.add_row({type, name});
        }
    }
    table.print(session.console.out, session.output);
    return kSuccess;
}

}  // namespace

void declare_deploy(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand(
        "deploy", "Deploy what makes an account a hub or a spoke; again, to change it");
    const auto options = on_run(*command, session, deploy);
    command->add_option("stack", options->stack, "hub or spoke")
        ->required()
        ->check(CLI::IsMember({"hub", "spoke"}));
    command
        ->add_option("-c,--context", options->context,
                     "key=value, as cdk deploy takes it: metrics, environment, project_name, …")
        ->allow_extra_args(false)
        ->check(complain_of_context);
    add_output_option(*command, session);
    add_examples(
        *command,
        {"dsdash deploy hub --account hub",
         "dsdash deploy spoke --account churn-dev -c environment=dev -c project_name=churn "
         "-c metrics=TotalCompletedTrainingJobs,NumberEndPointsInService"});
}

}  // namespace dsdash::cli

#include "cli/client/answer_fields.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string stack;
    bool delete_data = false;
};

Result<int> destroy(const Options& options, AwsApi& api, Session& session) {
    const auto destroyed = api.call(
        "dsdash", "DestroyStack", {{"Stack", options.stack}, {"DeleteData", options.delete_data}});
    if (!destroyed) {
        return std::unexpected(destroyed.error());
    }
    Table table({{"Removed"}});
    for (const auto& name : texts_at(*destroyed, "Removed")) {
        table.add_row({name});
    }
    table.print(session.console.out, session.output);
    return kSuccess;
}

}  // namespace

void declare_destroy(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand(
        "destroy", "Remove what deploy made; a hub's values stay unless --delete-data is given");
    const auto options = on_run(*command, session, destroy);
    command->add_option("stack", options->stack, "hub or spoke")
        ->required()
        ->check(CLI::IsMember({"hub", "spoke"}));
    command->add_flag("--delete-data", options->delete_data, "delete the hub's values for ever");
    add_output_option(*command, session);
    add_examples(*command, {"dsdash destroy spoke --account churn-dev",
                            "dsdash destroy hub --account hub --delete-data"});
}

}  // namespace dsdash::cli

#include "cli/client/answer_fields.hpp"
#include "cli/client/function_call.hpp"
#include "cli/terminal/printable.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"
#include "domain/contract.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::string peer;
};

std::string complain_of_account_id(const std::string& word) {
    const auto id = AccountId::parse(word);
    return id ? "" : id.error().message;
}

/// Prints what ds-dashboard-connection did for which account. Answers the exit code.
int print_report(const json::object& report, Session& session) {
    int exit_code = kSuccess;
    Table table({{"AccountId"}, {"Role"}, {"Result"}, {"Message"}});
    for (const auto* account : objects_at(report, "Accounts")) {
        const auto result = text_at(*account, "Result");
        table.add_row({text_at(*account, "AccountId"), text_at(*account, "Role"), result,
                       text_at(*account, "Message")});
        if (result == "failed" || result == "postponed") {
            exit_code = kFailure;
        }
    }
    table.print(session.console.out, session.output);
    for (const auto* parameter : objects_at(report, "InvalidParameters")) {
        session.console.err << "dsdash: parameter " << printable(text_at(*parameter, "Name"))
                            << ": " << printable(text_at(*parameter, "Message")) << '\n';
        exit_code = kFailure;
    }
    return exit_code;
}

Result<int> disconnect(const Options& options, AwsApi& api, Session& session) {
    json::object payload{{"action", "Disconnect"}};
    if (!options.peer.empty()) {
        payload["account"] = options.peer;
    }
    const auto answer =
        invoke_function(api, contract::kConnectionFunction, json::serialize(payload));
    if (!answer) {
        return std::unexpected(answer.error());
    }
    const auto report = parse_json_object(*answer);
    if (!report) {
        return std::unexpected(report.error());
    }
    if (!options.peer.empty() && objects_at(*report, "Accounts").empty()) {
        session.console.err << "dsdash: this account is not connected with "
                            << printable(options.peer) << '\n';
        return kFailure;
    }
    return print_report(*report, session);
}

}  // namespace

void declare_disconnect(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand(
        "disconnect", "Remove the rules and permissions that connect an account with others");
    const auto options = on_run(*command, session, disconnect);
    command->add_option("--from", options->peer, "id of the only account to disconnect from")
        ->check(complain_of_account_id);
    add_output_option(*command, session);
    add_examples(*command, {"dsdash disconnect --account churn-dev",
                            "dsdash disconnect --account hub --from 222222222222"});
}

}  // namespace dsdash::cli

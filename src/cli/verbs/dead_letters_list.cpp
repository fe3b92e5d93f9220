#include "cli/answer_fields.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

struct Options {};

Result<int> list_dead_letters(const Options&, AwsApi& api, Session& session) {
    Table table({{"DeadLetterId"},
                 {"Kind"},
                 {"Time"},
                 {"Account"},
                 {"Source"},
                 {"DetailType"},
                 {"Target"},
                 {"Error"}});
    const auto listed = for_each_item(
        api, "dsdash", "ListDeadLetters", {{"MaxResults", 100}}, {.items = "DeadLetters"},
        [&](const json::object& letter) -> Result<void> {
            table.add_row({text_at(letter, "DeadLetterId"), text_at(letter, "Kind"),
                           time_at(letter, "Time"), text_at(letter, "Account"),
                           text_at(letter, "Source"), text_at(letter, "DetailType"),
                           text_at(letter, "TargetArn"), text_at(letter, "ErrorMessage")});
            return {};
        });
    if (!listed) {
        return std::unexpected(listed.error());
    }
    table.print(session.console.out, session.output);
    return kSuccess;
}

}  // namespace

void declare_dead_letters_list(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand(
        "list", "List what could not be delivered, and what was put in quarantine");
    on_run(*command, session, list_dead_letters);
    add_output_option(*command, session);
    add_examples(*command, {"dsdash dead-letters list --account hub"});
}

}  // namespace dsdash::cli

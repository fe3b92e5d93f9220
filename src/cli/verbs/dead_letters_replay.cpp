#include <fmt/format.h>

#include "cli/answer_fields.hpp"
#include "cli/printable.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::vector<std::string> ids;
    bool all = false;
};

Result<int> replay_dead_letters(const Options& options, AwsApi& api, Session& session) {
    json::object input;
    if (options.all) {
        input["All"] = true;
    } else {
        input["DeadLetterIds"] = json::array(options.ids.begin(), options.ids.end());
    }
    const auto replayed = api.call("dsdash", "ReplayDeadLetters", input);
    if (!replayed) {
        return std::unexpected(replayed.error());
    }
    const auto count = optional_integer(*replayed, "Replayed");
    if (!count) {
        return std::unexpected(count.error());
    }
    Table table({{"Replayed", Column::Kind::number}});
    table.add_row({std::to_string(count->value_or(0))});
    table.print(session.console.out, session.output);
    const auto failures = objects_at(*replayed, "Failed");
    for (const auto* failure : failures) {
        session.console.err << fmt::format("dsdash: {}: {}\n",
                                           printable(text_at(*failure, "DeadLetterId")),
                                           printable(text_at(*failure, "ErrorMessage")));
    }
    return failures.empty() ? kSuccess : kFailure;
}

}  // namespace

void declare_dead_letters_replay(CLI::App& app, Session& session) {
    auto* command = app.add_subcommand(
        "replay", "Put dead letters back on their way, once what stopped them is mended");
    const auto options = on_run(*command, session, replay_dead_letters);
    auto* which = command->add_option_group("Which");
    which->add_option("id", options->ids, "DeadLetterIds, as list shows them");
    which->add_flag("--all", options->all, "every one of the account");
    which->require_option(1);
    add_output_option(*command, session);
    add_examples(*command, {"dsdash dead-letters replay --all --account hub"});
}

}  // namespace dsdash::cli

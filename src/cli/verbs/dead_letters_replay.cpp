#include <fmt/format.h>

#include "cli/dead_letters/dead_letters.hpp"
#include "cli/dead_letters/sqs_queue.hpp"
#include "cli/terminal/printable.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

struct Options {
    std::vector<std::string> ids;
    bool all = false;
};

Result<int> replay_dead_letters(const Options& options, AwsApi& api, Session& session) {
    const auto letters = dead_letters_of(api);
    const auto replayed = options.all ? letters->replay_all() : letters->replay(options.ids);
    if (!replayed) {
        return std::unexpected(replayed.error());
    }
    Table table({{"Replayed", Column::Kind::number}});
    table.add_row({std::to_string(replayed->replayed)});
    table.print(session.console.out, session.output);
    for (const auto& [id, reason] : replayed->failures) {
        session.console.err << fmt::format("dsdash: {}: {}\n", printable(id), printable(reason));
    }
    return replayed->failures.empty() ? kSuccess : kFailure;
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
    add_examples(*command, {"dsdash dead-letters replay --all --account hub",
                            "dsdash dead-letters replay --all --profile hub    # on AWS"});
    add_note(*command,
             fmt::format("On AWS the function is invoked again, or the event put on the other "
                         "account's bus, by you;\nthen the message is deleted. --all takes up to "
                         "{} messages of each queue, and as many\nquarantined events.",
                         kSqsMessagesMax));
}

}  // namespace dsdash::cli

#include <fmt/format.h>

#include "cli/dead_letters/dead_letters.hpp"
#include "cli/dead_letters/sqs_queue.hpp"
#include "cli/verb.hpp"
#include "cli/verbs.hpp"

namespace dsdash::cli {

namespace {

struct Options {};

Result<int> list_dead_letters(const Options&, AwsApi& api, Session& session) {
    const auto letters = dead_letters_of(api)->list();
    if (!letters) {
        return std::unexpected(letters.error());
    }
    Table table({{"DeadLetterId"},
                 {"Kind"},
                 {"Time"},
                 {"Account"},
                 {"Source"},
                 {"DetailType"},
                 {"Target"},
                 {"Error"}});
    for (const auto& letter : *letters) {
        table.add_row({letter.id,
                       letter.kind == DeadLetter::Kind::delivery ? "delivery" : "quarantine",
                       format_extraction_date(letter.time), letter.account, letter.source,
                       letter.detail_type, letter.target_arn, letter.error_message});
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
    add_examples(*command, {"dsdash dead-letters list --account hub",
                            "dsdash dead-letters list --profile hub    # on AWS"});
    add_note(*command,
             fmt::format("On AWS these are up to {} messages of each queue that the stacks made, "
                         "and as many\nquarantined events. SQS hides a message from others while "
                         "it is looked at, for {} s at\nmost: while two look, each may see some "
                         "of them only.",
                         kSqsMessagesMax, kSqsVisibilityTimeout.count()));
}

}  // namespace dsdash::cli

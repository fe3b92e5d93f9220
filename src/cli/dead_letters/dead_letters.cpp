#include "cli/dead_letters/dead_letters.hpp"

#include "cli/dead_letters/served_dead_letters.hpp"
#include "cli/dead_letters/sqs_dead_letters.hpp"
#include "functions/forwarding_rules.hpp"

namespace dsdash::cli {

namespace {

/// How an account was named does not tell: a profile may be of either home. An error of another
/// kind is met again, and told, by what looks for the dead letters themselves.
bool has_sqs(AwsApi& api) {
    const auto found =
        api.call("sqs", "GetQueueUrl", {{"QueueName", functions::kForwardingDeadLetters}});
    return found || found.error().code != "UnknownOperationException";
}

}  // namespace

void describe(const Event& event, DeadLetter& letter) {
    letter.account = event.account.text();
    letter.source = event.source;
    letter.detail_type = event.detail_type;
}

DeadLetter dead_letter_of(const QuarantinedEvent& quarantined) {
    DeadLetter letter{.id = std::string(kQuarantinePrefix) + quarantined.event.id,
                      .kind = DeadLetter::Kind::quarantine,
                      .time = quarantined.time,
                      .error_code = "QUARANTINED",
                      .error_message = quarantined.reason};
    describe(quarantined.event, letter);
    return letter;
}

std::unique_ptr<DeadLetters> dead_letters_of(AwsApi& api) {
    if (has_sqs(api)) return std::make_unique<SqsDeadLetters>(api);
    return std::make_unique<ServedDeadLetters>(api);
}

}  // namespace dsdash::cli

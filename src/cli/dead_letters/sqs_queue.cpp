#include "cli/dead_letters/sqs_queue.hpp"

#include <algorithm>
#include <charconv>
#include <tuple>

#include "cli/client/answer_fields.hpp"

namespace dsdash::cli {

namespace {

// API reference: ReceiveMessage, and ChangeMessageVisibilityBatch.
constexpr int kMessagesPerCall = 10;
constexpr std::size_t kEntriesPerCall = 10;

/// Without waiting, SQS asks some of its servers only, and a message may seem not to be there.
constexpr int kWaitS = 1;

TimePoint sent_at(const json::object& message) {
    const auto* attributes = message.if_contains("Attributes");
    if (attributes == nullptr || !attributes->is_object()) return {};
    const auto text = text_at(attributes->get_object(), "SentTimestamp");
    double milliseconds = 0;
    std::from_chars(text.data(), text.data() + text.size(), milliseconds);
    return from_epoch_seconds(milliseconds / 1'000).value_or(TimePoint{});
}

SqsMessage read_message(const json::object& message) {
    SqsMessage read{.id = text_at(message, "MessageId"),
                    .receipt_handle = text_at(message, "ReceiptHandle"),
                    .body = text_at(message, "Body"),
                    .attributes = {},
                    .sent = sent_at(message)};
    const auto* attributes = message.if_contains("MessageAttributes");
    if (attributes == nullptr || !attributes->is_object()) return read;
    for (const auto& [name, value] : attributes->get_object()) {
        if (value.is_object()) {
            read.attributes.emplace(name, text_at(value.get_object(), "StringValue"));
        }
    }
    return read;
}

}  // namespace

Result<std::optional<SqsQueue>> SqsQueue::find(AwsApi& api, std::string_view name) {
    const auto answer = api.call("sqs", "GetQueueUrl", {{"QueueName", name}});
    if (!answer && answer.error().kind == ErrorKind::not_found) return std::nullopt;
    if (!answer) return std::unexpected(answer.error());
    auto url = required_string(*answer, "QueueUrl");
    if (!url) return std::unexpected(std::move(url.error()));
    return SqsQueue(api, std::move(*url));
}

Result<std::vector<SqsMessage>> SqsQueue::receive_all() {
    const json::object input{{"QueueUrl", url_},
                             {"MaxNumberOfMessages", kMessagesPerCall},
                             {"VisibilityTimeout", kSqsVisibilityTimeout.count()},
                             {"WaitTimeSeconds", kWaitS},
                             {"AttributeNames", json::array{"SentTimestamp"}},
                             {"MessageAttributeNames", json::array{"All"}}};
    std::map<std::string, SqsMessage> by_id;  // SQS may hand out one twice
    // Nor does it go on for ever when calls are so slow that the first ones are seen again.
    for (std::size_t calls = 0; calls < kSqsMessagesMax && by_id.size() < kSqsMessagesMax;
         ++calls) {
        const auto answer = api_->call("sqs", "ReceiveMessage", input);
        if (!answer) return std::unexpected(answer.error());
        const auto messages = objects_at(*answer, "Messages");
        if (messages.empty()) break;
        for (const auto* message : messages) {
            auto read = read_message(*message);
            by_id.insert_or_assign(read.id, std::move(read));
        }
    }
    std::vector<SqsMessage> received;
    received.reserve(by_id.size());
    for (auto& [id, message] : by_id) received.push_back(std::move(message));
    std::ranges::sort(received, {},
                      [](const SqsMessage& message) { return std::tie(message.sent, message.id); });
    return received;
}

Result<void> SqsQueue::remove(const SqsMessage& message) {
    const auto removed = api_->call(
        "sqs", "DeleteMessage", {{"QueueUrl", url_}, {"ReceiptHandle", message.receipt_handle}});
    if (!removed) return std::unexpected(removed.error());
    return {};
}

void SqsQueue::give_back(std::span<const SqsMessage> messages) {
    while (!messages.empty()) {
        json::array entries;
        const auto some = messages.first(std::min(messages.size(), kEntriesPerCall));
        messages = messages.subspan(some.size());
        for (const auto& message : some) {
            entries.emplace_back(json::object{{"Id", std::to_string(entries.size())},
                                              {"ReceiptHandle", message.receipt_handle},
                                              {"VisibilityTimeout", 0}});
        }
        static_cast<void>(api_->call("sqs", "ChangeMessageVisibilityBatch",
                                     {{"QueueUrl", url_}, {"Entries", std::move(entries)}}));
    }
}

}  // namespace dsdash::cli

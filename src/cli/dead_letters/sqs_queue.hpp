#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/aws_api.hpp"

namespace dsdash::cli {

/// A message that was received: nobody else receives it for kSqsVisibilityTimeout.
struct SqsMessage {
    std::string id;
    std::string receipt_handle;
    std::string body;
    std::map<std::string, std::string, std::less<>> attributes;  ///< those that are texts
    TimePoint sent;
};

inline constexpr std::chrono::seconds kSqsVisibilityTimeout{60};
/// That many are received at most, so that the first is still ours when the last has come: 100
/// calls.
inline constexpr std::size_t kSqsMessagesMax = 1'000;

/// A queue of the Simple Queue Service, as somebody sees it who looks through it.
class SqsQueue {
  public:
    /// Nothing when the account has no queue of that name.
    static Result<std::optional<SqsQueue>> find(AwsApi& api, std::string_view name);

    /// The messages that are there, at most kSqsMessagesMax, each once, the oldest first.
    Result<std::vector<SqsMessage>> receive_all();
    Result<void> remove(const SqsMessage& message);
    /// Lets others receive them at once. Should that fail, they do when their time is over.
    void give_back(std::span<const SqsMessage> messages);

  private:
    SqsQueue(AwsApi& api, std::string url) : api_(&api), url_(std::move(url)) {}

    AwsApi* api_;
    std::string url_;
};

}  // namespace dsdash::cli

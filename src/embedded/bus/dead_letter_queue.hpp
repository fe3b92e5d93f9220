#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "embedded/storage/account_parts.hpp"

namespace dsdash::embedded {

class Bus;

/// A delivery that failed for good. The fields are those of EventBridge's dead letters:
/// docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
struct DeadLetter {
    std::int64_t number = 0;
    std::string rule;       ///< its name; empty: an asynchronous invocation
    std::string target_id;  ///< of an invocation: the function's name
    std::string target_arn;
    std::string error_code;
    std::string error_message;
    std::string exhausted;  ///< EXHAUSTED_RETRY_CONDITION; may be empty
    int retry_attempts = 0;
    TimePoint time;
    std::string body;  ///< the event, or the invocation's payload, as JSON text
};

/// What could not be delivered, in the account's file until somebody replays it.
class DeadLetterQueue {
  public:
    /// Each letter that comes in takes up to two with it that are older than this, the longest
    /// retention that SQS has: whoever's events fail must not be able to fill the disk for ever.
    static constexpr std::chrono::days kRetention{14};

    explicit DeadLetterQueue(const AccountParts& parts);
    static const char* schema();

    /// Inside a work of the account's writer. The letter gets its number here.
    static Result<void> add(Database& database, const DeadLetter& letter);

    /// At most `letters_max` letters with a number above `after`, in order.
    Result<std::vector<DeadLetter>> list(std::int64_t after, std::size_t letters_max);
    /// Puts letters back into the delivery queue of `bus` (this account's), as if they had never
    /// been tried. One answer each: not_found when there is no such letter, or its target is gone.
    std::vector<Result<void>> replay(Bus& bus, std::span<const std::int64_t> numbers);

  private:
    AccountParts parts_;
};

}  // namespace dsdash::embedded

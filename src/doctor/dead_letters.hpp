#pragma once

#include <span>
#include <vector>

#include "doctor/commands.hpp"
#include "doctor/finding.hpp"
#include "domain/utc_time.hpp"
#include "services/aws_api.hpp"

namespace dsdash::doctor {

/// A delivery that has failed for good.
struct DeadLetter {
    std::string id;
    std::string target_arn;
    std::string error_code;  ///< as EventBridge writes it: NO_PERMISSIONS, …
    std::string error_message;
    TimePoint time;
};

/// Those of the account. Of the embedded home only: AWS has no such list.
Result<std::vector<DeadLetter>> read_dead_letters(AwsApi& aws);

/// The ones that were meant for the default bus of `account`, the newest last.
[[nodiscard]] std::vector<DeadLetter> dead_letters_to(std::span<const DeadLetter> letters,
                                                      const AccountId& account);

/// Whether the newest of `letters` failed because the receiving bus does not allow it.
[[nodiscard]] bool is_refused(std::span<const DeadLetter> letters);

/// Notes how many there are and how to send them again.
void note_dead_letters(std::span<const DeadLetter> letters, const Commands& commands, Notes& notes);

}  // namespace dsdash::doctor

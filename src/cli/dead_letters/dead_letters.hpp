#pragma once

#include <memory>

#include "services/aws_api.hpp"
#include "services/dead_letters.hpp"
#include "services/hub_state.hpp"

namespace dsdash::cli {

/// What the id of a quarantined event begins with, as a dead letter.
inline constexpr std::string_view kQuarantinePrefix = "q-";

/// Tells in `letter` what is known of its event.
void describe(const Event& event, DeadLetter& letter);

/// A quarantined event as a dead letter: the same in either home.
[[nodiscard]] DeadLetter dead_letter_of(const QuarantinedEvent& quarantined);

/// The dead letters of the account that `api` speaks for, in whichever home it is: asks its
/// endpoint. Lifetime: that of `api`.
std::unique_ptr<DeadLetters> dead_letters_of(AwsApi& api);

}  // namespace dsdash::cli

#pragma once

#include <span>
#include <vector>

#include "doctor/commands.hpp"
#include "doctor/finding.hpp"
#include "services/dead_letters.hpp"

namespace dsdash::doctor {

/// The ones that were meant for the default bus of `account`, the newest last.
[[nodiscard]] std::vector<DeadLetter> dead_letters_to(std::span<const DeadLetter> letters,
                                                      const AccountId& account);

/// Whether the newest of `letters` failed because the receiving bus does not allow it.
[[nodiscard]] bool is_refused(std::span<const DeadLetter> letters);

/// Notes how many there are and how to send them again.
void note_dead_letters(std::span<const DeadLetter> letters, const Commands& commands, Notes& notes);

}  // namespace dsdash::doctor

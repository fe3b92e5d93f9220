#include "doctor/dead_letters.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/arn.hpp"

namespace dsdash::doctor {

std::vector<DeadLetter> dead_letters_to(std::span<const DeadLetter> letters,
                                        const AccountId& account) {
    std::vector<DeadLetter> found;
    for (const auto& letter : letters) {
        const auto target = Arn::parse(letter.target_arn);
        if (target && target->service == "events" && target->account == account.text()) {
            found.push_back(letter);
        }
    }
    std::ranges::stable_sort(found, {}, &DeadLetter::time);
    return found;
}

bool is_refused(std::span<const DeadLetter> letters) {
    return !letters.empty() && letters.back().error_code == "NO_PERMISSIONS";
}

void note_dead_letters(std::span<const DeadLetter> letters, const Commands& commands,
                       Notes& notes) {
    if (letters.empty()) {
        notes.well("dead letters", "none");
        return;
    }
    std::vector<std::string> ids;
    for (const auto& letter : letters) ids.push_back(letter.id);
    notes.wrong("dead letters",
                fmt::format("{} could not be delivered; the last because: {}", letters.size(),
                            letters.back().error_message),
                commands.replay(ids));
}

}  // namespace dsdash::doctor

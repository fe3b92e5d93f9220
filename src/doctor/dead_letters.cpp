#include "doctor/dead_letters.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/arn.hpp"

namespace dsdash::doctor {

namespace {

std::string text_at(const json::object& object, std::string_view field) {
    return optional_string(object, field).value_or(std::nullopt).value_or("");
}

TimePoint time_at(const json::object& object, std::string_view field) {
    const auto* value = object.if_contains(field);
    if (value == nullptr || !value->is_number()) return {};
    return from_epoch_seconds(value->to_number<double>()).value_or(TimePoint{});
}

}  // namespace

Result<std::vector<DeadLetter>> read_dead_letters(AwsApi& aws) {
    std::vector<DeadLetter> letters;
    const auto listed = for_each_item(
        aws, "dsdash", "ListDeadLetters", {{"MaxResults", 100}}, {.items = "DeadLetters"},
        [&](const json::object& letter) -> Result<void> {
            if (text_at(letter, "Kind") != "delivery") return {};
            letters.push_back({text_at(letter, "DeadLetterId"), text_at(letter, "TargetArn"),
                               text_at(letter, "ErrorCode"), text_at(letter, "ErrorMessage"),
                               time_at(letter, "Time")});
            return {};
        });
    if (!listed) return std::unexpected(listed.error());
    return letters;
}

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

#include "cli/dead_letters/served_dead_letters.hpp"

#include <algorithm>

#include "cli/client/answer_fields.hpp"

namespace dsdash::cli {

namespace {

constexpr std::size_t kIdsPerCall = 100;  // ReplayDeadLetters' limit

DeadLetter dead_letter(const json::object& letter) {
    return {.id = text_at(letter, "DeadLetterId"),
            .kind = text_at(letter, "Kind") == "quarantine" ? DeadLetter::Kind::quarantine
                                                            : DeadLetter::Kind::delivery,
            .time = moment_at(letter, "Time").value_or(TimePoint{}),
            .account = text_at(letter, "Account"),
            .source = text_at(letter, "Source"),
            .detail_type = text_at(letter, "DetailType"),
            .target_arn = text_at(letter, "TargetArn"),
            .error_code = text_at(letter, "ErrorCode"),
            .error_message = text_at(letter, "ErrorMessage")};
}

}  // namespace

Result<std::vector<DeadLetter>> ServedDeadLetters::list() {
    std::vector<DeadLetter> letters;
    const auto listed =
        for_each_item(api_, "dsdash", "ListDeadLetters", {{"MaxResults", 100}},
                      {.items = "DeadLetters"}, [&](const json::object& letter) -> Result<void> {
                          letters.push_back(dead_letter(letter));
                          return {};
                      });
    if (!listed) return std::unexpected(listed.error());
    return letters;
}

Result<Replay> ServedDeadLetters::replay(const json::object& input) {
    const auto answer = api_.call("dsdash", "ReplayDeadLetters", input);
    if (!answer) return std::unexpected(answer.error());
    const auto replayed = optional_integer(*answer, "Replayed");
    if (!replayed) return std::unexpected(replayed.error());
    Replay replay{.replayed = replayed->value_or(0)};
    for (const auto* failure : objects_at(*answer, "Failed")) {
        replay.failures.push_back(
            {text_at(*failure, "DeadLetterId"), text_at(*failure, "ErrorMessage")});
    }
    return replay;
}

Result<Replay> ServedDeadLetters::replay(std::span<const std::string> ids) {
    Replay all;
    while (!ids.empty()) {
        const auto some = ids.first(std::min(ids.size(), kIdsPerCall));
        ids = ids.subspan(some.size());
        auto part = replay({{"DeadLetterIds", json::array(some.begin(), some.end())}});
        if (!part) return part;
        all.replayed += part->replayed;
        std::ranges::move(part->failures, std::back_inserter(all.failures));
    }
    return all;
}

Result<Replay> ServedDeadLetters::replay_all() {
    return replay(json::object{{"All", true}});
}

}  // namespace dsdash::cli

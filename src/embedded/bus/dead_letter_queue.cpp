#include "embedded/bus/dead_letter_queue.hpp"

#include <fmt/format.h>

#include "embedded/bus/bus.hpp"

namespace dsdash::embedded {

namespace {

DeadLetter read_letter(const Rows& rows) {
    return DeadLetter{.number = rows.integer(0),
                      .rule = std::string(rows.text(1)),
                      .target_id = std::string(rows.text(2)),
                      .target_arn = std::string(rows.text(3)),
                      .error_code = std::string(rows.text(4)),
                      .error_message = std::string(rows.text(5)),
                      .exhausted = std::string(rows.text(6)),
                      .retry_attempts = static_cast<int>(rows.integer(7)),
                      .time = TimePoint(std::chrono::microseconds(rows.integer(8))),
                      .body = std::string(rows.text(9))};
}

Result<std::vector<DeadLetter>> read_letters(Database& database, std::int64_t after,
                                             std::size_t letters_max) {
    auto rows = database.query(
        "SELECT number, rule, target_id, target_arn, error_code, error_message, exhausted,"
        " retry_attempts, time_us, body FROM dead_letter WHERE number > ? ORDER BY number LIMIT ?",
        after, std::int64_t(letters_max));
    std::vector<DeadLetter> letters;
    for (;;) {
        auto more = rows.next();
        if (!more) return std::unexpected(std::move(more.error()));
        if (!*more) return letters;
        letters.push_back(read_letter(rows));
    }
}

/// Moves one letter; the lane that it waits in now.
Result<std::int64_t> requeue(Database& database, Bus& bus, const RuleSet& rules,
                             std::int64_t number) {
    auto letters = read_letters(database, number - 1, 1);
    if (!letters) return std::unexpected(std::move(letters.error()));
    if (letters->empty() || letters->front().number != number) {
        return fail(ErrorKind::not_found, fmt::format("dead letter {} is not there", number));
    }
    const DeadLetter& letter = letters->front();
    const Lane* lane = rules.find_lane(letter.rule, letter.target_id);
    if (lane == nullptr) {
        return fail(ErrorKind::not_found, fmt::format("target {} of rule {} is not there any more",
                                                      letter.target_id, letter.rule));
    }
    // Not as a received one: letters of one event for two targets are two deliveries.
    const QueuedEvent event{.id = fmt::format("replay-{}", number), .body = letter.body};
    if (auto added = bus.deliveries().add(database, event, {{lane->number}}); !added) {
        return std::unexpected(std::move(added.error()));
    }
    auto removed = database.run("DELETE FROM dead_letter WHERE number = ?", number);
    if (!removed) return std::unexpected(std::move(removed.error()));
    return lane->number;
}

}  // namespace

DeadLetterQueue::DeadLetterQueue(const AccountParts& parts) : parts_(parts) {}

const char* DeadLetterQueue::schema() {
    return R"(
CREATE TABLE IF NOT EXISTS dead_letter(
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    rule TEXT NOT NULL,            -- '': an asynchronous invocation
    target_id TEXT NOT NULL,
    target_arn TEXT NOT NULL,
    error_code TEXT NOT NULL,
    error_message TEXT NOT NULL,
    exhausted TEXT NOT NULL,
    retry_attempts INTEGER NOT NULL,
    time_us INTEGER NOT NULL,
    body TEXT NOT NULL
);
)";
}

Result<void> DeadLetterQueue::add(Database& database, const DeadLetter& letter) {
    auto added = database.run(
        "INSERT INTO dead_letter(rule, target_id, target_arn, error_code, error_message,"
        " exhausted, retry_attempts, time_us, body) VALUES (?,?,?,?,?,?,?,?,?)",
        letter.rule, letter.target_id, letter.target_arn, letter.error_code, letter.error_message,
        letter.exhausted, letter.retry_attempts,
        std::int64_t{letter.time.time_since_epoch().count()}, letter.body);
    if (!added) return std::unexpected(std::move(added.error()));
    const TimePoint oldest = letter.time - kRetention;
    auto expired = database.run(
        "DELETE FROM dead_letter WHERE time_us < ?"
        " AND number IN (SELECT number FROM dead_letter ORDER BY number LIMIT 2)",
        std::int64_t{oldest.time_since_epoch().count()});
    if (!expired) return std::unexpected(std::move(expired.error()));
    return {};
}

Result<std::vector<DeadLetter>> DeadLetterQueue::list(std::int64_t after, std::size_t letters_max) {
    return parts_.reads.read<std::vector<DeadLetter>>(
        [&](Database& database) { return read_letters(database, after, letters_max); });
}

std::vector<Result<void>> DeadLetterQueue::replay(Bus& bus, std::span<const std::int64_t> numbers) {
    std::vector<Result<void>> answers;
    std::vector<std::int64_t> lanes;
    const auto requeue_all = [&](Database& database, const RuleSet& rules) -> Result<void> {
        for (const auto number : numbers) {
            auto lane = requeue(database, bus, rules, number);
            if (lane) {
                lanes.push_back(*lane);
                answers.emplace_back();
            } else if (lane.error().kind == ErrorKind::not_found) {
                answers.emplace_back(std::unexpected(std::move(lane.error())));
            } else {
                return std::unexpected(std::move(lane.error()));  // the disk: all or nothing
            }
        }
        return {};
    };
    auto replayed = bus.rules().write_with_rules([&](const RuleSet& rules) -> RuleTable::Work {
        return [&](Database& database) { return requeue_all(database, rules); };
    });
    if (!replayed) return {numbers.size(), std::unexpected(replayed.error())};
    bus.deliveries().announce(lanes);
    return answers;
}

}  // namespace dsdash::embedded

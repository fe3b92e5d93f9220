#include "embedded/bus/delivery_queue.hpp"

#include <algorithm>

#include "embedded/bus/dead_letter_queue.hpp"

namespace dsdash::embedded {

namespace {

std::int64_t to_us(TimePoint time) {
    return time.time_since_epoch().count();
}
TimePoint from_us(std::int64_t us) {
    return TimePoint(std::chrono::microseconds(us));
}

bool is_delivered(const Outcome& outcome) {
    return std::holds_alternative<Delivered>(outcome);
}

/// An event stays for as long as a lane waits for it.
Result<void> drop_from_event(Database& database, std::int64_t event) {
    auto deleted = database.run("DELETE FROM event WHERE number = ? AND waiting = 1", event);
    if (deleted && *deleted == 0) {
        deleted = database.run("UPDATE event SET waiting = waiting - 1 WHERE number = ?", event);
    }
    if (!deleted) return std::unexpected(std::move(deleted.error()));
    return {};
}

/// false: the row is gone; its target was removed while the delivery was on its way.
Result<bool> drop(Database& database, const Lane& lane, const Delivery& delivery) {
    auto dropped = database.run("DELETE FROM delivery WHERE lane = ? AND due_us = ? AND event = ?",
                                lane.number, to_us(delivery.due), delivery.event);
    if (!dropped) return std::unexpected(std::move(dropped.error()));
    return *dropped == 1;
}

Result<void> postpone(Database& database, const Lane& lane, const Delivery& delivery,
                      TimePoint due) {
    auto moved = database.run(
        "UPDATE delivery SET due_us = ?, attempts = ? WHERE lane = ? AND due_us = ? AND event = ?",
        to_us(due), delivery.attempts + 1, lane.number, to_us(delivery.due), delivery.event);
    if (!moved) return std::unexpected(std::move(moved.error()));
    return {};
}

Result<void> settle_one(Database& database, const Lane& lane, const Delivery& delivery,
                        const Outcome& outcome, TimePoint now) {
    if (const auto* later = std::get_if<Postponed>(&outcome)) {
        return postpone(database, lane, delivery, later->due);
    }
    auto dropped = drop(database, lane, delivery);
    if (!dropped) return std::unexpected(std::move(dropped.error()));
    if (!*dropped) return {};
    if (const auto* failed = std::get_if<Failed>(&outcome)) {
        auto kept = DeadLetterQueue::add(database, DeadLetter{.number = 0,
                                                              .rule = lane.rule,
                                                              .target_id = lane.target.id,
                                                              .target_arn = lane.target.arn,
                                                              .error_code = failed->code,
                                                              .error_message = failed->message,
                                                              .exhausted = failed->exhausted,
                                                              .retry_attempts = delivery.attempts,
                                                              .time = now,
                                                              .body = delivery.body});
        if (!kept) return kept;
    }
    return drop_from_event(database, delivery.event);
}

/// settle_one() for deliveries that all were made: three statements for all of them.
///
/// They were taken as the first of their lane, so every row of the lane between the first and the
/// last of them is one of them, unless it came since: its event's number is higher then. Rows that
/// are gone, because their target was removed meanwhile, are left out by all three.
Result<void> settle_delivered(Database& database, const Lane& lane,
                              std::span<const Delivery> deliveries) {
    const auto& first = deliveries.front();
    const auto& last = deliveries.back();
    const auto newest = std::ranges::max(deliveries, {}, &Delivery::event).event;
    const auto run = [&](std::string_view sql) {
        return database.run(sql, lane.number, to_us(first.due), first.event, to_us(last.due),
                            last.event, newest);
    };
    const auto finished =
        run("DELETE FROM event WHERE waiting = 1 AND number IN (SELECT event FROM delivery"
            " WHERE lane = ?1 AND (due_us, event) >= (?2, ?3) AND (due_us, event) <= (?4, ?5)"
            " AND event <= ?6)");
    if (!finished) return std::unexpected(finished.error());
    if (*finished < std::ssize(deliveries)) {
        const auto awaited =
            run("UPDATE event SET waiting = waiting - 1 WHERE number IN (SELECT event FROM delivery"
                " WHERE lane = ?1 AND (due_us, event) >= (?2, ?3) AND (due_us, event) <= (?4, ?5)"
                " AND event <= ?6)");
        if (!awaited) return std::unexpected(awaited.error());
    }
    const auto dropped =
        run("DELETE FROM delivery WHERE lane = ?1 AND (due_us, event) >= (?2, ?3)"
            " AND (due_us, event) <= (?4, ?5) AND event <= ?6");
    if (!dropped) return std::unexpected(dropped.error());
    return {};
}

Result<std::int64_t> first_free_number(Database& database) {
    auto rows = database.query("SELECT coalesce(max(number), 0) + 1 FROM event");
    if (auto row = rows.next(); !row) return std::unexpected(std::move(row.error()));
    return rows.integer(0);
}

Result<std::vector<Delivery>> read_due(Database& database, std::int64_t lane, TimePoint now,
                                       std::size_t count_max) {
    auto rows = database.query(
        "SELECT d.event, d.due_us, d.attempts, e.accepted_us, e.body"
        " FROM delivery d CROSS JOIN event e ON e.number = d.event"
        " WHERE d.lane = ? AND d.due_us <= ? ORDER BY d.due_us, d.event LIMIT ?",
        lane, to_us(now), std::int64_t(count_max));
    std::vector<Delivery> deliveries;
    std::size_t bytes = 0;
    while (bytes < DeliveryQueue::kBatchBytesMax) {
        auto more = rows.next();
        if (!more) return std::unexpected(std::move(more.error()));
        if (!*more) break;
        bytes += rows.text(4).size();
        if (bytes > DeliveryQueue::kBatchBytesMax && !deliveries.empty()) break;
        deliveries.push_back({.event = rows.integer(0),
                              .due = from_us(rows.integer(1)),
                              .attempts = static_cast<int>(rows.integer(2)),
                              .accepted = from_us(rows.integer(3)),
                              .body = std::string(rows.text(4))});
    }
    return deliveries;
}

}  // namespace

DeliveryQueue::DeliveryQueue(const AccountParts& parts) : parts_(parts) {}

const char* DeliveryQueue::schema() {
    // The key of a delivery is the order it is taken in: one range of one lane, and no index.
    // Retries lie further on in their lane, so they stand in nobody's way.
    return R"(
CREATE TABLE IF NOT EXISTS event(
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    received INTEGER NOT NULL,     -- 1: came from another account
    accepted_us INTEGER NOT NULL,
    waiting INTEGER NOT NULL,      -- how many lanes it waits in
    body TEXT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS received_event ON event(id) WHERE received;
CREATE TABLE IF NOT EXISTS delivery(
    lane INTEGER NOT NULL,         -- target.number
    due_us INTEGER NOT NULL,
    event INTEGER NOT NULL,
    attempts INTEGER NOT NULL,     -- that failed
    PRIMARY KEY (lane, due_us, event)
) WITHOUT ROWID;
)";
}

Result<void> DeliveryQueue::add(Database& database, const QueuedEvent& event,
                                std::span<const std::int64_t> lanes) {
    if (!next_event_) {
        auto first = first_free_number(database);
        if (!first) return std::unexpected(std::move(first.error()));
        next_event_ = *first;
    }
    const auto now = to_us(parts_.clock.now());
    const auto number = (*next_event_)++;
    auto stored = database.run("INSERT OR IGNORE INTO event VALUES (?,?,?,?,?,?)", number, event.id,
                               event.received ? 1 : 0, now, std::int64_t(lanes.size()), event.body);
    if (!stored) return std::unexpected(std::move(stored.error()));
    if (*stored == 0) return {};
    for (const auto lane : lanes) {
        auto queued = database.run("INSERT INTO delivery VALUES (?,?,?,0)", lane, now, number);
        if (!queued) return std::unexpected(std::move(queued.error()));
    }
    return {};
}

void DeliveryQueue::announce(std::span<const std::int64_t> lanes) {
    const TimePoint now = parts_.clock.now();
    for (const auto lane : lanes) lanes_.announce(lane, now);
}

Result<void> DeliveryQueue::load() {
    // Seeks from lane to lane: the time this takes does not grow with what waits in them.
    return parts_.reads.read<void>([&](Database& database) -> Result<void> {
        auto rows = database.query(
            "WITH RECURSIVE busy(lane) AS ("
            " SELECT min(lane) FROM delivery UNION ALL"
            " SELECT (SELECT min(lane) FROM delivery WHERE lane > busy.lane) FROM busy"
            " WHERE busy.lane IS NOT NULL)"
            " SELECT lane, (SELECT min(due_us) FROM delivery WHERE lane = busy.lane)"
            " FROM busy WHERE lane IS NOT NULL");
        for (;;) {
            auto more = rows.next();
            if (!more) return std::unexpected(std::move(more.error()));
            if (!*more) return {};
            lanes_.announce(rows.integer(0), from_us(rows.integer(1)));
        }
    });
}

Result<std::vector<Delivery>> DeliveryQueue::take(std::int64_t lane, std::size_t count_max) {
    return parts_.reads.read<std::vector<Delivery>>([&](Database& database) {
        return read_due(database, lane, parts_.clock.now(), count_max);
    });
}

Result<void> DeliveryQueue::settle(const Lane& lane, std::span<const Delivery> deliveries,
                                   std::span<const Outcome> outcomes) {
    return parts_.writer.write<void>([&](Database& database) -> Result<void> {
        if (!deliveries.empty() && std::ranges::all_of(outcomes, is_delivered)) {
            return settle_delivered(database, lane, deliveries);
        }
        const TimePoint now = parts_.clock.now();
        for (std::size_t i = 0; i < deliveries.size(); ++i) {
            auto settled = settle_one(database, lane, deliveries[i], outcomes[i], now);
            if (!settled) return settled;
        }
        return {};
    });
}

Result<std::optional<TimePoint>> DeliveryQueue::first_due(std::int64_t lane) {
    using Due = std::optional<TimePoint>;
    return parts_.reads.read<Due>([&](Database& database) -> Result<Due> {
        auto rows = database.query("SELECT min(due_us) FROM delivery WHERE lane = ?", lane);
        if (auto row = rows.next(); !row) return std::unexpected(std::move(row.error()));
        return rows.is_null(0) ? Due{} : Due{from_us(rows.integer(0))};
    });
}

Result<void> abandon_lane(Database& database, const Lane& lane, const Failed& why, TimePoint now) {
    auto kept = database.run(
        "INSERT INTO dead_letter(rule, target_id, target_arn, error_code, error_message,"
        " exhausted, retry_attempts, time_us, body)"
        " SELECT ?, ?, ?, ?, ?, ?, d.attempts, ?, e.body"
        " FROM delivery d CROSS JOIN event e ON e.number = d.event WHERE d.lane = ?",
        lane.rule, lane.target.id, lane.target.arn, why.code, why.message, why.exhausted,
        to_us(now), lane.number);
    if (kept && *kept > 0) {
        kept = database.run(
            "UPDATE event SET waiting = waiting - 1"
            " WHERE number IN (SELECT event FROM delivery WHERE lane = ?)",
            lane.number);
        if (kept) {
            kept = database.run(
                "DELETE FROM event WHERE waiting = 0"
                " AND number IN (SELECT event FROM delivery WHERE lane = ?)",
                lane.number);
        }
        if (kept) kept = database.run("DELETE FROM delivery WHERE lane = ?", lane.number);
    }
    if (!kept) return std::unexpected(std::move(kept.error()));
    return {};
}

}  // namespace dsdash::embedded

#include "doctor/ping_round.hpp"

#include <algorithm>

#include "functions/ping_event.hpp"

namespace dsdash::doctor {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstPause{20};
constexpr milliseconds kPauseMax{1000};

/// A hub keeps one pong an account. That of a later ping proves as much.
Result<void> take_answers(HubRecords& records, TimePoint ping_date, TimePoint now,
                          PingRound& round) {
    const auto pongs = records.pongs();
    if (!pongs) return std::unexpected(pongs.error());
    for (const auto& pong : *pongs) {
        const auto account = AccountId::parse(pong.account_id);
        if (account && round.asked.contains(*account) && pong.ping_date >= ping_date) {
            round.answers.try_emplace(*account, now - ping_date);
        }
    }
    return {};
}

}  // namespace

Result<PingRound> ping(const std::set<AccountId>& asked, std::chrono::seconds timeout,
                       EventBus& bus, HubRecords& records, const Clock& clock, UuidSource& uuids) {
    PingRound round{.asked = asked, .answers = {}};
    if (asked.empty()) return round;
    const auto started = clock.now();
    const auto entry = functions::make_ping_event({uuids.next(), started});
    if (const auto put = bus.put_events({&entry, 1}).front(); !put) {
        return std::unexpected(put.error());
    }
    auto pause = kFirstPause;
    while (true) {
        if (auto taken = take_answers(records, started, clock.now(), round); !taken) {
            return std::unexpected(std::move(taken.error()));
        }
        const auto now = clock.now();
        if (round.answers.size() == asked.size() || now >= started + timeout) return round;
        clock.sleep_until(std::min<TimePoint>(now + pause, started + timeout));
        pause = std::min(pause * 3 / 2, kPauseMax);
    }
}

}  // namespace dsdash::doctor

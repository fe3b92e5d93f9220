#include "dashboard/access/sessions.hpp"

#include "services/secret.hpp"

namespace dsdash::dashboard {

bool Sessions::is_over(const Session& session, TimePoint now) {
    return now >= session.used + kIdleMax || now >= session.begun + kLifeMax;
}

std::string Sessions::begin(const Sha256& token) {
    auto id = new_secret();
    const std::scoped_lock lock(mutex_);
    const auto now = clock_.now();
    make_room(token, now);
    by_id_.insert_or_assign(sha256(id), Session{token, now, now});
    return id;
}

void Sessions::make_room(const Sha256& token, TimePoint now) {
    std::erase_if(by_id_, [&](const auto& entry) { return is_over(entry.second, now); });
    std::size_t count = 0;
    auto oldest = by_id_.end();
    for (auto entry = by_id_.begin(); entry != by_id_.end(); ++entry) {
        if (entry->second.token != token) continue;
        ++count;
        if (oldest == by_id_.end() || entry->second.used < oldest->second.used) oldest = entry;
    }
    if (count >= kSessionsOfTokenMax) by_id_.erase(oldest);
}

std::optional<Sha256> Sessions::find(std::string_view id, Use use) {
    const auto digest = sha256(id);
    const std::scoped_lock lock(mutex_);
    const auto found = by_id_.find(digest);
    if (found == by_id_.end()) return std::nullopt;
    const auto now = clock_.now();
    if (is_over(found->second, now)) {
        by_id_.erase(found);
        return std::nullopt;
    }
    if (use == Use::counts) found->second.used = now;
    return found->second.token;
}

void Sessions::end(std::string_view id) {
    const auto digest = sha256(id);
    const std::scoped_lock lock(mutex_);
    by_id_.erase(digest);
}

}  // namespace dsdash::dashboard

#include "dashboard/api/fetch_log.hpp"

namespace dsdash::dashboard {

void FetchLog::begin(const AccountId& hub, Fetch fetch) {
    FetchProgress progress(fetch);
    const std::lock_guard lock(mutex_);
    entries_.insert_or_assign(hub, Entry{std::move(fetch), std::move(progress)});
}

std::optional<FetchLog::Entry> FetchLog::look(const AccountId& hub,
                                              const std::vector<ExtractionReport>& reports,
                                              const std::vector<LatestRecord>& latest) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(hub);
    if (found == entries_.end()) return std::nullopt;
    found->second.progress.update(reports, latest, std::chrono::steady_clock::now());
    return found->second;
}

}  // namespace dsdash::dashboard

#pragma once

#include <map>
#include <mutex>
#include <optional>

#include "domain/account_id.hpp"
#include "services/fetch_progress.hpp"

namespace dsdash::dashboard {

/// The fetch that was asked for last of each hub through this program, and who has answered it. Any
/// thread may call it.
class FetchLog {
  public:
    struct Entry {
        Fetch fetch;
        FetchProgress progress;
    };

    void begin(const AccountId& hub, Fetch fetch);
    /// As the hub's tables tell it now; nothing when none was asked for since the program started.
    std::optional<Entry> look(const AccountId& hub, const std::vector<ExtractionReport>& reports,
                              const std::vector<LatestRecord>& latest);

  private:
    std::mutex mutex_;
    std::map<AccountId, Entry> entries_;  // guarded by mutex_
};

}  // namespace dsdash::dashboard

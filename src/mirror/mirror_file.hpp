#pragma once

#include <filesystem>
#include <memory>

#include "embedded/hub_tables/record_table.hpp"
#include "embedded/hub_tables/state_table.hpp"
#include "mirror/mirrored_metrics.hpp"

namespace dsdash::mirror {

/// Which account's tables a file mirrors.
struct MirrorSource {
    AccountId account;
    Region region;
};

/// The hub's two tables on this machine, as an embedded account has them, and how much of the hub
/// they hold: FOLDER/mirror.db (mode 0600). It holds nothing that the hub does not: whoever removes
/// it loses time only. Any thread may call it.
class MirrorFile {
  public:
    /// Makes the folder (mode 0700) if need be. conflict while another process has it open, or when
    /// it mirrors another source; denied when everybody on this machine may write to the folder.
    static Result<std::unique_ptr<MirrorFile>> open(const std::filesystem::path& folder,
                                                    const MirrorSource& source, const Clock& clock);
    ~MirrorFile();

    embedded::RecordTable& records();
    embedded::StateTable& state();
    MirroredMetrics& metrics();

    /// When the hub's newest values were last read; nothing before the first time.
    Result<std::optional<TimePoint>> polled();
    Result<void> set_polled(TimePoint time);
    /// Takes these out of the quarantine, in one transaction; those that are not there are passed
    /// over.
    Result<void> remove_quarantined(const std::vector<std::string>& event_ids);

  private:
    struct State;
    explicit MirrorFile(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace dsdash::mirror

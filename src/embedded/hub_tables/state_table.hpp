#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "embedded/storage/account_parts.hpp"
#include "services/hub_state.hpp"

namespace dsdash::embedded {

/// ds-dashboard-hub-state on SQLite: reports, pongs and quarantined events (the latest values stand
/// in RecordTable). Any thread may call it. A table that is not deployed answers not_found.
class StateTable final : public HubState {
  public:
    /// Quarantined events kept at most. Beyond it the oldest hundredth goes: whoever floods the
    /// quarantine must not be able to fill the disk, and what came last can still be acted upon.
    static constexpr std::int64_t kQuarantineMax = 100'000;

    explicit StateTable(const AccountParts& parts, std::int64_t quarantine_max = kQuarantineMax);
    static const char* schema();

    /// Deploys the table; what an earlier drop() kept is there again. Idempotent.
    Result<void> create();
    Result<bool> exists();
    /// When create() was called.
    Result<TimePoint> created_at();
    /// The table is no longer deployed. What it holds stays in the file unless `delete_data`.
    Result<void> drop(bool delete_data);

    Result<void> put_report(const ExtractionReport& report) override;
    /// By account id.
    Result<std::vector<ExtractionReport>> reports() override;
    Result<void> put_pong(const Pong& pong) override;
    /// By account id.
    Result<std::vector<Pong>> pongs() override;
    Result<void> quarantine(const QuarantinedEvent& event) override;

    /// At most `limit` quarantined events in the order of their ids, behind the id `after`, or
    /// before it when not `forward`. No `after`: from the first, or the last.
    Result<std::vector<QuarantinedEvent>> quarantined(const std::optional<std::string>& after,
                                                      std::size_t limit, bool forward = true);
    Result<std::optional<QuarantinedEvent>> find_quarantined(std::string_view event_id);
    /// Takes the event out, after a replay; not_found when it is not there.
    Result<void> remove_quarantined(std::string_view event_id);
    /// As remove_quarantined, inside a work of the account's writer: to be committed together with
    /// what becomes of the event.
    static Result<void> take_quarantined(Database& database, std::string_view event_id);
    Result<std::int64_t> quarantined_count();

  private:
    template <class T>
    Result<T> read(const std::function<Result<T>(Database&)>& read);
    Result<void> write(const std::function<Result<void>(Database&)>& write);

    AccountParts parts_;
    std::int64_t quarantine_max_;
};

}  // namespace dsdash::embedded

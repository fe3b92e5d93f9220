#pragma once

#include <optional>

#include "doctor/hub_records.hpp"

namespace dsdash::doctor {

/// A hub's tables in memory. For tests only.
class FakeHubRecords final : public HubRecords {
  public:
    Result<std::vector<LatestRecord>> latest() override { return answer(stored_latest); }
    Result<std::vector<ExtractionReport>> reports() override { return answer(stored_reports); }
    Result<std::vector<Pong>> pongs() override {
        ++looks;
        return answer(stored_pongs);
    }
    Result<std::vector<QuarantinedEvent>> quarantined(std::size_t /*events_max*/) override {
        return answer(stored_quarantined);
    }

    std::vector<LatestRecord> stored_latest;
    std::vector<ExtractionReport> stored_reports;
    std::vector<Pong> stored_pongs;
    std::vector<QuarantinedEvent> stored_quarantined;
    std::optional<Error> failure;
    int looks = 0;  ///< how often pongs() was asked

  private:
    template <class T>
    Result<std::vector<T>> answer(const std::vector<T>& stored) const {
        if (failure) return std::unexpected(*failure);
        return stored;
    }
};

}  // namespace dsdash::doctor

#pragma once

#include "doctor/hub_records.hpp"
#include "embedded/hub_tables/record_table.hpp"
#include "embedded/hub_tables/state_table.hpp"

namespace dsdash::cli {

/// The records of a hub that this process serves, straight from its tables: as DynamoDB's items,
/// page by page, those of a large fleet take half a second.
class EmbeddedHubRecords final : public doctor::HubRecords {
  public:
    EmbeddedHubRecords(embedded::RecordTable& records, embedded::StateTable& state)
        : records_(records), state_(state) {}

    Result<std::vector<LatestRecord>> latest() override { return records_.latest(); }
    Result<std::vector<ExtractionReport>> reports() override { return state_.reports(); }
    Result<std::vector<Pong>> pongs() override { return state_.pongs(); }
    Result<std::vector<QuarantinedEvent>> quarantined(std::size_t events_max) override {
        return state_.quarantined(std::nullopt, events_max);
    }

  private:
    embedded::RecordTable& records_;
    embedded::StateTable& state_;
};

}  // namespace dsdash::cli

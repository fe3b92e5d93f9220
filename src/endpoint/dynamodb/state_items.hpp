#pragma once

#include "embedded/hub_tables/state_table.hpp"
#include "endpoint/dynamodb/item_table.hpp"

namespace dsdash::endpoint::dynamodb {

/// ds-dashboard-hub-state: the partitions "latest" (from the metric table), "pong", "quarantine"
/// and "report". Read-only: the archive function writes it, and only through the services.
class StateItems final : public ItemTable {
  public:
    StateItems(embedded::StateTable& state, embedded::RecordTable& records)
        : state_(state), records_(records) {}

    [[nodiscard]] const TableSchema& schema() const override;
    Result<TimePoint> created_at() override;
    Result<std::int64_t> count() override;
    Result<std::optional<Item>> get(const Item& key) override;
    Result<std::vector<Item>> query(const KeyQuery& query) override;
    Result<std::vector<Item>> scan(const std::optional<Item>& after,
                                   const embedded::ScanSegment& segment,
                                   std::size_t limit) override;

  private:
    /// All items of "latest", "pong" or "report", by sort key.
    Result<std::vector<Item>> list_partition(std::string_view state_key);
    Result<std::vector<Item>> query_quarantine(const KeyQuery& query);

    embedded::StateTable& state_;
    embedded::RecordTable& records_;
};

}  // namespace dsdash::endpoint::dynamodb

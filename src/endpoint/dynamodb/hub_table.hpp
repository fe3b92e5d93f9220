#pragma once

#include "endpoint/dynamodb/item_table.hpp"

namespace dsdash::endpoint::dynamodb {

/// ds-dashboard-hub-table: metric records, by metric and date, or by project and date.
class HubTable final : public ItemTable {
  public:
    explicit HubTable(embedded::RecordTable& records) : records_(records) {}

    [[nodiscard]] const TableSchema& schema() const override;
    Result<TimePoint> created_at() override;
    Result<std::int64_t> count() override;
    Result<std::optional<Item>> get(const Item& key) override;
    Result<std::vector<Item>> query(const KeyQuery& query) override;
    Result<std::vector<Item>> scan(const std::optional<Item>& after,
                                   const embedded::ScanSegment& segment,
                                   std::size_t limit) override;

  private:
    embedded::RecordTable& records_;
};

/// The record's key in an item that has MetricName and ExtractionDate as strings; nothing when the
/// date is none, so that no record has it.
[[nodiscard]] std::optional<embedded::RecordKey> record_key(const Item& key);

}  // namespace dsdash::endpoint::dynamodb

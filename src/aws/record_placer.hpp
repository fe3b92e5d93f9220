#pragma once

#include "items/item.hpp"
#include "services/aws_api.hpp"
#include "services/metric_table.hpp"

namespace dsdash::aws {

/// Finds a record's place in ds-dashboard-hub-table, in which (MetricName, ExtractionDate) is
/// unique, and writes it there.
class RecordPlacer {
  public:
    /// How many microseconds beyond its date a record may move.
    static constexpr int kMoveMax = 1'000;

    struct Placed {
        Stored stored;
        MetricRecord record;  ///< as it stands in the table
    };

    /// `table` must outlive it. With `retention`, each item tells when DynamoDB is to delete it.
    RecordPlacer(AwsApi& api, std::string_view table, std::optional<std::chrono::days> retention)
        : api_(api), table_(table), retention_(retention) {}

    /// Writes `record` at its (original) date or, when other records stand there, at the first free
    /// microsecond after it. As long as nobody deletes records, it is stored once however often and
    /// by however many callers at a time it is put: whoever comes second finds the first one's, for
    /// both look for the first free place. conflict when there is none.
    Result<Placed> place(const MetricRecord& record);

  private:
    struct Neighbours;
    [[nodiscard]] items::Item item_of(const MetricRecord& record) const;
    Result<Neighbours> read_neighbours(const MetricRecord& record, TimePoint date);

    AwsApi& api_;
    std::string_view table_;
    std::optional<std::chrono::days> retention_;
};

}  // namespace dsdash::aws

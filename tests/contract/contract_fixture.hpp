#pragma once

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "contract/home.hpp"
#include "items/item.hpp"
#include "services/uuid.hpp"

namespace dsdash::contract_suite {

inline constexpr std::string_view kDate = "2026-11-23 12:00:00.000000";

[[nodiscard]] inline TimePoint at(std::string_view date) {
    return parse_extraction_date(date).value();
}

/// A test with names of its own, so that the account may have seen other tests, and other runs.
class Contract : public testing::Test {
  protected:
    /// "Jobs-1f2e3d4c"
    [[nodiscard]] std::string own(std::string_view name) const {
        return fmt::format("{}-{}", name, run_);
    }

    [[nodiscard]] MetricRecord record(std::string_view value = "3",
                                      std::string_view project = "churn") {
        return {.series = {own("Jobs"), own(project), "dev", "222222222222"},
                .extraction_date = at(kDate),
                .value = Decimal::parse(value).value(),
                .metadata = "{}",
                .event_id = RandomUuidSource().next(),
                .original_extraction_date = std::nullopt};
    }

    static Result<Stored> put(const MetricRecord& one) {
        return home().metric_table().put({&one, 1}).front();
    }

    /// The newest records of this test's metric.
    std::vector<LatestRecord> latest() {
        auto all = home().metric_table().latest();
        EXPECT_TRUE(all) << all.error().message;
        if (!all) return {};
        std::erase_if(*all, [this](const MetricRecord& one) {
            return one.series.metric_name != own("Jobs");
        });
        return *all;
    }

    static std::vector<HistoryPoint> history(const SeriesKey& series, std::size_t points_max = 500,
                                             std::string_view from = "2026-11-23 00:00:00",
                                             std::string_view to = "2026-11-24 00:00:00") {
        const auto points = home().metric_table().history({series, at(from), at(to), points_max});
        EXPECT_TRUE(points) << points.error().message;
        return points.value_or(std::vector<HistoryPoint>{});
    }

    static std::int64_t count_records(const SeriesKey& series) {
        std::int64_t count = 0;
        for (const auto& point : history(series)) count += point.count;
        return count;
    }

    /// What DynamoDB shows of one partition of the hub's state table.
    static std::vector<items::Item> state_items(std::string_view state_key) {
        std::vector<items::Item> found;
        const auto read = for_each_item(
            home().api(), "dynamodb", "Query",
            {{"TableName", home().tables().state},
             {"KeyConditionExpression", "StateKey = :key"},
             {"ExpressionAttributeValues", {{":key", items::string_value(state_key)}}}},
            kItemPaging, [&](const items::Item& item) -> Result<void> {
                found.push_back(item);
                return {};
            });
        EXPECT_TRUE(read) << read.error().message;
        return found;
    }

  private:
    const std::string run_ = RandomUuidSource().next().substr(0, 8);
};

}  // namespace dsdash::contract_suite

#pragma once

#include <algorithm>
#include <map>
#include <string>

#include "domain/contract.hpp"
#include "domain/series_state.hpp"
#include "items/record_item.hpp"
#include "items/state_item.hpp"
#include "services/testing/fake_aws_api.hpp"

namespace dsdash::mirror {

/// The hub's two tables behind a FakeAwsApi, as far as a mirror asks for them: DynamoDB's Query in
/// pages of `page_items`. For tests only. Lifetime: beyond that of the FakeAwsApi.
class FakeHubTables {
  public:
    explicit FakeHubTables(FakeAwsApi& api) {
        api.on("dynamodb:Query", [this](const json::object& input) { return query(input); });
    }

    /// As the archive: the record, and the latest of its series unless a newer one is.
    void archive(const MetricRecord& record) {
        put_record(record);
        LatestRecord newest{record, {}};
        auto& item = table(contract::kHubStateTable)[key_of(items::latest_item(newest))];
        if (!item.empty()) {
            const auto latest = items::latest_of(item).value();
            if (latest.extraction_date >= record.extraction_date) return;
            if (tells_previous_dates) {
                newest.previous_dates = latest.previous_dates;
                newest.previous_dates.insert(newest.previous_dates.begin(), latest.extraction_date);
                if (newest.previous_dates.size() > kPreviousDatesMax) {
                    newest.previous_dates.pop_back();
                }
            }
        }
        item = items::latest_item(newest);
    }
    void put_record(const MetricRecord& record) {
        put(contract::kHubTable, items::to_item(record));
    }
    void put_state(const items::Item& item) { put(contract::kHubStateTable, item); }
    void put(std::string_view table_name, const items::Item& item) {
        table(table_name)[key_of(item)] = item;
    }
    void remove_state(std::string_view state_key, std::string_view sort_key) {
        table(contract::kHubStateTable).erase({std::string(state_key), std::string(sort_key)});
    }

    /// Whether its archive writes the dates before the latest, as it has not always done.
    bool tells_previous_dates = true;
    std::size_t page_items = 1'000;
    std::size_t queries = 0;
    std::size_t items_read = 0;
    /// After so many more queries the others are answered with `failure`.
    std::size_t good_queries = 1'000'000;
    Error failure{ErrorKind::throttled, "slow down", "ThrottlingException", {}, {}};

  private:
    using Key = std::pair<std::string, std::string>;
    using Table = std::map<Key, items::Item>;

    static Key key_of(const items::Item& item) {
        if (item.contains("StateKey")) {
            return {items::text_at(item, "StateKey", "S"), items::text_at(item, "SortKey", "S")};
        }
        return {items::text_at(item, "MetricName", "S"),
                items::text_at(item, "ExtractionDate", "S")};
    }
    static json::object key_item(const items::Item& item) {
        json::object key;
        for (const auto* name : {"StateKey", "SortKey"}) {
            if (item.contains(name)) key[name] = item.at(name);
        }
        if (!key.empty()) return key;
        return {{"MetricName", item.at("MetricName")},
                {"ExtractionDate", item.at("ExtractionDate")}};
    }
    Table& table(std::string_view name) { return tables_[std::string(name)]; }

    Result<json::object> query(const json::object& input) {
        if (good_queries == 0) return std::unexpected(failure);
        --good_queries;
        ++queries;
        const auto& values = input.at("ExpressionAttributeValues").as_object();
        const bool is_state = values.contains(":key");
        const auto hash = items::text_at(values, is_state ? ":key" : ":metric", "S");
        const auto from = items::text_at(values, ":from", "S");
        std::vector<const items::Item*> found;
        for (const auto& [key, item] : table(input.at("TableName").as_string())) {
            if (key.first == hash && key.second >= from) found.push_back(&item);
        }
        const auto* forward = input.if_contains("ScanIndexForward");
        if (forward != nullptr && !forward->as_bool()) std::ranges::reverse(found);
        if (const auto* start = input.if_contains("ExclusiveStartKey")) {
            const auto at = std::ranges::find_if(
                found, [&](const auto* item) { return key_item(*item) == start->as_object(); });
            found.erase(found.begin(), at == found.end() ? at : at + 1);
        }
        json::object answer{{"Items", json::array()}};
        for (const auto* item : found) {
            auto& items = answer.at("Items").as_array();
            if (items.size() == page_items) {
                answer["LastEvaluatedKey"] = key_item(items.back().as_object());
                break;
            }
            items.emplace_back(*item);
            ++items_read;
        }
        return answer;
    }

    std::map<std::string, Table> tables_;
};

}  // namespace dsdash::mirror

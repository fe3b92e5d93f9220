#include "aws/latest_item_update.hpp"

#include <fmt/format.h>

#include "items/record_item.hpp"
#include "items/state_item.hpp"

namespace dsdash::aws {

namespace {

/// Each date takes the place of the one before it. The oldest is set first, so that it makes no
/// difference whether an action sees what those before it have set. SET refuses to copy what is not
/// there, as in a new item or one that was written without these dates.
std::string move_dates_on() {
    const auto& names = items::kPreviousDates;
    std::string actions;
    for (auto i = names.size() - 1; i > 0; --i) {
        actions += fmt::format("{} = if_not_exists({}, :unknown), ", names.at(i), names.at(i - 1));
    }
    return actions + fmt::format("{} = if_not_exists(ExtractionDate, :unknown)", names.front());
}

}  // namespace

json::object latest_item_update(std::string_view table, const MetricRecord& record) {
    std::string expression = "SET " + move_dates_on();
    json::object values{{":unknown", items::null_value()}};
    const auto item = items::to_item(record);
    for (const auto& [name, value] : item) {
        expression += fmt::format(", {0} = :{0}", std::string_view(name));
        values[fmt::format(":{}", std::string_view(name))] = value;
    }
    // What the record before had of these and this one has not.
    std::string_view clause = " REMOVE ";
    for (const auto name : items::kOptionalRecordAttributes) {
        if (item.contains(name)) continue;
        expression += fmt::format("{}{}", clause, name);
        clause = ", ";
    }
    return {{"TableName", table},
            {"Key",
             {{"StateKey", items::string_value(items::kLatestKey)},
              {"SortKey", items::string_value(items::series_sort_key(record.series))}}},
            {"ConditionExpression",
             "attribute_not_exists(StateKey) OR ExtractionDate < :ExtractionDate"},
            {"UpdateExpression", std::move(expression)},
            {"ExpressionAttributeValues", std::move(values)}};
}

}  // namespace dsdash::aws

#include "endpoint/dynamodb/record_item.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "endpoint/dynamodb/errors.hpp"
#include "endpoint/dynamodb/metadata_value.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

constexpr std::string_view kInvalid = "One or more parameter values were invalid: ";
constexpr std::size_t kNameBytesMax = 1'024;  // as a metric event's

struct Attribute {
    std::string_view name;
    std::string_view type;
    bool is_required;
};

constexpr std::array kAttributes{
    Attribute{"MetricName", "S", true},
    Attribute{"ExtractionDate", "S", true},
    Attribute{"MetricValue", "N", true},
    Attribute{"ProjectName", "S", true},
    Attribute{"Environment", "S", true},
    Attribute{"Metadata", "M", false},
    Attribute{"AccountId", "S", false},
    Attribute{"EventId", "S", false},
    Attribute{"OriginalExtractionDate", "S", false},
};

Result<void> check_attributes(const Item& item) {
    for (const auto& [name, value] : item) {
        const std::string_view wanted = name;
        if (std::ranges::find(kAttributes, wanted, &Attribute::name) == kAttributes.end()) {
            return invalid(
                fmt::format("{}{} is no attribute of a metric record", kInvalid, wanted));
        }
    }
    for (const auto& attribute : kAttributes) {
        const auto* value = item.if_contains(attribute.name);
        if (value == nullptr && attribute.is_required) {
            return invalid(
                fmt::format("{}A metric record needs the attribute {}", kInvalid, attribute.name));
        }
        if (value != nullptr && type_of(*value) != attribute.type) {
            return invalid(fmt::format("{}Type mismatch for attribute {} expected: {} actual: {}",
                                       kInvalid, attribute.name, attribute.type, type_of(*value)));
        }
    }
    return {};
}

std::string text_at(const Item& item, std::string_view name) {
    const auto* value = item.if_contains(name);
    return value == nullptr ? std::string() : std::string(text_of(*value));
}

Result<std::string> name_at(const Item& item, std::string_view name) {
    auto text = text_at(item, name);
    if (text.empty() || text.size() > kNameBytesMax) {
        return invalid(
            fmt::format("{}{} must be 1 to {} bytes long", kInvalid, name, kNameBytesMax));
    }
    return text;
}

Result<TimePoint> date_at(const Item& item, std::string_view name) {
    auto date = parse_extraction_date(text_at(item, name));
    if (!date) return invalid(fmt::format("{}{}: {}", kInvalid, name, date.error().message));
    return date;
}

}  // namespace

Item to_item(const MetricRecord& record) {
    Item item{{"MetricName", string_value(record.series.metric_name)},
              {"ExtractionDate", string_value(format_extraction_date(record.extraction_date))},
              {"MetricValue", number_value(record.value.to_string())},
              {"Metadata", metadata_value(record.metadata)},
              {"Environment", string_value(record.series.environment)},
              {"ProjectName", string_value(record.series.project_name)}};
    if (!record.series.account_id.empty()) {
        item["AccountId"] = string_value(record.series.account_id);
    }
    if (!record.event_id.empty()) item["EventId"] = string_value(record.event_id);
    if (record.original_extraction_date) {
        item["OriginalExtractionDate"] =
            string_value(format_extraction_date(*record.original_extraction_date));
    }
    return item;
}

Result<MetricRecord> to_record(const Item& item) {
    if (auto checked = check_attributes(item); !checked) return std::unexpected(checked.error());
    auto metric_name = name_at(item, "MetricName");
    if (!metric_name) return std::unexpected(metric_name.error());
    auto project_name = name_at(item, "ProjectName");
    if (!project_name) return std::unexpected(project_name.error());
    auto environment = name_at(item, "Environment");
    if (!environment) return std::unexpected(environment.error());
    auto date = date_at(item, "ExtractionDate");
    if (!date) return std::unexpected(date.error());
    MetricRecord record{.series = {*std::move(metric_name), *std::move(project_name),
                                   *std::move(environment), text_at(item, "AccountId")},
                        .extraction_date = *date,
                        .value = Decimal::parse(text_at(item, "MetricValue")).value(),
                        .metadata = "{}",
                        .event_id = text_at(item, "EventId"),
                        .original_extraction_date = std::nullopt};
    if (item.contains("OriginalExtractionDate")) {
        auto original = date_at(item, "OriginalExtractionDate");
        if (!original) return std::unexpected(original.error());
        record.original_extraction_date = *original;
    }
    if (const auto* metadata = item.if_contains("Metadata")) {
        auto text = metadata_text(*metadata);
        if (!text) return std::unexpected(text.error());
        record.metadata = *std::move(text);
    }
    return record;
}

}  // namespace dsdash::endpoint::dynamodb

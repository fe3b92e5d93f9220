#include "items/record_item.hpp"

#include <fmt/format.h>

#include <charconv>

#include "items/metadata_value.hpp"

namespace dsdash::items {

namespace {

std::unexpected<Error> malformed(std::string_view attribute, std::string_view problem) {
    return fail(ErrorKind::malformed_input, fmt::format("{}: {}", attribute, problem));
}

Result<TimePoint> date_at(const Item& item, std::string_view name) {
    auto date = parse_extraction_date(text_at(item, name, "S"));
    if (!date) return malformed(name, date.error().message);
    return date;
}

Result<std::string> metadata_of(const Item& item) {
    const auto* metadata = item.if_contains("Metadata");
    if (metadata == nullptr || find_content(item, "Metadata", "NULL") != nullptr) return "{}";
    if (find_content(item, "Metadata", "M") == nullptr)
        return malformed("Metadata", "must be a map");
    return metadata_text(*metadata);
}

/// Nothing when it is absent, or no whole number of milliseconds.
std::optional<std::chrono::milliseconds> delay_of(const Item& item) {
    const auto text = text_at(item, "DeliveryDelayMs", "N");
    std::int64_t delay = 0;
    const auto* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, delay);
    if (text.empty() || error != std::errc{} || stopped != end) return std::nullopt;
    return std::chrono::milliseconds(delay);
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
    if (record.delivery_delay) {
        item["DeliveryDelayMs"] = number_value(std::to_string(record.delivery_delay->count()));
    }
    return item;
}

Result<Decimal> value_of(const Item& item) {
    const auto number = text_at(item, "MetricValue", "N");
    auto value = Decimal::parse(number.empty() ? text_at(item, "MetricValue", "S") : number);
    if (!value) return malformed("MetricValue", value.error().message);
    return value;
}

Result<MetricRecord> record_of(const Item& item) {
    SeriesKey series{text_at(item, "MetricName", "S"), text_at(item, "ProjectName", "S"),
                     text_at(item, "Environment", "S"), text_at(item, "AccountId", "S")};
    if (auto checked = check_names(series); !checked) return std::unexpected(checked.error());
    auto date = date_at(item, "ExtractionDate");
    if (!date) return std::unexpected(date.error());
    auto value = value_of(item);
    if (!value) return std::unexpected(value.error());
    auto metadata = metadata_of(item);
    if (!metadata) return std::unexpected(metadata.error());
    std::optional<TimePoint> original;
    if (item.contains("OriginalExtractionDate")) {
        auto original_date = date_at(item, "OriginalExtractionDate");
        if (!original_date) return std::unexpected(original_date.error());
        original = *original_date;
    }
    return MetricRecord{.series = std::move(series),
                        .extraction_date = *date,
                        .value = *std::move(value),
                        .metadata = *std::move(metadata),
                        .event_id = text_at(item, "EventId", "S"),
                        .original_extraction_date = original,
                        .delivery_delay = delay_of(item)};
}

}  // namespace dsdash::items

#include "domain/metric_record.hpp"

#include <fmt/format.h>

#include "domain/contract.hpp"
#include "domain/metadata_limits.hpp"

namespace dsdash {

namespace {

constexpr std::size_t kNameBytesMax = 1024;

std::unexpected<Error> malformed(std::string_view field, std::string_view problem) {
    return fail(ErrorKind::malformed_input, fmt::format("{} {}", field, problem));
}

/// The slices of a metric event's detail that make its record; empty where the field is absent.
struct DetailFields {
    std::string_view metric_name;
    std::string_view metric_value;
    std::string_view extraction_date;
    std::string_view metadata;
    std::string_view environment;
    std::string_view project_name;
};

DetailFields scan_fields(std::string_view detail) {
    DetailFields fields;
    const std::pair<std::string_view, std::string_view*> wanted[] = {
        {"MetricName", &fields.metric_name},         {"MetricValue", &fields.metric_value},
        {"ExtractionDate", &fields.extraction_date}, {"Metadata", &fields.metadata},
        {"Environment", &fields.environment},        {"ProjectName", &fields.project_name},
    };
    JsonMembers members(detail);
    std::string buffer;
    while (const auto member = members.next()) {
        const auto key = view_json_string(member->key, buffer);
        for (const auto& [name, slice] : wanted) {
            if (key == name) {
                *slice = member->value;
                break;
            }
        }
    }
    return fields;
}

Result<void> check_name(std::string_view field, std::string_view name) {
    if (name.empty() || name.size() > kNameBytesMax) {
        return malformed(field, fmt::format("must be 1 to {} bytes long", kNameBytesMax));
    }
    return {};
}

Result<std::string> read_name(std::string_view field, std::string_view slice) {
    if (!slice.starts_with('"')) {
        return malformed(field, "must be a string");
    }
    auto name = decode_json_string(slice);
    if (auto checked = check_name(field, name); !checked) {
        return std::unexpected(std::move(checked.error()));
    }
    return name;
}

Result<TimePoint> read_date(std::string_view field, std::string_view slice) {
    if (!slice.starts_with('"')) {
        return malformed(field, "must be a string");
    }
    auto date = parse_extraction_date(decode_json_string(slice));
    if (!date) {
        return malformed(field, date.error().message);
    }
    return date;
}

Result<Decimal> read_value(std::string_view field, std::string_view slice) {
    const bool quoted = slice.starts_with('"');
    auto value = quoted ? Decimal::parse(decode_json_string(slice)) : Decimal::parse(slice);
    if (!value) {
        return malformed(field, fmt::format("must be a number: {}", value.error().message));
    }
    return value;
}

/// The reference writes no Metadata, or null, for a metric that has nothing to add.
Result<std::string> read_metadata(std::string_view field, std::string_view slice) {
    if (slice.empty() || slice == "null") {
        return "{}";
    }
    if (!slice.starts_with('{')) {
        return malformed(field, "must be an object");
    }
    if (auto checked = check_metadata(slice); !checked) {
        return malformed(field, fmt::format("is {}", checked.error().message));
    }
    return std::string(slice);
}

bool has_metric_name(std::string_view detail) {
    JsonMembers members(detail);
    while (const auto member = members.next()) {
        if (json_string_equals(member->key, "MetricName")) {
            return true;
        }
    }
    return false;
}

bool is_of_the_metric_extractor(const Event& event) {
    return event.source == contract::kMetricSource &&
           event.detail_type == contract::kMetricDetailType;
}

}  // namespace

Result<void> check_names(const SeriesKey& series) {
    if (auto checked = check_name("MetricName", series.metric_name); !checked) return checked;
    if (auto checked = check_name("ProjectName", series.project_name); !checked) return checked;
    return check_name("Environment", series.environment);
}

bool is_metric_event(const Event& event) {
    return is_of_the_metric_extractor(event) && has_metric_name(event.detail);
}

bool is_fetch_event(const Event& event) {
    if (event.source == contract::kFetchSource && event.detail_type == contract::kFetchDetailType) {
        return true;
    }
    return is_of_the_metric_extractor(event) && !has_metric_name(event.detail);
}

Result<MetricRecord> parse_metric_event(const Event& event) {
    if (auto checked = check_json(event.detail); !checked) {
        return malformed("detail", fmt::format("is malformed: {}", checked.error().message));
    }
    const auto fields = scan_fields(event.detail);
    auto metric_name = read_name("MetricName", fields.metric_name);
    auto project_name = read_name("ProjectName", fields.project_name);
    auto environment = read_name("Environment", fields.environment);
    auto date = read_date("ExtractionDate", fields.extraction_date);
    auto value = read_value("MetricValue", fields.metric_value);
    auto metadata = read_metadata("Metadata", fields.metadata);
    for (const auto* string : {&metric_name, &project_name, &environment, &metadata}) {
        if (!*string) {
            return std::unexpected(string->error());
        }
    }
    if (!date) {
        return std::unexpected(std::move(date.error()));
    }
    if (!value) {
        return std::unexpected(std::move(value.error()));
    }
    return MetricRecord{
        .series = {std::move(*metric_name), std::move(*project_name), std::move(*environment),
                   event.account.text()},
        .extraction_date = *date,
        .value = std::move(*value),
        .metadata = std::move(*metadata),
        .event_id = event.id,
        .original_extraction_date = std::nullopt,
    };
}

std::string metric_event_detail(const MetricRecord& record) {
    std::string out = R"({"MetricName":)";
    append_json_string(out, record.series.metric_name);
    out += R"(,"MetricValue":)";
    out += record.value.to_string();
    out += R"(,"ExtractionDate":")";
    out += format_extraction_date(record.extraction_date);
    out += R"(","Metadata":)";
    out += record.metadata;
    out += R"(,"Environment":)";
    append_json_string(out, record.series.environment);
    out += R"(,"ProjectName":)";
    append_json_string(out, record.series.project_name);
    out.push_back('}');
    return out;
}

}  // namespace dsdash

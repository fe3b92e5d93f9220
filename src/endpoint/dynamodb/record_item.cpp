#include "endpoint/dynamodb/record_item.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "endpoint/dynamodb/errors.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

constexpr std::string_view kInvalid = "One or more parameter values were invalid: ";

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
    Attribute{"DeliveryDelayMs", "N", false},
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

}  // namespace

Result<MetricRecord> to_record(const Item& item) {
    if (auto checked = check_attributes(item); !checked) return std::unexpected(checked.error());
    auto record = items::record_of(item);
    if (!record) return invalid(fmt::format("{}{}", kInvalid, record.error().message));
    // Rows of others are read without a delay that is none; what is put here must not lose it
    // unsaid.
    if (item.contains("DeliveryDelayMs") && !record->delivery_delay) {
        return invalid(
            fmt::format("{}DeliveryDelayMs must be a whole number of milliseconds", kInvalid));
    }
    return record;
}

}  // namespace dsdash::endpoint::dynamodb

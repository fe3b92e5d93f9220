#include "endpoint/dynamodb/capacity.hpp"

#include <algorithm>

namespace dsdash::endpoint::dynamodb {

namespace {

constexpr std::size_t kReadUnitBytes = 4'096;
constexpr std::size_t kWriteUnitBytes = 1'024;

double units(std::size_t bytes, std::size_t unit_bytes) {
    return static_cast<double>(std::max<std::size_t>(1, (bytes + unit_bytes - 1) / unit_bytes));
}

}  // namespace

std::optional<std::string> read_capacity_choice(RequestFields& fields) {
    return fields.choice("ReturnConsumedCapacity", {"INDEXES", "TOTAL", "NONE"});
}

double read_units(std::size_t bytes, bool is_consistent) {
    return units(bytes, kReadUnitBytes) * (is_consistent ? 1.0 : 0.5);
}

double write_units(std::size_t bytes) {
    return units(bytes, kWriteUnitBytes);
}

void add_capacity(json::object& output, const std::optional<std::string>& choice,
                  std::string_view table_name, double units) {
    if (!choice || *choice == "NONE") return;
    json::object capacity{{"TableName", table_name}, {"CapacityUnits", units}};
    if (*choice == "INDEXES") capacity["Table"] = json::object{{"CapacityUnits", units}};
    output["ConsumedCapacity"] = std::move(capacity);
}

}  // namespace dsdash::endpoint::dynamodb

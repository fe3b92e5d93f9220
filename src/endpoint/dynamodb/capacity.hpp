#pragma once

#include <string>

#include "domain/json.hpp"
#include "endpoint/dynamodb/request_fields.hpp"

namespace dsdash::endpoint::dynamodb {

/// ReturnConsumedCapacity, as the request gives it.
std::optional<std::string> read_capacity_choice(RequestFields& fields);

/// Capacity units of reading `bytes`: one for each 4 KB, half if the read is not consistent.
[[nodiscard]] double read_units(std::size_t bytes, bool is_consistent);
/// Capacity units of writing an item of `bytes`: one for each KB.
[[nodiscard]] double write_units(std::size_t bytes);

/// Adds ConsumedCapacity to `output` if `choice` asks for it.
void add_capacity(json::object& output, const std::optional<std::string>& choice,
                  std::string_view table_name, double units);

}  // namespace dsdash::endpoint::dynamodb

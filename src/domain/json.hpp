#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "domain/json_text.hpp"
#include "domain/result.hpp"

namespace dsdash {

namespace json = boost::json;

/// Parses one JSON text. malformed_input with the position for anything that is not JSON, is nested
/// deeper than kJsonDepthMax, is not UTF-8, or is followed by other text. The value lies in
/// `memory`.
Result<json::value> parse_json(std::string_view text, json::storage_ptr memory = {});

/// As parse_json, but the text must hold an object.
Result<json::object> parse_json_object(std::string_view text, json::storage_ptr memory = {});

/// The number at top-level key `key` of the object in `text`, exactly as it was written (doubles
/// would round it): {"MetricValue": 0.10} gives "0.10". A string holding a number gives its
/// content. Nothing when the key is absent or holds something else; the last of duplicate keys
/// counts. `text` must have passed parse_json().
std::optional<std::string> exact_number_text(std::string_view text, std::string_view key);

/// Fields of a request. malformed_input naming the field when it is absent (required_*) or of
/// another type; null counts as absent.
Result<std::string> required_string(const json::object& object, std::string_view field);
Result<std::optional<std::string>> optional_string(const json::object& object,
                                                   std::string_view field);
Result<std::optional<std::int64_t>> optional_integer(const json::object& object,
                                                     std::string_view field);
Result<std::optional<bool>> optional_bool(const json::object& object, std::string_view field);
/// The array at `field`; nullptr when absent. Lifetime: that of `object`.
Result<const json::array*> optional_array(const json::object& object, std::string_view field);

}  // namespace dsdash

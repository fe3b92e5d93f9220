#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/json.hpp"
#include "domain/utc_time.hpp"

/// Fields of an answer, to be shown: what is absent or of another type reads as empty.
namespace dsdash::cli {

[[nodiscard]] std::string text_at(const json::object& object, std::string_view field);
/// Epoch seconds, as AWS's JSON services write times.
[[nodiscard]] std::optional<TimePoint> moment_at(const json::object& object,
                                                 std::string_view field);
/// The same in ExtractionDate's form (UTC).
[[nodiscard]] std::string time_at(const json::object& object, std::string_view field);
[[nodiscard]] std::vector<std::string> texts_at(const json::object& object, std::string_view field);
/// Lifetime: that of `object`.
[[nodiscard]] std::vector<const json::object*> objects_at(const json::object& object,
                                                          std::string_view field);

}  // namespace dsdash::cli

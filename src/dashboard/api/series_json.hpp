#pragma once

#include <chrono>
#include <optional>

#include "domain/json.hpp"
#include "domain/metric_record.hpp"

namespace dsdash::dashboard {

/// {"project_name","environment","account_id","metric_name"}
[[nodiscard]] inline json::object series_json(const SeriesKey& series) {
    return {{"project_name", series.project_name},
            {"environment", series.environment},
            {"account_id", series.account_id},
            {"metric_name", series.metric_name}};
}

/// The number, or null.
template <class Number>
[[nodiscard]] json::value number_or_null(const std::optional<Number>& number) {
    return number ? json::value(*number) : json::value(nullptr);
}

/// As a number of seconds with a fraction, or null.
[[nodiscard]] inline json::value seconds_or_null(
    const std::optional<std::chrono::milliseconds>& duration) {
    if (!duration) return nullptr;
    return std::chrono::duration<double>(*duration).count();
}

}  // namespace dsdash::dashboard

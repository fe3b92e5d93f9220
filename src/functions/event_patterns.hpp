#pragma once

#include <string_view>

/// Which events go where. The fetch event has two forms: metric_fetch, and the seed page's
/// metric_extractor without a MetricName; a metric event must never pass for either, or an
/// extraction would start itself for ever.
namespace dsdash::functions {

/// What a spoke's extraction function is for; hubs forward it to their spokes.
inline constexpr std::string_view kExtractionPattern =
    R"({"$or":[{"source":["metric_fetch"],"detail-type":["metric_fetch"]},)"
    R"({"source":["metric_extractor"],"detail-type":["metric_extractor"],)"
    R"("detail":{"MetricName":[{"exists":false}]}},)"
    R"({"source":["ds-dashboard"],"detail-type":["ping"]}]})";

/// What spokes forward to their hubs.
inline constexpr std::string_view kResultsPattern =
    R"({"$or":[{"source":["metric_extractor"],"detail-type":["metric_extractor"],)"
    R"("detail":{"MetricName":[{"exists":true}]}},)"
    R"({"source":["ds-dashboard"],"detail-type":["extraction_report","pong"]}]})";

/// What a hub's archive function is given: no nested fields, for it sees every event of a hub. The
/// seed's form of the fetch event passes too and is ignored there.
inline constexpr std::string_view kArchivePattern =
    R"({"source":["metric_extractor","ds-dashboard"],)"
    R"("detail-type":["metric_extractor","extraction_report","pong"]})";

}  // namespace dsdash::functions

#pragma once

#include <string_view>

/// The names on the wire. They are the Python reference's, so that its spokes and ours can report
/// to one hub; what is ours alone carries the source "ds-dashboard".
namespace dsdash::contract {

inline constexpr std::string_view kMetricSource = "metric_extractor";
inline constexpr std::string_view kMetricDetailType = "metric_extractor";
inline constexpr std::string_view kFetchSource = "metric_fetch";
inline constexpr std::string_view kFetchDetailType = "metric_fetch";
inline constexpr std::string_view kOwnSource = "ds-dashboard";
inline constexpr std::string_view kReportDetailType = "extraction_report";
inline constexpr std::string_view kPingDetailType = "ping";
inline constexpr std::string_view kPongDetailType = "pong";

inline constexpr std::string_view kMonitorsPath = "/monitors/";
inline constexpr std::string_view kMonitoredProjectsPath = "/monitored_projects/";

inline constexpr std::string_view kConnectionFunction = "ds-dashboard-connection";
inline constexpr std::string_view kRefreshFunction = "ds-dashboard-fetch-new-data";
inline constexpr std::string_view kExtractionFunction = "ds-dashboard-metric-extraction";
inline constexpr std::string_view kArchiveFunction = "ds-dashboard-dynamo-write";

inline constexpr std::string_view kArchiveRule = "ds-dashboard-archive";
inline constexpr std::string_view kExtractionRule = "ds-dashboard-extraction";
inline constexpr std::string_view kFetchScheduleRule = "ds-dashboard-fetch-schedule";

inline constexpr std::string_view kHubTable = "ds-dashboard-hub-table";
inline constexpr std::string_view kHubStateTable = "ds-dashboard-hub-state";
/// Of a record's item in DynamoDB: when it is deleted, in seconds since 1970.
inline constexpr std::string_view kExpirationAttribute = "ExpiresAt";
inline constexpr std::string_view kProjectIndex = "ProjectName-ExtractionDate-index";

inline constexpr std::string_view kHubStack = "ds-dashboard-hub-stack";
inline constexpr std::string_view kSpokeStack = "ds-dashboard-spoke-stack";

inline constexpr std::string_view kDefaultBus = "default";

}  // namespace dsdash::contract

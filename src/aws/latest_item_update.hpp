#pragma once

#include "domain/json.hpp"
#include "domain/metric_record.hpp"

namespace dsdash::aws {

/// UpdateItem's input that makes `record` the latest of its series in ds-dashboard-hub-state, if
/// there is none or an older one; the latest until then goes to the front of PreviousDate1 to
/// PreviousDate5. One write, and refused for a date that is there already: the dates move on once
/// for every record, however often and by however many writers it is put.
[[nodiscard]] json::object latest_item_update(std::string_view table, const MetricRecord& record);

}  // namespace dsdash::aws

#include "aws/dynamodb_hub_state.hpp"

#include <fmt/format.h>

#include "aws/conditional_write.hpp"
#include "aws/state_query.hpp"
#include "items/state_item.hpp"

namespace dsdash::aws {

namespace {

// DynamoDB takes items of 400 KB (docs.aws.amazon.com/amazondynamodb/latest/developerguide/
// Constraints.html). What is beside the detail - names of 256 bytes, resources, the reason - fits
// into the rest.
constexpr std::size_t kDetailBytesMax = 350 * 1024;

QuarantinedEvent cut_to_size(QuarantinedEvent event) {
    const auto bytes = event.event.detail.size();
    if (bytes <= kDetailBytesMax) return event;
    event.event.detail = "{}";
    event.reason += fmt::format(" (its detail of {} bytes is left out)", bytes);
    return event;
}

Result<void> without_outcome(const Result<bool>& put) {
    if (!put) return std::unexpected(put.error());
    return {};
}

}  // namespace

Result<void> DynamoDbHubState::put_report(const ExtractionReport& report) {
    const auto item = items::report_item(report);
    return without_outcome(put_if(api_, names_.state, item,
                                  "attribute_not_exists(StateKey) OR ReportDate <= :date",
                                  {{":date", item.at("ReportDate")}}));
}

Result<std::vector<ExtractionReport>> DynamoDbHubState::reports() {
    return read_state(api_, names_.state, items::kReportKey, items::report_of);
}

Result<void> DynamoDbHubState::put_pong(const Pong& pong) {
    const auto item = items::pong_item(pong);
    return without_outcome(put_if(api_, names_.state, item,
                                  "attribute_not_exists(StateKey) OR PingDate < :date",
                                  {{":date", item.at("PingDate")}}));
}

Result<std::vector<Pong>> DynamoDbHubState::pongs() {
    return read_state(api_, names_.state, items::kPongKey, items::pong_of);
}

Result<void> DynamoDbHubState::quarantine(const QuarantinedEvent& event) {
    return without_outcome(put_if(api_, names_.state, items::quarantine_item(cut_to_size(event)),
                                  "attribute_not_exists(StateKey)"));
}

}  // namespace dsdash::aws

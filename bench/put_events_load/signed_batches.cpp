#include "signed_batches.hpp"

#include <fmt/format.h>

#include "aws/authorization.hpp"
#include "domain/contract.hpp"
#include "domain/json.hpp"
#include "fleet.hpp"

namespace dsdash::bench {

namespace {

constexpr std::string_view kMetricPlace = "metric-00";
constexpr std::string_view kProjectPlace = "project-00";
constexpr std::string_view kDatePlace = "0000-00-00 00:00:00.000000";

json::object make_entry(const std::string& event_bus) {
    const json::object detail{{"MetricName", kMetricPlace},   {"MetricValue", 42},
                              {"ExtractionDate", kDatePlace}, {"Metadata", json::object{}},
                              {"Environment", "dev"},         {"ProjectName", kProjectPlace}};
    json::object entry{{"Source", contract::kMetricSource},
                       {"Resources", json::array{}},
                       {"DetailType", contract::kMetricDetailType},
                       {"Detail", json::serialize(detail)}};
    if (!event_bus.empty()) entry["EventBusName"] = event_bus;
    return entry;
}

void put_two_digits(std::string& text, std::size_t place, std::string_view before,
                    std::int64_t number) {
    const auto at = place + before.size() - 2;
    text[at] = static_cast<char>('0' + number / 10);
    text[at + 1] = static_cast<char>('0' + number % 10);
}

}  // namespace

SignedBatches::SignedBatches(aws::Credentials credentials, Region region,
                             const http::Origin& origin, const std::string& event_bus)
    : credentials_(std::move(credentials)), region_(std::move(region)), host_(origin.host_field()) {
    json::array entries;
    for (int i = 0; i < kEventsPerBatch; ++i) {
        entries.push_back(make_entry(event_bus));
    }
    body_ = json::serialize(json::object{{"Entries", std::move(entries)}});
    std::size_t from = 0;
    for (int i = 0; i < kEventsPerBatch; ++i) {
        EventPlaces places{body_.find(kMetricPlace, from), body_.find(kProjectPlace, from),
                           body_.find(kDatePlace, from)};
        places_.push_back(places);
        from = std::max({places.metric, places.project, places.date}) + 1;
    }
}

void SignedBatches::begin_second(TimePoint now) {
    if (amz_date_.empty()) {
        first_date_ = now;
    }
    constexpr std::size_t kDateLength = 8;
    amz_date_ = format_amz_date(now);
    scope_ = {amz_date_.substr(0, kDateLength), region_.text(), "events"};
    key_ = aws::derive_signing_key(credentials_.secret_access_key, scope_);

    http::Request request;
    request.method = "POST";
    request.headers.add("Content-Type", "application/x-amz-json-1.1");
    request.headers.add("Host", host_);
    request.headers.add("X-Amz-Date", amz_date_);
    request.headers.add("X-Amz-Target", "AWSEvents.PutEvents");
    const std::vector<std::string> signed_headers = {"content-type", "host", "x-amz-date",
                                                     "x-amz-target"};
    canonical_ = aws::canonical_request(request, signed_headers, "");
    head_ = "POST / HTTP/1.1\r\n";
    for (const auto& [name, value] : request.headers.fields()) {
        head_ += fmt::format("{}: {}\r\n", name, value);
    }
    head_ += fmt::format(
        "Content-Length: {}\r\nAuthorization: {}", body_.size(),
        aws::format_authorization({credentials_.access_key_id, scope_, signed_headers, ""}));
}

void SignedBatches::fill_body() {
    for (std::size_t i = 0; i < places_.size(); ++i) {
        const auto event = batch_ * kEventsPerBatch + static_cast<std::int64_t>(i);
        put_two_digits(body_, places_[i].metric, kMetricPlace, event % kFleetMetrics);
        put_two_digits(body_, places_[i].project, kProjectPlace,
                       event / kFleetMetrics % kFleetProjects);
        body_.replace(places_[i].date, kDatePlace.size(),
                      format_extraction_date(first_date_ + std::chrono::microseconds(event)));
    }
    ++batch_;
}

const std::string& SignedBatches::next(TimePoint now) {
    if (format_amz_date(now) != amz_date_) {
        begin_second(now);
    }
    fill_body();
    const auto canonical = canonical_ + sha256_hex(body_);
    const auto signature =
        aws::calculate_signature(key_, aws::string_to_sign(amz_date_, scope_, canonical));
    text_.clear();
    text_.append(head_).append(signature).append("\r\n\r\n").append(body_);
    return text_;
}

}  // namespace dsdash::bench

#include "endpoint/health_probe.hpp"

#include <chrono>

#include "embedded/ledger/loopback_url.hpp"
#include "http/client.hpp"

namespace dsdash::endpoint {

namespace {

constexpr std::chrono::seconds kAnswerTime{1};

}  // namespace

bool answers_health_check(const std::string& health_url) {
    // Asked where the check of the address said it points to, not where another parser might go.
    const auto url = embedded::parse_loopback_url("HealthUrl", health_url);
    if (!url) return false;
    http::Request request;
    request.target = url->target;
    http::Client client;
    const auto response =
        client.send(url->origin, request, std::chrono::steady_clock::now() + kAnswerTime);
    return response && response->status >= 200 && response->status < 300;
}

}  // namespace dsdash::endpoint

#pragma once

#include <gtest/gtest.h>

#include "dashboard/access/loopback_gate.hpp"
#include "dashboard/dashboard_handler.hpp"
#include "dashboard/testing/fake_hubs.hpp"
#include "dashboard/testing/fixed_gate.hpp"
#include "domain/json.hpp"

namespace dsdash::dashboard {

class FixedClock final : public Clock {
  public:
    [[nodiscard]] TimePoint now() const override {
        return parse_extraction_date("2026-11-23 12:00:00.000000").value();
    }
};

/// A dashboard over fake hubs, at noon of 2026-11-23.
class DashboardTest : public testing::Test {
  protected:
    static http::Request request(std::string method, std::string target) {
        http::Request request;
        request.method = std::move(method);
        request.target = std::move(target);
        return request;
    }
    http::Response send(http::Request request) {
        if (!request.headers.find("Host")) request.headers.add("Host", "127.0.0.1:8080");
        return handler_.handle(request);
    }
    http::Response get(std::string target) { return send(request("GET", std::move(target))); }
    /// As somebody asks who may see these projects only.
    http::Response get_limited_to(std::set<std::string, std::less<>> projects, std::string target) {
        return send_limited_to(std::move(projects), request("GET", std::move(target)));
    }
    http::Response send_limited_to(std::set<std::string, std::less<>> projects,
                                   const http::Request& request) {
        FixedGate gate;
        gate.access = Access{Role::viewer, "ann", std::move(projects)};
        return DashboardHandler(hubs_, clock_, "/srv/dash", gate).handle(request);
    }
    static json::value read_json(std::string_view text) { return parse_json(text).value(); }
    /// The problem's detail; fails unless the answer is a problem of that status.
    std::string problem_detail(const http::Response& response, int status) {
        EXPECT_EQ(response.status, status) << response.body;
        EXPECT_EQ(response.headers.find("Content-Type"), "application/problem+json");
        const auto body = parse_json_object(response.body);
        return body ? json::value_to<std::string>(body->at("detail")) : "not JSON";
    }

    FakeHubs hubs_;
    FixedClock clock_;
    LoopbackGate gate_{"http"};
    DashboardHandler handler_{hubs_, clock_, "/srv/dash", gate_};
};

}  // namespace dsdash::dashboard

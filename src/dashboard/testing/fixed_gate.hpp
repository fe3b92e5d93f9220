#pragma once

#include "dashboard/access/gate.hpp"
#include "dashboard/problem.hpp"

namespace dsdash::dashboard {

/// For tests: admits everybody to what the test says, or nobody.
class FixedGate : public Gate {
  public:
    [[nodiscard]] std::optional<http::Response> check_host(const http::Request&) const override {
        return std::nullopt;
    }
    [[nodiscard]] Admission admit(const http::Request&) override {
        if (access) return *access;
        return std::unexpected(problem(401, "Unauthorized", "sign in first"));
    }
    [[nodiscard]] bool still_admits(const http::Request&) override { return access.has_value(); }
    [[nodiscard]] http::Response answer_session(const http::Request&) override { return {}; }

    std::optional<Access> access;
};

}  // namespace dsdash::dashboard

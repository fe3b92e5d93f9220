#pragma once

#include <expected>
#include <optional>

#include "dashboard/access/access.hpp"
#include "http/message.hpp"

namespace dsdash::dashboard {

/// Who may ask the dashboard what. Any thread may call it.
class Gate {
  public:
    virtual ~Gate() = default;

    /// The answer to a request whose Host header is none of this server's names: another name may
    /// be one that an attacker made resolve to this machine (DNS rebinding), and a page from there
    /// could then read what we answer. Asked before anything else. Nothing: go on.
    [[nodiscard]] virtual std::optional<http::Response> check_host(
        const http::Request& request) const = 0;

    using Admission = std::expected<Access, http::Response>;
    /// For whatever is not public. A refusal is 401, 403, 429 or, when the tokens cannot be read,
    /// 5xx. Refuses what another site's page asks, and writes unless a page of this server or a
    /// script with a token is known to have sent them.
    [[nodiscard]] virtual Admission admit(const http::Request& request) = 0;

    /// Whether a request that was admitted still would be: to be asked time and again while a
    /// stream goes on. Does not prolong a session.
    [[nodiscard]] virtual bool still_admits(const http::Request& request) = 0;

    /// Answers /api/v1/session: GET says who asks, POST {"token"} signs in, DELETE signs out.
    [[nodiscard]] virtual http::Response answer_session(const http::Request& request) = 0;
};

}  // namespace dsdash::dashboard

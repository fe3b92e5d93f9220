#pragma once

#include "dashboard/access/attempt_limit.hpp"
#include "dashboard/access/gate.hpp"
#include "dashboard/access/host_names.hpp"
#include "dashboard/access/sessions.hpp"

namespace dsdash::dashboard {

/// Of a server that strangers reach, over TLS: everybody needs a token, a person to sign in with
/// once, a script with every request. What a token may is looked up at each request, so that a
/// revoked one, and the sessions it began, end at once.
class SignInGate final : public Gate {
  public:
    /// `tokens` and `clock` must outlive it.
    SignInGate(DashboardTokens& tokens, const Clock& clock, HostNames names)
        : tokens_(tokens),
          names_(std::move(names)),
          sessions_(clock),
          sign_ins_(clock),
          bad_tokens_(clock) {}

    [[nodiscard]] std::optional<http::Response> check_host(
        const http::Request& request) const override;
    [[nodiscard]] Admission admit(const http::Request& request) override;
    [[nodiscard]] bool still_admits(const http::Request& request) override;
    [[nodiscard]] http::Response answer_session(const http::Request& request) override;

  private:
    Admission admit_bearer(const http::Request& request, std::string_view token);
    Admission admit_session(const http::Request& request, Sessions::Use use);
    http::Response sign_in(const http::Request& request);
    http::Response sign_out(const http::Request& request);

    DashboardTokens& tokens_;
    const HostNames names_;
    Sessions sessions_;
    AttemptLimit sign_ins_;
    AttemptLimit bad_tokens_;  ///< apart: a script with an old token must lock no person out
};

}  // namespace dsdash::dashboard

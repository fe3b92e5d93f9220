#pragma once

#include "dashboard/access/gate.hpp"

namespace dsdash::dashboard {

/// Of a server that only this machine reaches: whoever asks is its operator, if no other site's
/// page asks through a browser here.
class LoopbackGate final : public Gate {
  public:
    /// `scheme`: http or https, as served.
    explicit LoopbackGate(std::string_view scheme) : scheme_(scheme) {}

    [[nodiscard]] std::optional<http::Response> check_host(
        const http::Request& request) const override;
    [[nodiscard]] Admission admit(const http::Request& request) override;
    [[nodiscard]] bool still_admits(const http::Request&) override { return true; }
    [[nodiscard]] http::Response answer_session(const http::Request& request) override;

  private:
    const std::string scheme_;
};

}  // namespace dsdash::dashboard

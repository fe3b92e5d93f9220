#pragma once

#include <chrono>
#include <memory>

#include "dashboard/access/gate.hpp"

namespace dsdash::dashboard {

/// A stream that ends soon after whoever asked for it would no longer be admitted: signed out, or
/// the token revoked.
class AdmittedStream final : public http::BodyStream {
  public:
    /// How long it goes on at most.
    static constexpr std::chrono::seconds kCheckInterval{1};

    /// `gate` must outlive it.
    AdmittedStream(std::shared_ptr<http::BodyStream> stream, Gate& gate, http::Request request)
        : stream_(std::move(stream)), gate_(gate), request_(std::move(request)) {}

    std::optional<std::string> next() override;

  private:
    const std::shared_ptr<http::BodyStream> stream_;
    Gate& gate_;
    const http::Request request_;
    std::chrono::steady_clock::time_point checked_ = std::chrono::steady_clock::now();
};

}  // namespace dsdash::dashboard

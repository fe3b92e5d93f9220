#pragma once

#include <stop_token>

#include "services/aws_api.hpp"
#include "services/clock.hpp"

namespace dsdash::cli {

/// Another AwsApi until somebody asks to stop: from then on every call is refused with timed_out,
/// and one that is under way ends kCallTimeout after it began at the latest.
class StoppableAwsApi final : public AwsApi {
  public:
    static constexpr std::chrono::seconds kCallTimeout{20};

    StoppableAwsApi(AwsApi& api, const Clock& clock, std::stop_token stop)
        : api_(api), clock_(clock), stop_(std::move(stop)) {}

    Result<json::object> call(std::string_view service, std::string_view operation,
                              const json::object& input) override {
        if (stop_.stop_requested()) return fail(ErrorKind::timed_out, "dsdash is stopping");
        api_.set_deadline(clock_.now() + kCallTimeout);
        return api_.call(service, operation, input);
    }
    [[nodiscard]] const AccountId& account() const override { return api_.account(); }
    [[nodiscard]] const Region& region() const override { return api_.region(); }

  private:
    AwsApi& api_;
    const Clock& clock_;
    std::stop_token stop_;
};

}  // namespace dsdash::cli

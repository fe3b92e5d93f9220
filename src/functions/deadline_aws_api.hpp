#pragma once

#include "services/aws_api.hpp"
#include "services/clock.hpp"

namespace dsdash::functions {

/// Another AwsApi until `deadline`; from then on every call is refused with timed_out.
class DeadlineAwsApi final : public AwsApi {
  public:
    DeadlineAwsApi(AwsApi& api, const Clock& clock, TimePoint deadline)
        : api_(api), clock_(clock), deadline_(deadline) {}

    Result<json::object> call(std::string_view service, std::string_view operation,
                              const json::object& input) override {
        if (clock_.now() >= deadline_) {
            return fail(ErrorKind::timed_out, "the function's time ran out");
        }
        return api_.call(service, operation, input);
    }
    [[nodiscard]] const AccountId& account() const override { return api_.account(); }
    [[nodiscard]] const Region& region() const override { return api_.region(); }

  private:
    AwsApi& api_;
    const Clock& clock_;
    TimePoint deadline_;
};

}  // namespace dsdash::functions

#pragma once

#include "services/aws_api.hpp"
#include "services/clock.hpp"

namespace dsdash::functions {

/// The code of what DeadlineAwsApi refuses or has cut off.
inline constexpr std::string_view kOutOfTime = "FunctionTimeRanOut";

/// Another AwsApi until `deadline`: calls that last longer are cut off there (set_deadline), and
/// from then on every call is refused, both with timed_out (kOutOfTime). Afterwards the other one's
/// deadline is `deadline_afterwards`.
class DeadlineAwsApi final : public AwsApi {
  public:
    DeadlineAwsApi(AwsApi& api, const Clock& clock, TimePoint deadline,
                   TimePoint deadline_afterwards)
        : api_(api), clock_(clock), deadline_(deadline), deadline_afterwards_(deadline_afterwards) {
        api_.set_deadline(deadline);
    }
    ~DeadlineAwsApi() override { api_.set_deadline(deadline_afterwards_); }
    DeadlineAwsApi(const DeadlineAwsApi&) = delete;
    DeadlineAwsApi& operator=(const DeadlineAwsApi&) = delete;

    Result<json::object> call(std::string_view service, std::string_view operation,
                              const json::object& input) override {
        if (clock_.now() >= deadline_) return out_of_time();
        auto answer = api_.call(service, operation, input);
        const bool was_cut_off = !answer && answer.error().kind == ErrorKind::timed_out;
        if (was_cut_off && clock_.now() >= deadline_) return out_of_time();
        return answer;
    }
    [[nodiscard]] const AccountId& account() const override { return api_.account(); }
    [[nodiscard]] const Region& region() const override { return api_.region(); }

  private:
    static Result<json::object> out_of_time() {
        return fail(ErrorKind::timed_out, "the function's time ran out", std::string(kOutOfTime));
    }

    AwsApi& api_;
    const Clock& clock_;
    TimePoint deadline_;
    TimePoint deadline_afterwards_;
};

}  // namespace dsdash::functions

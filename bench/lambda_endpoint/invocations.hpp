#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "domain/json.hpp"
#include "http/message.hpp"

namespace dsdash::bench {

/// The Runtime API for one process: gives it that many invocations, and remembers when each was
/// given and answered, and which calls of AWS it made in between. The last `next` is not answered.
class Invocations {
  public:
    explicit Invocations(std::size_t count) : count_(count) {}

    std::optional<http::Response> answer(const http::Request& request);
    /// The function has made that call of AWS.
    void add_call(std::string call) { calls_.push_back(std::move(call)); }

    /// All were answered and the process waits for another, or one has failed.
    [[nodiscard]] bool ended() const { return ended_; }
    /// Times are nanoseconds of the monotonic clock, which all processes of a machine share:
    /// {"first_asked", "given": […], "answered": […], "calls": those of each invocation, "failure"}
    [[nodiscard]] json::object report() const;

  private:
    std::optional<http::Response> next();
    void check(const http::Request& request);

    std::size_t count_;
    std::optional<std::int64_t> first_asked_;
    std::vector<std::int64_t> given_;
    std::vector<std::int64_t> answered_;
    std::vector<std::string> calls_;        ///< since the invocation was given
    std::vector<std::string> first_calls_;  ///< of the first invocation: so must be all
    std::string failure_;
    bool ended_ = false;
};

}  // namespace dsdash::bench

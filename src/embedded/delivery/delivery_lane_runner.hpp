#pragma once

#include <functional>
#include <span>

#include "embedded/delivery/delivery_dispatch.hpp"

namespace dsdash::embedded {

/// Works off the lanes of deliveries, a batch at a time. Any thread may call it, for a lane that it
/// has claimed.
class LaneRunner {
  public:
    /// `random`: uniform in [0, 1), for the jitter of retries.
    LaneRunner(const DeliveryServices& services, std::function<double()> random)
        : services_(services), random_(std::move(random)) {}

    /// Makes one attempt for each delivery of a claimed lane that is due, up to batch_max(),
    /// records what became of it, and ends the claim. How many attempts were made.
    std::size_t run(Account& account, std::int64_t lane);

  private:
    Result<std::size_t> attempt(Account& account, std::int64_t number);
    Outcome outcome_of(const Lane& lane, const Delivery& delivery, const Result<void>& answer,
                       TimePoint now);

    DeliveryServices services_;
    std::function<double()> random_;
};

}  // namespace dsdash::embedded

#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "domain/result.hpp"
#include "signed_batches.hpp"

namespace dsdash::bench {

struct LoadOptions {
    int connections = 32;
    std::chrono::seconds warm_up{1};  ///< not counted
    std::chrono::seconds duration{10};
};

struct LoadReport {
    std::int64_t acknowledged = 0;  ///< requests, those not counted below included
    std::int64_t requests = 0;      ///< that were answered after the warm-up, in `seconds`
    double seconds = 0;
    std::vector<std::int64_t> latencies_us;  ///< of each of these, sorted
};

/// Keeps one request under way on each connection, all from one thread, for the given time, and
/// waits for the last answers. An error when the server closes a connection, or answers anything
/// but 200 without failed entries.
Result<LoadReport> run_load(const http::Origin& origin, SignedBatches& batches,
                            const LoadOptions& options);

}  // namespace dsdash::bench

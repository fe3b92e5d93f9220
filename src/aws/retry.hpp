#pragma once

#include <chrono>

namespace dsdash::aws {

/// "Standard" mode of AWS's SDKs:
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
inline constexpr int kAttemptsMax = 3;

/// How long to wait after the attempt of that number (from 1): `random` (0 to 1) seconds, twice as
/// much after each further attempt, at most 20 seconds.
[[nodiscard]] std::chrono::milliseconds backoff_delay(int attempt, double random);

}  // namespace dsdash::aws

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "domain/iam_policy.hpp"

/// A policy, asked one question.
// NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto policy = dsdash::IamPolicy::parse({reinterpret_cast<const char*>(data), size});
    if (policy) {
        static_cast<void>(
            policy->allows({.principal_account = "222222222222",
                            .principal_arn = "arn:aws:iam::222222222222:role/extraction",
                            .action = "events:PutEvents",
                            .resource = "arn:aws:events:eu-west-1:111111111111:event-bus/default",
                            .context = {{"aws:PrincipalOrgID", "o-1"}}}));
    }
    return 0;
}

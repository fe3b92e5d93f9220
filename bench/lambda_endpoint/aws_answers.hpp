#pragma once

#include <map>
#include <string>
#include <vector>

#include "domain/json.hpp"
#include "http/message.hpp"

namespace dsdash::bench {

/// What SageMaker and EventBridge answer to the calls of the extraction. It is fixed, and
/// signatures are not looked at: tests do that. The two operations that list have three and four
/// pages with ten items each, as AWS writes them, so that an extraction of three metrics makes 12
/// calls.
class AwsAnswers {
  public:
    AwsAnswers();

    struct Answer {
        http::Response response;
        std::string call;  ///< operation and names of what was given, to compare calls by
    };
    [[nodiscard]] Answer answer(const http::Request& request) const;

  private:
    [[nodiscard]] std::string output(std::string_view target, const json::object& input) const;

    /// By X-Amz-Target.
    std::map<std::string, std::vector<std::string>, std::less<>> pages_;
};

}  // namespace dsdash::bench

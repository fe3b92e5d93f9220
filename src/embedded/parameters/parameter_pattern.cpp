// The regular expression is a stranger's: this engine needs no stack for each character and gives
// up after a number of steps, which std::regex does not. The limit keeps a search below 0.1 s.
#define BOOST_REGEX_MAX_STATE_COUNT 1'000'000
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"  // the library casts the limit so
#include <boost/regex.hpp>
#pragma GCC diagnostic pop

#include <stdexcept>
#include <string>

#include "embedded/parameters/parameter_rules.hpp"

namespace dsdash::embedded {

namespace {

constexpr std::size_t kPatternBytesMax = 1'024;

}  // namespace

Result<void> check_allowed_pattern(std::string_view pattern, std::string_view value) {
    if (pattern.size() > kPatternBytesMax) {
        return fail(ErrorKind::malformed_input,
                    "AllowedPattern must be at most 1024 characters long", "ValidationException");
    }
    boost::regex expression;
    try {
        expression.assign(pattern.begin(), pattern.end(), boost::regex::perl);
    } catch (const std::runtime_error&) {
        return fail(ErrorKind::malformed_input,
                    "The pattern " + std::string(pattern) + " is not valid.",
                    "InvalidAllowedPatternException");
    }
    bool matches = false;
    try {
        matches = boost::regex_search(value.begin(), value.end(), expression);
    } catch (const std::runtime_error&) {
        return fail(ErrorKind::malformed_input,
                    "Matching AllowedPattern against the value takes too long",
                    "ParameterPatternMismatchException");
    }
    if (!matches) {
        return fail(
            ErrorKind::malformed_input,
            "Parameter value, cannot be validated against allowedPattern: " + std::string(pattern),
            "ParameterPatternMismatchException");
    }
    return {};
}

}  // namespace dsdash::embedded

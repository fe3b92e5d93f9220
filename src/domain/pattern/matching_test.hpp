#pragma once

#include <string>
#include <string_view>

#include "domain/event_pattern.hpp"

/// What the tests of the operators ask.
namespace dsdash::pattern {

inline bool matches(std::string_view pattern, std::string_view event) {
    return EventPattern::parse(pattern).value().matches(*parse_json_object(event));
}

/// Whether the field "a" with the one alternative `expression` takes the value `value`.
inline bool takes(std::string_view expression, std::string_view value) {
    return matches(R"({"a":[)" + std::string(expression) + "]}",
                   R"({"a":)" + std::string(value) + "}");
}

/// The reason why a pattern is refused, with its position; "accepted" when it is not.
inline std::string refusal(std::string_view pattern) {
    const auto parsed = EventPattern::parse(pattern);
    if (parsed) {
        return "accepted";
    }
    constexpr std::string_view kStart = "Event pattern is not valid. Reason: ";
    const auto& error = parsed.error();
    const bool proper = error.kind == ErrorKind::malformed_input &&
                        error.code == "InvalidEventPatternException" &&
                        error.message.starts_with(kStart);
    return proper ? error.message.substr(kStart.size()) : "not as an event pattern is refused";
}

/// The reason why the field "a" with the alternative `expression` is refused, without its position.
inline std::string expression_refusal(std::string_view expression) {
    const auto reason = refusal(R"({"a":[)" + std::string(expression) + "]}");
    return reason.substr(0, reason.find(" at line "));
}

}  // namespace dsdash::pattern

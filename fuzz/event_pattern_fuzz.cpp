#include <cstddef>
#include <cstdint>
#include <string_view>

#include "domain/event_pattern.hpp"

/// A pattern, a line feed, an event.
// NOLINTNEXTLINE(readability-identifier-naming): the name libFuzzer calls
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const auto line_end = input.find('\n');
    const auto pattern = dsdash::EventPattern::parse(input.substr(0, line_end));
    if (!pattern || line_end == std::string_view::npos) {
        return 0;
    }
    if (const auto event = dsdash::parse_json_object(input.substr(line_end + 1))) {
        static_cast<void>(pattern->matches(*event));
    }
    return 0;
}

#include "domain/pattern/source.hpp"

#include <fmt/format.h>

#include "domain/json_text.hpp"

namespace dsdash::pattern {

std::unexpected<Error> Source::refuse(std::string_view part, std::string_view reason) const {
    const auto offset = static_cast<std::size_t>(part.data() - text_.data());
    return fail(ErrorKind::malformed_input,
                fmt::format("Event pattern is not valid. Reason: {} at {}", reason,
                            describe_position(text_, offset)),
                "InvalidEventPatternException");
}

}  // namespace dsdash::pattern

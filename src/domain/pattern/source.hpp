#pragma once

#include <expected>
#include <string_view>

#include "domain/result.hpp"

namespace dsdash::pattern {

/// The text of a pattern while it is compiled. All parts of it are slices of the text, so that a
/// complaint about one can say where it stands. The text must outlive this.
class Source {
  public:
    explicit Source(std::string_view text) : text_(text) {}

    [[nodiscard]] std::string_view text() const { return text_; }
    /// The error InvalidEventPatternException about `part`, a slice of the text.
    [[nodiscard]] std::unexpected<Error> refuse(std::string_view part,
                                                std::string_view reason) const;

  private:
    std::string_view text_;
};

[[nodiscard]] inline bool is_object(std::string_view part) {
    return part.starts_with('{');
}
[[nodiscard]] inline bool is_array(std::string_view part) {
    return part.starts_with('[');
}
[[nodiscard]] inline bool is_string(std::string_view part) {
    return part.starts_with('"');
}
[[nodiscard]] inline bool is_number(std::string_view part) {
    return !part.empty() && (part.front() == '-' || (part.front() >= '0' && part.front() <= '9'));
}

}  // namespace dsdash::pattern

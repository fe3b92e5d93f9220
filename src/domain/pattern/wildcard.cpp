#include <fmt/format.h>

#include <vector>

#include "domain/json_text.hpp"
#include "domain/pattern/operators.hpp"

namespace dsdash::pattern {

namespace {

/// The texts between the stars, which must follow one another in a match; the first and the last
/// one at its ends.
class Wildcard : public StringMatcher {
  public:
    explicit Wildcard(std::vector<std::string> pieces) : pieces_(std::move(pieces)) {}

  private:
    [[nodiscard]] bool matches_string(std::string_view text) const override {
        if (pieces_.size() == 1) {
            return text == pieces_.front();
        }
        if (!text.starts_with(pieces_.front())) {
            return false;
        }
        text.remove_prefix(pieces_.front().size());
        // The earliest place for each piece leaves the most for those after it.
        for (std::size_t i = 1; i + 1 < pieces_.size(); ++i) {
            const auto found = text.find(pieces_[i]);
            if (found == std::string_view::npos) {
                return false;
            }
            text.remove_prefix(found + pieces_[i].size());
        }
        return text.ends_with(pieces_.back());
    }

    std::vector<std::string> pieces_;
};

}  // namespace

Result<ValueMatcherPtr> parse_wildcard(const Source& source, std::string_view operand) {
    if (!is_string(operand)) {
        return source.refuse(operand, "wildcard match pattern must be a string");
    }
    const auto text = decode_json_string(operand);
    const auto at = [&](std::size_t i) { return i < text.size() ? text[i] : '\0'; };
    // event-ruler counts the opening quote too, and its positions are what people know.
    const auto refuse_at = [&](std::size_t i, std::string_view problem) {
        return source.refuse(operand, fmt::format("{} at pos {}", problem, i + 1));
    };
    std::vector<std::string> pieces(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '*') {
            if (at(i + 1) == '*') {
                return refuse_at(i, "Consecutive wildcard characters");
            }
            pieces.emplace_back();
        } else if (text[i] == '\\') {
            if (at(i + 1) != '*' && at(i + 1) != '\\') {
                return refuse_at(i, "Invalid escape character");
            }
            pieces.back().push_back(text[++i]);
        } else {
            pieces.back().push_back(text[i]);
        }
    }
    return std::make_shared<Wildcard>(std::move(pieces));
}

}  // namespace dsdash::pattern

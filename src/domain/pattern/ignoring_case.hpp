#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace dsdash::pattern {

/// A text to find regardless of case. As in EventBridge, each of its characters stands for what it
/// becomes in lower case or in upper case, one or more characters ("ß" stands for "ß" and "SS").
/// Characters beyond U+FFFF stand for themselves. Texts are UTF-8.
class IgnoringCase {
  public:
    explicit IgnoringCase(std::string_view wanted);

    [[nodiscard]] bool equals(std::string_view text) const;
    [[nodiscard]] bool starts(std::string_view text) const;
    [[nodiscard]] bool ends(std::string_view text) const;

  private:
    struct Letter {
        std::string lower;
        std::string upper;
    };
    [[nodiscard]] bool take_from_start(std::string_view& text) const;

    std::vector<Letter> letters_;
};

}  // namespace dsdash::pattern

#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "domain/pattern/value_matcher.hpp"

namespace dsdash::pattern {

/// What a pattern accepts for one field: any of these.
struct Alternatives {
    std::vector<ValueMatcherPtr> values;
    bool absence = false;  ///< {"exists": false}
};

/// A field that a pattern names. Its path is the keys from the root, joined by dots; as a key may
/// itself hold dots, "d.a" is found under {"d.a": …} as well as under {"d": {"a": …}}.
class Field {
  public:
    Field(std::string path, Alternatives alternatives);

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] bool accepts_absence() const { return alternatives_.absence; }
    [[nodiscard]] bool accepts(const boost::json::value& leaf) const;

    /// The places where a key can end: before each dot, and at the end of the path.
    [[nodiscard]] std::size_t key_ends() const { return key_ends_.size(); }
    /// The key from behind the end before `first` up to the end `last`.
    [[nodiscard]] std::string_view key(std::size_t first, std::size_t last) const;
    /// The path up to the key end `last`.
    [[nodiscard]] std::string_view path_to(std::size_t last) const;

  private:
    std::string path_;
    std::vector<std::size_t> key_ends_;
    Alternatives alternatives_;
};

using FieldPtr = std::shared_ptr<const Field>;

}  // namespace dsdash::pattern

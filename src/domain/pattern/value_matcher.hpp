#pragma once

#include <boost/json/value.hpp>
#include <memory>
#include <string_view>

namespace dsdash::pattern {

/// What a pattern asks of one leaf of an event: a string, a number, a boolean or null. Immutable.
class ValueMatcher {
  public:
    virtual ~ValueMatcher() = default;
    [[nodiscard]] virtual bool matches(const boost::json::value& leaf) const = 0;
};

using ValueMatcherPtr = std::shared_ptr<const ValueMatcher>;

/// One that no number, boolean or null can satisfy.
class StringMatcher : public ValueMatcher {
  public:
    [[nodiscard]] bool matches(const boost::json::value& leaf) const final {
        const auto* string = leaf.if_string();
        return string != nullptr && matches_string({string->data(), string->size()});
    }

  private:
    [[nodiscard]] virtual bool matches_string(std::string_view text) const = 0;
};

}  // namespace dsdash::pattern

#include "domain/pattern/affix.hpp"
#include "domain/pattern/ignoring_case.hpp"
#include "domain/pattern/operators.hpp"

namespace dsdash::pattern {

namespace {

class HasPrefix : public StringMatcher {
  public:
    explicit HasPrefix(std::string prefix) : prefix_(std::move(prefix)) {}

  private:
    [[nodiscard]] bool matches_string(std::string_view text) const override {
        return text.starts_with(prefix_);
    }
    std::string prefix_;
};

class HasPrefixIgnoringCase : public StringMatcher {
  public:
    explicit HasPrefixIgnoringCase(std::string_view prefix) : prefix_(prefix) {}

  private:
    [[nodiscard]] bool matches_string(std::string_view text) const override {
        return prefix_.starts(text);
    }
    IgnoringCase prefix_;
};

}  // namespace

Result<ValueMatcherPtr> parse_prefix(const Source& source, std::string_view operand) {
    auto affix = parse_affix(source, "prefix", operand);
    if (!affix) {
        return std::unexpected(std::move(affix.error()));
    }
    if (affix->ignore_case) {
        return std::make_shared<HasPrefixIgnoringCase>(affix->text);
    }
    return std::make_shared<HasPrefix>(std::move(affix->text));
}

}  // namespace dsdash::pattern

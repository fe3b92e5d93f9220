#include "domain/pattern/affix.hpp"
#include "domain/pattern/ignoring_case.hpp"
#include "domain/pattern/operators.hpp"

namespace dsdash::pattern {

namespace {

class HasSuffix : public StringMatcher {
  public:
    explicit HasSuffix(std::string suffix) : suffix_(std::move(suffix)) {}

  private:
    [[nodiscard]] bool matches_string(std::string_view text) const override {
        return text.ends_with(suffix_);
    }
    std::string suffix_;
};

class HasSuffixIgnoringCase : public StringMatcher {
  public:
    explicit HasSuffixIgnoringCase(std::string_view suffix) : suffix_(suffix) {}

  private:
    [[nodiscard]] bool matches_string(std::string_view text) const override {
        return suffix_.ends(text);
    }
    IgnoringCase suffix_;
};

}  // namespace

Result<ValueMatcherPtr> parse_suffix(const Source& source, std::string_view operand) {
    auto affix = parse_affix(source, "suffix", operand);
    if (!affix) {
        return std::unexpected(std::move(affix.error()));
    }
    if (affix->ignore_case) {
        return std::make_shared<HasSuffixIgnoringCase>(affix->text);
    }
    return std::make_shared<HasSuffix>(std::move(affix->text));
}

}  // namespace dsdash::pattern

#include "domain/json_text.hpp"
#include "domain/pattern/ignoring_case.hpp"
#include "domain/pattern/operators.hpp"

namespace dsdash::pattern {

namespace {

class EqualIgnoringCase : public StringMatcher {
  public:
    explicit EqualIgnoringCase(std::string_view wanted) : wanted_(wanted) {}

  private:
    [[nodiscard]] bool matches_string(std::string_view text) const override {
        return wanted_.equals(text);
    }
    IgnoringCase wanted_;
};

}  // namespace

Result<ValueMatcherPtr> parse_equals_ignore_case(const Source& source, std::string_view operand) {
    if (!is_string(operand)) {
        return source.refuse(operand, "equals-ignore-case match pattern must be a string");
    }
    return std::make_shared<EqualIgnoringCase>(decode_json_string(operand));
}

}  // namespace dsdash::pattern

#include "domain/pattern/operators.hpp"

namespace dsdash::pattern {

namespace {

class AnyValue : public ValueMatcher {
  public:
    [[nodiscard]] bool matches(const boost::json::value&) const override { return true; }
};

}  // namespace

ValueMatcherPtr any_value() {
    return std::make_shared<AnyValue>();
}

Result<bool> parse_exists(const Source& source, std::string_view operand) {
    if (operand != "true" && operand != "false") {
        return source.refuse(operand, "exists match pattern must be either true or false.");
    }
    return operand == "true";
}

}  // namespace dsdash::pattern

#include <fmt/format.h>

#include <limits>

#include "domain/json_text.hpp"
#include "domain/pattern/number.hpp"
#include "domain/pattern/operators.hpp"

namespace dsdash::pattern {

namespace {

/// One end of a range. Without a bound the limit is infinite, and no number lies on it.
struct Bound {
    double limit;
    bool inclusive;
};

constexpr double kInfinity = std::numeric_limits<double>::infinity();

class InRange : public ValueMatcher {
  public:
    InRange(Bound bottom, Bound top) : bottom_(bottom), top_(top) {}

    [[nodiscard]] bool matches(const boost::json::value& leaf) const override {
        const auto number = comparable_leaf(leaf);
        return number && (*number > bottom_.limit || is_on(bottom_, *number)) &&
               (*number < top_.limit || is_on(top_, *number));
    }

  private:
    static bool is_on(const Bound& bound, double number) {
        return bound.inclusive && number == bound.limit;
    }

    Bound bottom_;
    Bound top_;
};

/// Reads the terms of a range from left to right.
class RangeParser {
  public:
    RangeParser(const Source& source, std::string_view operand)
        : source_(source), operand_(operand), terms_(operand) {}

    Result<ValueMatcherPtr> parse() {
        const auto term = terms_.next();
        if (!term || !is_string(*term)) {
            return source_.refuse(term.value_or(operand_), "Invalid member in numeric match");
        }
        const auto op = decode_json_string(*term);
        if (op == "=") {
            return parse_equal();
        }
        if (op == ">" || op == ">=") {
            return parse_from(op);
        }
        if (op == "<" || op == "<=") {
            return finish({-kInfinity, false}, op);
        }
        return source_.refuse(*term, "Unrecognized numeric range operator: " + op);
    }

  private:
    Result<double> number_after(std::string_view name) {
        const auto term = terms_.next();
        if (!term || !is_number(*term)) {
            return source_.refuse(term.value_or(operand_),
                                  fmt::format("Value of {} must be numeric", name));
        }
        const auto number = comparable_double(*term);
        if (!number) {
            return source_.refuse(*term, fmt::format("Cannot compare number : {}", *term));
        }
        return *number;
    }

    Result<ValueMatcherPtr> parse_equal() {
        const auto number = number_after("equals");
        if (!number) {
            return std::unexpected(number.error());
        }
        return complete({*number, true}, {*number, true});
    }

    Result<ValueMatcherPtr> parse_from(std::string_view op) {
        const auto number = number_after(op);
        if (!number) {
            return std::unexpected(number.error());
        }
        const Bound bottom{*number, op == ">="};
        const auto term = terms_.next();
        if (!term) {
            return complete(bottom, {kInfinity, false});
        }
        if (!is_string(*term)) {
            return source_.refuse(*term, fmt::format("Bad value in numeric range: {}", *term));
        }
        const auto upper_op = decode_json_string(*term);
        if (upper_op != "<" && upper_op != "<=") {
            return source_.refuse(*term, "Bad numeric range operator: " + upper_op);
        }
        return finish(bottom, upper_op);
    }

    Result<ValueMatcherPtr> finish(Bound bottom, std::string_view upper_op) {
        const auto number = number_after(upper_op);
        if (!number) {
            return std::unexpected(number.error());
        }
        if (*number <= bottom.limit) {
            return source_.refuse(operand_, "Bottom must be less than top");
        }
        return complete(bottom, {*number, upper_op == "<="});
    }

    Result<ValueMatcherPtr> complete(Bound bottom, Bound top) {
        if (const auto term = terms_.next()) {
            return source_.refuse(*term, "Too many elements in numeric expression");
        }
        return std::make_shared<InRange>(bottom, top);
    }

    const Source& source_;
    std::string_view operand_;
    JsonElements terms_;
};

}  // namespace

Result<ValueMatcherPtr> parse_numeric(const Source& source, std::string_view operand) {
    if (!is_array(operand)) {
        return source.refuse(operand, "Value of numeric must be an array.");
    }
    return RangeParser(source, operand).parse();
}

}  // namespace dsdash::pattern

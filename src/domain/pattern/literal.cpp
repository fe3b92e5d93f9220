#include <boost/json/parse.hpp>
#include <optional>

#include "domain/json_text.hpp"
#include "domain/pattern/ip_network.hpp"
#include "domain/pattern/number.hpp"
#include "domain/pattern/operators.hpp"

namespace dsdash::pattern {

namespace {

namespace json = boost::json;

class EqualString : public StringMatcher {
  public:
    explicit EqualString(std::string wanted) : wanted_(std::move(wanted)) {}

  private:
    [[nodiscard]] bool matches_string(std::string_view text) const override {
        return text == wanted_;
    }
    std::string wanted_;
};

class EqualNumber : public ValueMatcher {
  public:
    explicit EqualNumber(std::string_view text)
        : comparable_(comparable_double(text)), wanted_(json::parse({text.data(), text.size()})) {}

    /// By value if it can be compared (300 is 3.0e2), else as it is written: an account id of many
    /// digits is no other one that has the same double.
    [[nodiscard]] bool matches(const json::value& leaf) const override {
        if (!leaf.is_number()) {
            return false;
        }
        return comparable_ ? comparable_leaf(leaf) == comparable_ : leaf == wanted_;
    }

  private:
    std::optional<double> comparable_;
    json::value wanted_;
};

class EqualBool : public ValueMatcher {
  public:
    explicit EqualBool(bool wanted) : wanted_(wanted) {}
    [[nodiscard]] bool matches(const json::value& leaf) const override {
        const auto* actual = leaf.if_bool();
        return actual != nullptr && *actual == wanted_;
    }

  private:
    bool wanted_;
};

class IsNull : public ValueMatcher {
  public:
    [[nodiscard]] bool matches(const json::value& leaf) const override { return leaf.is_null(); }
};

}  // namespace

Result<ValueMatcherPtr> parse_literal(const Source& source, std::string_view operand) {
    if (is_string(operand)) {
        auto text = decode_json_string(operand);
        // An address equals itself in every spelling: "::1" is "0:0:0:0:0:0:0:1".
        if (const auto address = IpAddress::parse(text)) {
            return std::make_shared<IpNetworkMatcher>(IpNetwork::of_one(*address));
        }
        return std::make_shared<EqualString>(std::move(text));
    }
    if (is_number(operand)) {
        return std::make_shared<EqualNumber>(operand);
    }
    if (operand == "true" || operand == "false") {
        return std::make_shared<EqualBool>(operand == "true");
    }
    if (operand == "null") {
        return std::make_shared<IsNull>();
    }
    return source.refuse(operand, "Match value must be String, number, true, false, or null");
}

Result<ValueMatcherPtr> parse_exactly(const Source& source, std::string_view operand) {
    if (!is_string(operand)) {
        return source.refuse(operand, "exact match pattern must be a string");
    }
    return std::make_shared<EqualString>(decode_json_string(operand));
}

}  // namespace dsdash::pattern

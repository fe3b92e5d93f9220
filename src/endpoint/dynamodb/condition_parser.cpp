#include "endpoint/dynamodb/condition_parser.hpp"

#include <fmt/format.h>

#include <array>

#include "endpoint/dynamodb/condition_rules.hpp"
#include "endpoint/dynamodb/errors.hpp"
#include "endpoint/dynamodb/expression_reader.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

constexpr int kOperatorsMax = 300;  // developer guide, "Quotas"

constexpr std::array kComparators{
    NodeKind::less_or_equal,    NodeKind::not_equal, NodeKind::less,
    NodeKind::greater_or_equal, NodeKind::equal,     NodeKind::greater,
};

constexpr std::array kFunctions{
    NodeKind::attribute_exists, NodeKind::attribute_not_exists,
    NodeKind::attribute_type,   NodeKind::begins_with,
    NodeKind::contains,         NodeKind::size,
};

/// By recursive descent: OR binds weakest, then AND, then NOT.
class ConditionParser {
  public:
    explicit ConditionParser(ExpressionReader& reader) : reader_(reader) {}

    Node parse() {
        auto node = parse_or();
        check_is_condition(node, reader_);
        return node;
    }

  private:
    Node parse_or() { return parse_chain(NodeKind::logical_or, &ConditionParser::parse_and); }
    Node parse_and() { return parse_chain(NodeKind::logical_and, &ConditionParser::parse_not); }

    /// One condition, or several joined by `kind`.
    Node parse_chain(NodeKind kind, Node (ConditionParser::*parse_part)()) {
        auto first = (this->*parse_part)();
        if (!reader_.at_keyword(spelling_of(kind))) return first;
        Node chain{kind};
        check_is_condition(first, reader_);
        chain.operands.push_back(std::move(first));
        while (reader_.accept_keyword(spelling_of(kind))) {
            count_operator();
            chain.operands.push_back((this->*parse_part)());
            check_is_condition(chain.operands.back(), reader_);
        }
        return chain;
    }

    Node parse_not() {
        if (!reader_.accept_keyword("NOT")) return parse_primary();
        count_operator();
        Node negation{NodeKind::logical_not};
        negation.operands.push_back(parse_not());
        check_is_condition(negation.operands.back(), reader_);
        return negation;
    }

    Node parse_primary() {
        if (!reader_.at_symbol("(")) return parse_comparison();
        const auto begin = reader_.position();
        reader_.take();
        // Each pair of parentheses costs a level of the stack, as an operator does.
        count_operator();
        auto node = parse_or();
        if (group_begin_ == begin + 1 && group_end_ == reader_.position()) {
            reader_.flag(Flaw::redundant_parentheses, "The expression has redundant parentheses;");
        }
        reader_.expect_symbol(")");
        group_begin_ = begin;
        group_end_ = reader_.position();
        return node;
    }

    Node parse_comparison() {
        auto left = parse_operand();
        for (const auto kind : kComparators) {
            if (!reader_.accept_symbol(spelling_of(kind))) continue;
            count_operator();
            Node node{kind};
            node.operands.push_back(std::move(left));
            node.operands.push_back(parse_operand());
            check_comparison(node, reader_);
            return node;
        }
        if (reader_.accept_keyword("BETWEEN")) return parse_between(std::move(left));
        if (reader_.accept_keyword("IN")) return parse_in(std::move(left));
        if (!is_function(left.kind)) reader_.fail_here();
        return left;
    }

    Node parse_between(Node subject) {
        count_operator();
        Node node{NodeKind::between};
        node.operands.push_back(std::move(subject));
        node.operands.push_back(parse_operand());
        reader_.expect_keyword("AND");
        node.operands.push_back(parse_operand());
        check_between(node, reader_);
        return node;
    }

    Node parse_in(Node subject) {
        count_operator();
        Node node{NodeKind::in};
        node.operands.push_back(std::move(subject));
        reader_.expect_symbol("(");
        parse_operands(node);
        check_in(node, reader_);
        return node;
    }

    /// Operands separated by commas, to the closing parenthesis.
    void parse_operands(Node& node) {
        do {
            node.operands.push_back(parse_operand());
        } while (reader_.accept_symbol(","));
        reader_.expect_symbol(")");
    }

    Node parse_operand() {
        const auto& token = reader_.peek();
        if (token.kind == TokenKind::value) return {NodeKind::value, {}, reader_.read_value()};
        if (token.kind == TokenKind::word && reader_.at_symbol("(", 1)) return parse_function();
        return {NodeKind::path, reader_.read_path()};
    }

    Node parse_function() {
        count_operator();
        const auto name = reader_.take().text;
        Node node{NodeKind::contains};
        bool is_known = false;
        for (const auto kind : kFunctions) {
            if (spelling_of(kind) != name) continue;
            node.kind = kind;
            is_known = true;
        }
        reader_.expect_symbol("(");
        // A function as a function's operand is refused, but only once it is read.
        parse_operands(node);
        if (is_known) {
            check_function(node, reader_);
        } else {
            reader_.flag(Flaw::unknown_function,
                         fmt::format("Invalid function name; function: {}", name));
        }
        return node;
    }

    void count_operator() {
        if (++operators_ > kOperatorsMax) {
            reader_.refuse(
                fmt::format("The expression contains too many operators and functions; "
                            "at most {} are allowed",
                            kOperatorsMax));
        }
    }

    ExpressionReader& reader_;
    int operators_ = 0;
    // The last pair of parentheses that was closed, in tokens.
    std::size_t group_begin_ = 0;
    std::size_t group_end_ = 0;
};

}  // namespace

Result<Node> parse_condition(std::string_view expression, Placeholders& placeholders) {
    auto reader = ExpressionReader::open(expression, placeholders);
    if (!reader) return std::unexpected(reader.error());
    auto node = ConditionParser(*reader).parse();
    if (auto finished = reader->finish(); !finished) return std::unexpected(finished.error());
    return node;
}

}  // namespace dsdash::endpoint::dynamodb

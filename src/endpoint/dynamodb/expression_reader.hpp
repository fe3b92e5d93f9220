#pragma once

#include <array>
#include <optional>

#include "endpoint/dynamodb/expression.hpp"
#include "endpoint/dynamodb/expression_lexer.hpp"
#include "endpoint/dynamodb/placeholders.hpp"

namespace dsdash::endpoint::dynamodb {

/// What can be wrong with an expression that is well formed. An expression with several flaws is
/// refused for the first of this order, as DynamoDB does.
enum class Flaw {
    redundant_parentheses,
    unknown_function,
    misused_function,
    reserved_word,
    undefined_placeholder,
    operand_count,
    operands_not_distinct,
    operand_type,
    conflicting_paths,
};

/// Takes an expression apart from the left, for the parsers of conditions and projections. After
/// the first syntax error nothing matches any more, so that only the end has to be asked.
class ExpressionReader {
  public:
    /// ValidationException for what is no sequence of tokens, is empty, or exceeds 4 KB. The
    /// expression and `placeholders` must live as long as the reader.
    static Result<ExpressionReader> open(std::string_view expression, Placeholders& placeholders);

    [[nodiscard]] const Token& peek(std::size_t ahead = 0) const;
    [[nodiscard]] bool at_symbol(std::string_view symbol, std::size_t ahead = 0) const;
    [[nodiscard]] bool at_keyword(std::string_view upper_case) const;
    bool accept_symbol(std::string_view symbol);
    bool accept_keyword(std::string_view upper_case);
    void expect_symbol(std::string_view symbol);
    void expect_keyword(std::string_view upper_case);
    Token take();
    /// How many tokens were taken.
    [[nodiscard]] std::size_t position() const { return position_; }

    Path read_path();
    /// The value of the placeholder that stands here; nullptr (and a flaw) when it is not defined.
    const json::value* read_value();

    /// The token that stands here cannot stand here.
    void fail_here();
    void flag(Flaw flaw, std::string message);
    /// Refuses the expression outright: a bound is exceeded.
    void refuse(std::string message);
    /// ValidationException unless the expression was read to its end and has no flaw.
    [[nodiscard]] Result<void> finish();

  private:
    static constexpr std::size_t kFlaws = static_cast<std::size_t>(Flaw::conflicting_paths) + 1;

    ExpressionReader(std::string_view expression, std::vector<Token> tokens,
                     Placeholders& placeholders)
        : expression_(expression), tokens_(std::move(tokens)), placeholders_(&placeholders) {}
    PathStep read_name();
    PathStep read_index();

    std::string_view expression_;
    std::vector<Token> tokens_;
    Placeholders* placeholders_;
    std::size_t position_ = 0;
    std::optional<std::string> failure_;
    std::array<std::optional<std::string>, kFlaws> flaws_;
};

}  // namespace dsdash::endpoint::dynamodb

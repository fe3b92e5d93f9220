#include "endpoint/dynamodb/expression_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "endpoint/dynamodb/attribute_value.hpp"
#include "endpoint/dynamodb/errors.hpp"
#include "endpoint/dynamodb/reserved_words.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

constexpr std::size_t kExpressionBytesMax = 4'096;  // developer guide, "Quotas"
constexpr std::size_t kListIndexMax = 1'000'000;    // an item of 400 KB has fewer elements

bool equals_ignoring_case(std::string_view text, std::string_view upper_case) {
    return std::ranges::equal(text, upper_case, [](char c, char upper) {
        return (c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c) == upper;
    });
}

}  // namespace

Result<ExpressionReader> ExpressionReader::open(std::string_view expression,
                                                Placeholders& placeholders) {
    if (expression.empty()) return invalid("The expression can not be empty;");
    if (expression.size() > kExpressionBytesMax) {
        return invalid(fmt::format(
            "Expression size has exceeded the maximum allowed size; expression size: {}",
            expression.size()));
    }
    auto tokens = read_tokens(expression);
    if (!tokens) return std::unexpected(tokens.error());
    return ExpressionReader(expression, *std::move(tokens), placeholders);
}

const Token& ExpressionReader::peek(std::size_t ahead) const {
    return tokens_[std::min(position_ + ahead, tokens_.size() - 1)];
}

bool ExpressionReader::at_symbol(std::string_view symbol, std::size_t ahead) const {
    const auto& token = peek(ahead);
    return token.kind == TokenKind::symbol && token.text == symbol;
}

bool ExpressionReader::at_keyword(std::string_view upper_case) const {
    return peek().kind == TokenKind::word && equals_ignoring_case(peek().text, upper_case);
}

bool ExpressionReader::accept_symbol(std::string_view symbol) {
    if (!at_symbol(symbol)) return false;
    take();
    return true;
}

bool ExpressionReader::accept_keyword(std::string_view upper_case) {
    if (!at_keyword(upper_case)) return false;
    take();
    return true;
}

void ExpressionReader::expect_symbol(std::string_view symbol) {
    if (!accept_symbol(symbol)) fail_here();
}

void ExpressionReader::expect_keyword(std::string_view upper_case) {
    if (!accept_keyword(upper_case)) fail_here();
}

Token ExpressionReader::take() {
    const auto token = peek();
    if (token.kind != TokenKind::end) ++position_;
    return token;
}

Path ExpressionReader::read_path() {
    Path path{read_name()};
    while (true) {
        if (accept_symbol(".")) {
            path.push_back(read_name());
        } else if (accept_symbol("[")) {
            path.push_back(read_index());
            expect_symbol("]");
        } else {
            break;
        }
    }
    if (path.size() > static_cast<std::size_t>(kNestingMax)) {
        refuse(fmt::format("The document path has too many nesting elements; nesting levels: {}",
                           path.size()));
    }
    return path;
}

PathStep ExpressionReader::read_name() {
    const auto& token = peek();
    if (token.kind == TokenKind::word) {
        if (is_reserved(token.text)) {
            flag(Flaw::reserved_word,
                 fmt::format("Attribute name is a reserved keyword; reserved keyword: {}",
                             token.text));
        }
        return std::string(take().text);
    }
    if (token.kind != TokenKind::name) {
        fail_here();
        return std::string();
    }
    const auto* name = placeholders_->name(token.text);
    if (name == nullptr) {
        flag(Flaw::undefined_placeholder,
             fmt::format("An expression attribute name used in the document path is not defined; "
                         "attribute name: {}",
                         token.text));
    }
    take();
    return name == nullptr ? std::string() : *name;
}

PathStep ExpressionReader::read_index() {
    if (peek().kind != TokenKind::number) {
        fail_here();
        return std::size_t{0};
    }
    const auto digits = take().text;
    std::size_t index = 0;
    const auto parsed = std::from_chars(digits.data(), digits.data() + digits.size(), index);
    if (parsed.ec != std::errc{} || index > kListIndexMax) {
        refuse(fmt::format("List index is not within the allowable range; index: [{}]", digits));
    }
    return index;
}

const json::value* ExpressionReader::read_value() {
    const auto token = take();
    const auto* value = placeholders_->value(token.text);
    if (value == nullptr) {
        flag(Flaw::undefined_placeholder,
             fmt::format("An expression attribute value used in expression is not defined; "
                         "attribute value: {}",
                         token.text));
    }
    return value;
}

void ExpressionReader::fail_here() {
    refuse(describe_syntax_error(expression_, tokens_, position_));
}

void ExpressionReader::flag(Flaw flaw, std::string message) {
    auto& kept = flaws_.at(static_cast<std::size_t>(flaw));
    if (!kept) kept = std::move(message);
}

void ExpressionReader::refuse(std::string message) {
    if (!failure_) failure_ = std::move(message);
    position_ = tokens_.size() - 1;
}

Result<void> ExpressionReader::finish() {
    if (!failure_ && peek().kind != TokenKind::end) fail_here();
    if (failure_) return invalid(*failure_);
    for (const auto& flaw : flaws_) {
        if (flaw) return invalid(*flaw);
    }
    return {};
}

}  // namespace dsdash::endpoint::dynamodb

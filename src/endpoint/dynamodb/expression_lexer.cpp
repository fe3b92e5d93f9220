#include "endpoint/dynamodb/expression_lexer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "endpoint/dynamodb/errors.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_word(char c) {
    return is_letter(c) || is_digit(c) || c == '_';
}
bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::size_t count_while(std::string_view text, bool (*matches)(char)) {
    return static_cast<std::size_t>(std::ranges::find_if_not(text, matches) - text.begin());
}

/// The token that `text`, which is not empty and does not begin with white space, begins with; of
/// no size when there is none.
Token next_token(std::string_view text) {
    const char first = text.front();
    const auto token = [&](TokenKind kind, std::size_t size) {
        return Token{kind, text.substr(0, size), 0};
    };
    if (is_letter(first) || first == '_') {
        return token(TokenKind::word, count_while(text, is_word));
    }
    if (is_digit(first)) return token(TokenKind::number, count_while(text, is_digit));
    if (first == '#' || first == ':') {
        const auto size = 1 + count_while(text.substr(1), is_word);
        return token(first == '#' ? TokenKind::name : TokenKind::value, size > 1 ? size : 0);
    }
    for (const std::string_view symbol :
         {"<>", "<=", ">=", "<", ">", "=", "(", ")", "[", "]", ",", "."}) {
        if (text.starts_with(symbol)) return token(TokenKind::symbol, symbol.size());
    }
    return token(TokenKind::symbol, 0);
}

}  // namespace

Result<std::vector<Token>> read_tokens(std::string_view expression) {
    std::vector<Token> tokens;
    std::size_t at = 0;
    while (true) {
        at += count_while(expression.substr(at), is_space);
        if (at == expression.size()) break;
        auto token = next_token(expression.substr(at));
        token.offset = at;
        if (token.text.empty()) {
            token.text = expression.substr(at, 1);
            tokens.push_back(token);
            return invalid(describe_syntax_error(expression, tokens, tokens.size() - 1));
        }
        tokens.push_back(token);
        at += token.text.size();
    }
    tokens.push_back({TokenKind::end, "<EOF>", expression.size()});
    return tokens;
}

std::string describe_syntax_error(std::string_view expression, const std::vector<Token>& tokens,
                                  std::size_t index) {
    const auto end_of = [](const Token& token) {
        return token.kind == TokenKind::end ? token.offset : token.offset + token.text.size();
    };
    const auto begin = tokens[index > 0 ? index - 1 : index].offset;
    const auto end = end_of(tokens[std::min(index + 1, tokens.size() - 1)]);
    return fmt::format(R"(Syntax error; token: "{}", near: "{}")", tokens[index].text,
                       expression.substr(begin, end - begin));
}

}  // namespace dsdash::endpoint::dynamodb

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/result.hpp"

namespace dsdash::endpoint::dynamodb {

enum class TokenKind {
    word,    ///< an attribute's name, a function or a keyword
    name,    ///< #placeholder
    value,   ///< :placeholder
    number,  ///< digits
    symbol,  ///< = <> < <= > >= ( ) [ ] , .
    end,
};

struct Token {
    TokenKind kind;
    std::string_view text;  ///< a slice of the expression; "<EOF>" at the end
    std::size_t offset;
};

/// The tokens of an expression, the last one of kind end. ValidationException for a character that
/// no token has. The tokens live as long as `expression`.
Result<std::vector<Token>> read_tokens(std::string_view expression);

/// `Syntax error; token: "b", near: "a b c"`: about the token at `index`.
[[nodiscard]] std::string describe_syntax_error(std::string_view expression,
                                                const std::vector<Token>& tokens,
                                                std::size_t index);

}  // namespace dsdash::endpoint::dynamodb

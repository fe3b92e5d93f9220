#pragma once

#include <string_view>

#include "domain/pattern/source.hpp"
#include "domain/pattern/value_matcher.hpp"
#include "domain/result.hpp"

/// The operators of the pattern dialect, one source file each. Each parses its operand, a slice of
/// `source`, and refuses what aws/event-ruler refuses, with event-ruler's reason.
/// docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
namespace dsdash::pattern {

/// A plain "text", 12.5, true, false or null.
Result<ValueMatcherPtr> parse_literal(const Source& source, std::string_view operand);

/// {"exactly": "text"}
Result<ValueMatcherPtr> parse_exactly(const Source& source, std::string_view operand);

/// {"prefix": "text"} or {"prefix": {"equals-ignore-case": "text"}}
Result<ValueMatcherPtr> parse_prefix(const Source& source, std::string_view operand);

/// {"suffix": "text"} or {"suffix": {"equals-ignore-case": "text"}}
Result<ValueMatcherPtr> parse_suffix(const Source& source, std::string_view operand);

/// {"equals-ignore-case": "text"}
Result<ValueMatcherPtr> parse_equals_ignore_case(const Source& source, std::string_view operand);

/// {"wildcard": "a*c"}
Result<ValueMatcherPtr> parse_wildcard(const Source& source, std::string_view operand);

/// {"anything-but": x}: x is a string, a number, a list of either, or an object that has prefix,
/// suffix, equals-ignore-case or wildcard over a string or a list of strings.
Result<ValueMatcherPtr> parse_anything_but(const Source& source, std::string_view operand);

/// {"numeric": [">", 0, "<=", 5]}
Result<ValueMatcherPtr> parse_numeric(const Source& source, std::string_view operand);

/// {"cidr": "10.0.0.0/24"}
Result<ValueMatcherPtr> parse_cidr(const Source& source, std::string_view operand);

/// What {"exists": true} asks: any leaf.
[[nodiscard]] ValueMatcherPtr any_value();
/// Whether {"exists": operand} asks for a value (true) or for its absence.
Result<bool> parse_exists(const Source& source, std::string_view operand);

}  // namespace dsdash::pattern

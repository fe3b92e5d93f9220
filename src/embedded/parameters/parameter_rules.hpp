#pragma once

#include <string_view>

#include "domain/result.hpp"

/// What Parameter Store accepts, with the codes and words it refuses the rest with.
namespace dsdash::embedded {

inline constexpr std::size_t kStandardValueBytesMax = 4'096;
inline constexpr std::size_t kAdvancedValueBytesMax = 8'192;

/// A name to create: [a-zA-Z0-9_.-] in at most 15 levels divided by '/', with a '/' in front if
/// there are several, and neither "aws" nor "ssm" at its beginning.
Result<void> check_parameter_name(std::string_view name);

/// A path to list: as a name that starts with '/', which alone is the root. A trailing '/' may be.
Result<void> check_parameter_path(std::string_view path);

/// The tier that a value of that size gets when `tier` ("Standard", "Advanced",
/// "Intelligent-Tiering") is asked for and the parameter so far has `current` (empty: it is new).
Result<std::string_view> choose_parameter_tier(std::string_view tier, std::string_view current,
                                               std::size_t value_bytes);

/// Whether `value` has a match of the regular expression (Perl's dialect). Errors:
/// InvalidAllowedPatternException, and ParameterPatternMismatchException when it has none or when
/// finding out takes too long.
Result<void> check_allowed_pattern(std::string_view pattern, std::string_view value);

}  // namespace dsdash::embedded

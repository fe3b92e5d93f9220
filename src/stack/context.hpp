#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/account_id.hpp"

namespace dsdash::stack {

/// Where a stack goes and what it was given (`-c key=value…`).
struct StackContext {
    AccountId account;
    Region region;
    std::map<std::string, std::string> values;
};

struct ContextKey {
    std::string name;
    std::string description;
    bool is_required = false;
};

/// A context value may have this many bytes: a MetricRecord's limit for its names.
inline constexpr std::size_t kContextValueBytesMax = 1'024;

/// malformed_input when `context` has a key that is not in `keys`, or lacks one that is required
/// (the message then lists them all), or has a value that is empty, too long, not UTF-8 or with
/// control characters.
Result<void> check_context(const StackContext& context, const std::vector<ContextKey>& keys);

[[nodiscard]] std::optional<std::string> optional_value(const StackContext& context,
                                                        const std::string& key);

/// Whether `key` was given as `value`, the only one it takes; malformed_input for another.
Result<bool> read_choice(const StackContext& context, const std::string& key,
                         std::string_view value);

/// `connection=existing`: another stack of the account has brought the connection function.
[[nodiscard]] ContextKey connection_key();
Result<bool> read_existing_connection(const StackContext& context);

}  // namespace dsdash::stack

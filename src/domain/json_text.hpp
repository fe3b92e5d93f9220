#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "domain/result.hpp"

/// Reading JSON as text, without building a tree of values. Three things need it: numbers keep
/// every digit, a part is handed on byte for byte, and a complaint can name the place it is about.
namespace dsdash {

/// Nesting that the AWS JSON services accept (EventBridge: 1,000).
inline constexpr std::size_t kJsonDepthMax = 1000;

/// malformed_input with the position for what is not one JSON text, is nested deeper than
/// `depth_max`, is not UTF-8, or is followed by other text.
Result<void> check_json(std::string_view text, std::size_t depth_max = kJsonDepthMax);

/// "line 2, column 5 (offset 17)", counted from 1 (the offset from 0), in bytes.
[[nodiscard]] std::string describe_position(std::string_view text, std::size_t offset);

/// `text` without the white space around it.
[[nodiscard]] std::string_view trim_json(std::string_view text);

struct JsonMember {
    std::string_view key;  ///< with its quotes and escapes
    std::string_view value;
};

/// The members of the object in `text`, in order and duplicates included, as slices of it. `text`
/// must have passed check_json(); of a text that has not, or that holds no object, what comes is
/// unspecified but lies within it, and the end is reached.
class JsonMembers {
  public:
    explicit JsonMembers(std::string_view text);
    std::optional<JsonMember> next();

  private:
    std::string_view rest_;
};

/// The elements of the array in `text`, as JsonMembers gives the members of an object.
class JsonElements {
  public:
    explicit JsonElements(std::string_view text);
    std::optional<std::string_view> next();

  private:
    std::string_view rest_;
};

/// What the JSON string `quoted` (a slice of a checked text) says.
[[nodiscard]] std::string decode_json_string(std::string_view quoted);

/// The same without a copy in the usual case: a slice of `quoted` where it has no escapes, else of
/// `buffer`, which is overwritten.
[[nodiscard]] std::string_view view_json_string(std::string_view quoted, std::string& buffer);

/// decode_json_string(quoted) == content
[[nodiscard]] bool json_string_equals(std::string_view quoted, std::string_view content);

/// Appends `content` (UTF-8) as a JSON string.
void append_json_string(std::string& out, std::string_view content);

}  // namespace dsdash

#include "domain/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace dsdash {

namespace {

namespace json = boost::json;

/// Takes every part of a JSON text and keeps none.
struct IgnoringHandler {
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    using Code = json::error_code;
    using Text = json::string_view;

    bool on_document_begin(Code&) { return true; }
    bool on_document_end(Code&) { return true; }
    bool on_object_begin(Code&) { return true; }
    bool on_object_end(std::size_t, Code&) { return true; }
    bool on_array_begin(Code&) { return true; }
    bool on_array_end(std::size_t, Code&) { return true; }
    bool on_key_part(Text, std::size_t, Code&) { return true; }
    bool on_key(Text, std::size_t, Code&) { return true; }
    bool on_string_part(Text, std::size_t, Code&) { return true; }
    bool on_string(Text, std::size_t, Code&) { return true; }
    bool on_number_part(Text, Code&) { return true; }
    bool on_int64(std::int64_t, Text, Code&) { return true; }
    bool on_uint64(std::uint64_t, Text, Code&) { return true; }
    bool on_double(double, Text, Code&) { return true; }
    bool on_bool(bool, Code&) { return true; }
    bool on_null(Code&) { return true; }
    bool on_comment_part(Text, Code&) { return true; }
    bool on_comment(Text, Code&) { return true; }
};

bool is_white_space(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

void skip_white_space(std::string_view& text) {
    while (!text.empty() && is_white_space(text.front())) {
        text.remove_prefix(1);
    }
}

/// The length of the string that `text` starts with, its quotes included.
std::size_t string_length(std::string_view text) {
    const auto quote = text.find('"', 1);
    if (quote == std::string_view::npos) {
        return text.size();
    }
    if (!text.substr(0, quote).contains('\\')) {
        return quote + 1;
    }
    std::size_t i = 1;
    while (i < text.size() && text[i] != '"') {
        i += text[i] == '\\' ? 2 : 1;
    }
    return std::min(i + 1, text.size());
}

/// The length of the object or array that `text` starts with, its brackets included.
std::size_t container_length(std::string_view text) {
    std::size_t depth = 0;
    std::size_t i = 0;
    while (i < text.size()) {
        switch (text[i]) {
            case '"':
                i += string_length(text.substr(i));
                continue;
            case '{':
            case '[':
                ++depth;
                break;
            case '}':
            case ']':
                if (--depth == 0) {
                    return i + 1;
                }
                break;
            default:
                break;
        }
        ++i;
    }
    return text.size();
}

/// Takes the value that `text` starts with off it.
std::string_view take_value(std::string_view& text) {
    std::size_t length = 0;
    if (text.starts_with('"')) {
        length = string_length(text);
    } else if (text.starts_with('{') || text.starts_with('[')) {
        length = container_length(text);
    } else {
        length = std::min(text.find_first_of(" \t\n\r,]}"), text.size());
    }
    const auto value = text.substr(0, length);
    text.remove_prefix(length);
    return value;
}

/// Skips what separates two members or elements. Whether there is another one.
bool advance(std::string_view& rest, char close) {
    skip_white_space(rest);
    if (rest.starts_with(',')) {
        rest.remove_prefix(1);
        skip_white_space(rest);
    }
    return !rest.empty() && rest.front() != close;
}

std::string_view after_opening(std::string_view text, char open) {
    text = trim_json(text);
    return text.starts_with(open) ? text.substr(1) : std::string_view{};
}

}  // namespace

Result<void> check_json(std::string_view text, std::size_t depth_max) {
    json::parse_options options;
    options.max_depth = depth_max;
    json::basic_parser<IgnoringHandler> parser(options);
    json::error_code code;
    const auto offset = parser.write_some(false, text.data(), text.size(), code);
    if (code == json::error::too_deep) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("JSON nested deeper than {} levels at {}", depth_max,
                                describe_position(text, offset)));
    }
    if (code) {
        return fail(ErrorKind::malformed_input, fmt::format("not JSON: {} at {}", code.message(),
                                                            describe_position(text, offset)));
    }
    if (offset != text.size()) {
        return fail(ErrorKind::malformed_input, fmt::format("not JSON: text after the value at {}",
                                                            describe_position(text, offset)));
    }
    return {};
}

std::string describe_position(std::string_view text, std::size_t offset) {
    const auto before = text.substr(0, offset);
    const auto line = std::ranges::count(before, '\n') + 1;
    const auto line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    return fmt::format("line {}, column {} (offset {})", line, before.size() - line_start + 1,
                       before.size());
}

std::string_view trim_json(std::string_view text) {
    skip_white_space(text);
    while (!text.empty() && is_white_space(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

JsonMembers::JsonMembers(std::string_view text) : rest_(after_opening(text, '{')) {}

std::optional<JsonMember> JsonMembers::next() {
    if (!advance(rest_, '}')) {
        rest_ = {};
        return std::nullopt;
    }
    JsonMember member;
    member.key = take_value(rest_);
    skip_white_space(rest_);
    if (!member.key.starts_with('"') || !rest_.starts_with(':')) {
        rest_ = {};
        return std::nullopt;
    }
    rest_.remove_prefix(1);
    skip_white_space(rest_);
    member.value = take_value(rest_);
    return member;
}

JsonElements::JsonElements(std::string_view text) : rest_(after_opening(text, '[')) {}

std::optional<std::string_view> JsonElements::next() {
    if (!advance(rest_, ']')) {
        rest_ = {};
        return std::nullopt;
    }
    const auto element = take_value(rest_);
    if (element.empty()) {
        rest_ = {};
        return std::nullopt;
    }
    return element;
}

std::string decode_json_string(std::string_view quoted) {
    std::string buffer;
    return std::string(view_json_string(quoted, buffer));
}

std::string_view view_json_string(std::string_view quoted, std::string& buffer) {
    if (quoted.find('\\') == std::string_view::npos) {
        return quoted.substr(1, quoted.size() - 2);
    }
    json::error_code code;
    const auto value = json::parse({quoted.data(), quoted.size()}, code);
    const auto* content = value.if_string();
    buffer = content == nullptr ? std::string_view{}
                                : std::string_view(content->data(), content->size());
    return buffer;
}

bool json_string_equals(std::string_view quoted, std::string_view content) {
    std::string buffer;
    return view_json_string(quoted, buffer) == content;
}

void append_json_string(std::string& out, std::string_view content) {
    const auto needs_escape = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
    };
    if (std::ranges::any_of(content, needs_escape)) {
        out += json::serialize(json::string_view(content.data(), content.size()));
        return;
    }
    out.push_back('"');
    out.append(content);
    out.push_back('"');
}

}  // namespace dsdash

#include "domain/json_writer.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include "domain/json_text.hpp"

namespace dsdash {

namespace {

/// The longest double, "-2.2250738585072014e-308", has 24 characters.
using Digits = std::array<char, 32>;

template <class Number>
void append_number(std::string& out, Number number) {
    Digits digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

}  // namespace

void JsonWriter::begin_value() {
    if (follows_value_) out_.push_back(',');
    follows_value_ = true;
}

JsonWriter& JsonWriter::open_object() {
    begin_value();
    out_.push_back('{');
    follows_value_ = false;
    return *this;
}

JsonWriter& JsonWriter::close_object() {
    out_.push_back('}');
    follows_value_ = true;
    return *this;
}

JsonWriter& JsonWriter::open_array() {
    begin_value();
    out_.push_back('[');
    follows_value_ = false;
    return *this;
}

JsonWriter& JsonWriter::close_array() {
    out_.push_back(']');
    follows_value_ = true;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    begin_value();
    out_.push_back('"');
    out_.append(name);
    out_.append("\":");
    follows_value_ = false;
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view content) {
    begin_value();
    append_json_string(out_, content);
    return *this;
}

JsonWriter& JsonWriter::integer(std::int64_t number) {
    begin_value();
    append_number(out_, number);
    return *this;
}

JsonWriter& JsonWriter::number(double number) {
    if (!std::isfinite(number)) return null();
    begin_value();
    append_number(out_, number);
    return *this;
}

JsonWriter& JsonWriter::null() {
    begin_value();
    out_ += "null";
    return *this;
}

std::string JsonWriter::take() {
    follows_value_ = false;
    return std::exchange(out_, {});
}

}  // namespace dsdash

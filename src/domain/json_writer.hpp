#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dsdash {

/// Writes one JSON text from its beginning to its end, where a tree of values would cost more than
/// what it says: each call appends a part, and the commas come by themselves. Keys and values have
/// to alternate inside an object, and what is opened has to be closed: nobody checks that.
class JsonWriter {
  public:
    /// `bytes_expected`: of the whole text; only a guess, which saves copies of it.
    explicit JsonWriter(std::size_t bytes_expected = 0) { out_.reserve(bytes_expected); }

    JsonWriter& open_object();
    JsonWriter& close_object();
    JsonWriter& open_array();
    JsonWriter& close_array();
    /// One of the program's own names: nothing in it needs an escape.
    JsonWriter& key(std::string_view name);

    /// UTF-8, as a string.
    JsonWriter& text(std::string_view content);
    JsonWriter& integer(std::int64_t number);
    /// The shortest text that is this double again; null when it is not finite, since JSON has no
    /// name for that.
    JsonWriter& number(double number);
    JsonWriter& null();

    [[nodiscard]] std::string take();

  private:
    void begin_value();

    std::string out_;
    bool follows_value_ = false;
};

}  // namespace dsdash

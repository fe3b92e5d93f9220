#pragma once

#include <map>
#include <string>
#include <string_view>

#include "domain/json.hpp"

namespace dsdash::endpoint::dynamodb {

/// ExpressionAttributeNames and ExpressionAttributeValues of a request. What it gives out lives as
/// long as it does, also when it is moved.
class Placeholders {
  public:
    static Result<Placeholders> read(const json::object& input);

    /// The attribute's name behind "#n"; nullptr when it is not defined. Counts as use.
    const std::string* name(std::string_view placeholder);
    /// The value behind ":v"; likewise.
    const json::value* value(std::string_view placeholder);
    /// ValidationException naming what no expression used.
    [[nodiscard]] Result<void> check_all_used() const;

  private:
    template <class T>
    struct Entry {
        T content;
        bool used = false;
    };
    template <class T>
    using Entries = std::map<std::string, Entry<T>, std::less<>>;

    Result<void> read_names(const json::value& names);
    Result<void> read_values(const json::value& values);

    Entries<std::string> names_;
    Entries<json::value> values_;
};

}  // namespace dsdash::endpoint::dynamodb

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/json.hpp"

namespace dsdash::cli {

/// One item of a DynamoDB table as its API writes it:
/// {"MetricName":{"S":"…"},"MetricValue":{"N":"3"}}. Reads attributes; one that is absent or of
/// another type reads as "" or nothing. Lifetime: that of the object it is made from.
class Item {
  public:
    explicit Item(const json::object& attributes) : attributes_(attributes) {}

    [[nodiscard]] std::string text(std::string_view name) const;    ///< S
    [[nodiscard]] std::string number(std::string_view name) const;  ///< N, exactly as it came
    [[nodiscard]] std::vector<std::string> texts(std::string_view name) const;  ///< L of S
    [[nodiscard]] std::vector<Item> items(std::string_view name) const;         ///< L of M

  private:
    [[nodiscard]] const json::object* find(std::string_view name) const;
    [[nodiscard]] std::string scalar(std::string_view name, std::string_view type) const;
    [[nodiscard]] std::vector<const json::object*> elements(std::string_view name) const;

    const json::object& attributes_;
};

}  // namespace dsdash::cli

#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>

#include "domain/result.hpp"

namespace dsdash {

/// A 12-digit AWS account id.
class AccountId {
  public:
    /// malformed_input unless `text` is exactly twelve ASCII digits.
    static Result<AccountId> parse(std::string_view text);
    [[nodiscard]] const std::string& text() const { return text_; }
    auto operator<=>(const AccountId&) const = default;

  private:
    explicit AccountId(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

/// An AWS Region name, such as eu-west-1.
class Region {
  public:
    /// malformed_input unless `text` is 1-32 characters of [a-z0-9-].
    static Result<Region> parse(std::string_view text);
    [[nodiscard]] const std::string& text() const { return text_; }
    auto operator<=>(const Region&) const = default;

  private:
    explicit Region(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

}  // namespace dsdash

template <>
struct std::hash<dsdash::AccountId> {
    size_t operator()(const dsdash::AccountId& id) const {
        return std::hash<std::string>{}(id.text());
    }
};

#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "domain/account_id.hpp"
#include "domain/utc_time.hpp"

namespace dsdash::dashboard {

/// The parameters of a query string, decoded ('+' is a space). Errors are malformed_input and name
/// the parameter.
class QueryParameters {
  public:
    /// Refuses what is not percent-encoded UTF-8, a parameter given twice, and names not in
    /// `known`.
    static Result<QueryParameters> parse(std::string_view query,
                                         std::span<const std::string_view> known);

    /// Nothing when absent; an empty value counts as absent.
    [[nodiscard]] std::optional<std::string> text(std::string_view name) const;
    [[nodiscard]] Result<std::string> required_text(std::string_view name) const;
    [[nodiscard]] Result<AccountId> required_account(std::string_view name) const;
    /// RFC 3339, such as 2026-11-23T12:00:00Z.
    [[nodiscard]] Result<std::optional<TimePoint>> time(std::string_view name) const;
    /// A whole number from `min` to `max`.
    [[nodiscard]] Result<std::optional<std::size_t>> count(std::string_view name, std::size_t min,
                                                           std::size_t max) const;

  private:
    std::map<std::string, std::string, std::less<>> values_;
};

}  // namespace dsdash::dashboard

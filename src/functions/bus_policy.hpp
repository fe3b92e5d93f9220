#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "domain/json.hpp"
#include "functions/peers.hpp"
#include "services/aws_api.hpp"

namespace dsdash::functions {

/// A whole bus policy may have this many characters
/// (docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html).
inline constexpr std::size_t kBusPolicyCharactersMax = 10'240;

/// The resource policy of a default event bus, seen as this program's statements (one a role, told
/// by its Sid) among those of others, which stay as they are.
class BusPolicy {
  public:
    /// A bus without a policy.
    explicit BusPolicy(std::string bus_arn);
    /// malformed_input when `text` is no policy document.
    static Result<BusPolicy> parse(std::string_view text, std::string bus_arn);

    [[nodiscard]] static std::string_view statement_id(Role role);

    /// The accounts that our statement for `role` lists.
    [[nodiscard]] std::set<AccountId> accounts(Role role) const;
    /// The organization that our statement for `role` allows instead of listing accounts.
    [[nodiscard]] std::optional<std::string> organization(Role role) const;

    /// Whether the whole policy, ours and other people's, lets `account` put events if it belongs
    /// to `organization_id` (empty: to none).
    [[nodiscard]] bool lets_in(const AccountId& account, std::string_view organization_id) const;

    /// Lets `accounts` put events, as `role`; an empty set takes the statement away. A statement
    /// that says so already stays as it is, in whatever order it lists them.
    void allow_accounts(Role role, const std::set<AccountId>& accounts);
    /// Lets every account of the organization put events, as `role`.
    void allow_organization(Role role, std::string_view organization_id);

    /// Ours.
    [[nodiscard]] bool has_statement(Role role) const { return find(role) != nullptr; }
    [[nodiscard]] std::string to_text() const;
    [[nodiscard]] bool fits() const { return to_text().size() <= kBusPolicyCharactersMax; }

  private:
    [[nodiscard]] const json::object* find(Role role) const;
    void replace(Role role, std::optional<json::object> statement);
    [[nodiscard]] json::object make_statement(Role role, json::value principal) const;

    std::string bus_arn_;
    json::object document_;  ///< without its statements
    json::array statements_;
};

/// The policy of the account's default bus as it is now (events:DescribeEventBus).
Result<BusPolicy> read_bus_policy(AwsApi& aws);

}  // namespace dsdash::functions

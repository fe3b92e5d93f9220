#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "domain/iam_policy.hpp"
#include "embedded/storage/account_parts.hpp"

namespace dsdash::embedded {

/// The organization that all accounts of all data folders belong to: what aws:PrincipalOrgID is
/// compared with here.
inline constexpr std::string_view kOrganizationId = "o-dsdashhome";

/// The resource policy of the account's default bus: who else may put events on it. Any thread may
/// call it.
class BusPolicy {
  public:
    /// EventBridge quota, "Event bus policy size": characters of the policy's JSON text.
    static constexpr std::size_t kPolicyCharactersMax = 10'240;

    /// What PutPermission without a Policy says.
    struct Permission {
        std::string statement_id;     ///< [a-zA-Z0-9-_]{1,64}
        std::string principal;        ///< 12 digits, or "*" for everyone
        std::string action;           ///< "events:PutEvents"
        std::string organization_id;  ///< with principal "*"; empty: no condition
    };

    explicit BusPolicy(const AccountParts& parts);
    static const char* schema();

    /// Adds the permission's statement, in place of one with its id. malformed_input naming the
    /// field; PolicyLengthExceededException beyond the limit.
    Result<void> put(const Permission& permission);
    /// Replaces the whole policy. malformed_input when it is none, or is about another bus.
    Result<void> replace(std::string_view policy);
    /// not_found (ResourceNotFoundException) when no statement has that id.
    Result<void> remove(std::string_view statement_id);
    Result<void> remove_all();

    /// The policy's JSON text; nothing when there is no statement.
    Result<std::optional<std::string>> text();
    /// denied (AccessDeniedException) unless the account owns the bus, or the policy allows it to
    /// `principal_arn`, a role of `account`.
    Result<void> check_put_events(const AccountId& account, std::string_view principal_arn);

  private:
    struct Compiled {
        std::string text;  ///< empty: no policy
        std::optional<IamPolicy> policy;
    };
    using Edit = std::function<Result<void>(json::array& statements)>;

    Result<void> edit(const Edit& change);
    Result<std::shared_ptr<const Compiled>> current();
    void publish(std::shared_ptr<const Compiled> compiled);
    [[nodiscard]] std::string bus_arn() const;
    Result<std::shared_ptr<const Compiled>> compile(std::string text) const;

    AccountParts parts_;
    std::mutex change_mutex_;  // one change at a time, until it is published
    std::mutex published_mutex_;
    std::shared_ptr<const Compiled> published_;  // guarded by published_mutex_; null: not read yet
};

}  // namespace dsdash::embedded

#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "functions/registrations.hpp"

namespace dsdash::functions {

/// How a claim ("I am this project's environment") stands to what the hub has registered.
enum class Standing {
    unregistered,       ///< the account is no spoke of this hub
    matching,           ///< it is registered under that name
    differing,          ///< it is registered, but under another name that nobody else has
    of_another_account  ///< the name is registered, to another account
};

/// Answers that question for many events in constant time. Lifetime: beyond that of
/// `registrations`, which it refers to.
class RegisteredAccounts {
  public:
    explicit RegisteredAccounts(const std::vector<Registration>& registrations);

    [[nodiscard]] Standing standing_of(const AccountId& account, std::string_view project_name,
                                       std::string_view environment) const;
    [[nodiscard]] bool contains(const AccountId& account) const;
    /// "TestProject/dev, TestProject/int": the names `account` is registered under.
    [[nodiscard]] std::string names_of(const AccountId& account) const;

  private:
    using Name = std::pair<std::string_view, std::string_view>;
    struct NameHash {
        std::size_t operator()(const Name& name) const;
    };

    std::unordered_map<AccountId, std::vector<const Registration*>> by_account_;
    std::unordered_map<Name, const Registration*, NameHash> by_name_;
};

}  // namespace dsdash::functions

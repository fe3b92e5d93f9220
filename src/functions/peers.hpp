#pragma once

#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "functions/registrations.hpp"

namespace dsdash::functions {

/// What another account is to this one.
enum class Role { hub, spoke };
inline constexpr std::array kRoles{Role::hub, Role::spoke};
[[nodiscard]] constexpr std::string_view role_name(Role role) {
    return role == Role::hub ? "hub" : "spoke";
}

/// The accounts that the parameters connect this one with. One account may be both, and may be
/// this account itself.
struct Peers {
    std::set<AccountId> hubs;
    std::set<AccountId> spokes;
    std::vector<InvalidParameter> invalid;

    [[nodiscard]] const std::set<AccountId>& of(Role role) const {
        return role == Role::hub ? hubs : spokes;
    }
};

Result<Peers> read_peers(ParameterStore& parameters);

/// What the connection function did for one account.
struct PeerOutcome {
    enum class Change {
        created,
        unchanged,
        removed,
        failed,
        postponed,  ///< the function's time ran out before; invoked again, it goes on
    };
    AccountId account;
    Role role = Role::spoke;
    Change change = Change::unchanged;
    std::string message;  ///< why it failed, or what there is to know; may be empty
};

}  // namespace dsdash::functions

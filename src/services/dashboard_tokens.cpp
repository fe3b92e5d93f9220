#include "services/dashboard_tokens.hpp"

namespace dsdash {

std::string_view role_name(Role role) {
    return role == Role::fleet_operator ? "operator" : "viewer";
}

Result<Role> parse_role(std::string_view name) {
    for (const auto role : {Role::viewer, Role::fleet_operator}) {
        if (name == role_name(role)) {
            return role;
        }
    }
    return fail(ErrorKind::malformed_input, "a role is viewer or operator");
}

}  // namespace dsdash

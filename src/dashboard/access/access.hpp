#pragma once

#include <string>

#include "services/dashboard_tokens.hpp"

namespace dsdash::dashboard {

/// What the one who asks may see and do.
struct Access {
    Role role = Role::viewer;
    std::string name;   ///< of the token; empty where none is asked for
    Projects projects;  ///< nothing: every project

    /// Whether what belongs to that project may be part of an answer. Else it must be answered as
    /// if the project did not exist.
    [[nodiscard]] bool may_see(std::string_view project) const {
        return !projects || projects->contains(project);
    }
    /// Whether it may ask spokes for new data.
    [[nodiscard]] bool may_refresh() const { return role == Role::fleet_operator; }
};

}  // namespace dsdash::dashboard

#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "domain/result.hpp"
#include "domain/sha256.hpp"
#include "domain/utc_time.hpp"

namespace dsdash {

enum class Role {
    viewer,          ///< reads
    fleet_operator,  ///< reads, and may ask spokes for new data
};

/// "viewer", "operator"
[[nodiscard]] std::string_view role_name(Role role);
/// malformed_input for any other text.
Result<Role> parse_role(std::string_view name);

/// Names of projects, or nothing: every project.
using Projects = std::optional<std::set<std::string, std::less<>>>;

/// What a person or a script may do on a dashboard that strangers reach.
struct DashboardToken {
    std::string name;
    Role role = Role::viewer;
    Projects projects;
    TimePoint created;
};

/// The tokens that open a dashboard. Any thread may call it.
class DashboardTokens {
  public:
    virtual ~DashboardTokens() = default;
    /// The token with that SHA-256; nothing when there is none, or none any more.
    virtual Result<std::optional<DashboardToken>> find(const Sha256& digest) = 0;
};

}  // namespace dsdash

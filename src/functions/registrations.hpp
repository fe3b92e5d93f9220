#pragma once

#include <string>
#include <vector>

#include "domain/account_id.hpp"
#include "services/parameter_store.hpp"

namespace dsdash::functions {

/// /monitored_projects/<project>/<environment> = account: a spoke this hub collects from.
struct Registration {
    AccountId account;
    std::string project_name;
    std::string environment;
    auto operator<=>(const Registration&) const = default;
};

/// /monitors/<name> = account: a hub this spoke reports to.
struct Monitor {
    AccountId account;
    std::string name;
    auto operator<=>(const Monitor&) const = default;
};

/// A parameter that does not say what its path promises. It never stops the others.
struct InvalidParameter {
    std::string name;
    std::string message;
};

template <class T>
struct Configured {
    std::vector<T> valid;  ///< by parameter name
    std::vector<InvalidParameter> invalid;
};

Result<Configured<Registration>> read_registrations(ParameterStore& parameters);
Result<Configured<Monitor>> read_monitors(ParameterStore& parameters);

}  // namespace dsdash::functions

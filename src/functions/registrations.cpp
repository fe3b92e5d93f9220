#include "functions/registrations.hpp"

#include <fmt/format.h>

#include "domain/contract.hpp"

namespace dsdash::functions {

namespace {

InvalidParameter invalid(const Parameter& parameter, std::string message) {
    return {parameter.name, std::move(message)};
}

std::string_view below(std::string_view path, const Parameter& parameter) {
    return std::string_view(parameter.name).substr(std::min(path.size(), parameter.name.size()));
}

}  // namespace

Result<Configured<Registration>> read_registrations(ParameterStore& parameters) {
    const auto listed = parameters.list_by_path(contract::kMonitoredProjectsPath);
    if (!listed) return std::unexpected(listed.error());
    Configured<Registration> registrations;
    for (const auto& parameter : *listed) {
        const auto name = below(contract::kMonitoredProjectsPath, parameter);
        const auto slash = name.find('/');
        if (slash == 0 || slash == name.size() - 1 || slash == std::string_view::npos ||
            name.find('/', slash + 1) != std::string_view::npos) {
            registrations.invalid.push_back(
                invalid(parameter, "its name must be /monitored_projects/<project>/<environment>"));
            continue;
        }
        auto account = AccountId::parse(parameter.value);
        if (!account) {
            registrations.invalid.push_back(invalid(parameter, account.error().message));
            continue;
        }
        registrations.valid.push_back({std::move(*account), std::string(name.substr(0, slash)),
                                       std::string(name.substr(slash + 1))});
    }
    return registrations;
}

Result<Configured<Monitor>> read_monitors(ParameterStore& parameters) {
    const auto listed = parameters.list_by_path(contract::kMonitorsPath);
    if (!listed) return std::unexpected(listed.error());
    Configured<Monitor> monitors;
    for (const auto& parameter : *listed) {
        auto account = AccountId::parse(parameter.value);
        if (!account) {
            monitors.invalid.push_back(invalid(parameter, account.error().message));
            continue;
        }
        monitors.valid.push_back(
            {std::move(*account), std::string(below(contract::kMonitorsPath, parameter))});
    }
    return monitors;
}

}  // namespace dsdash::functions

#include "dashboard/access/host_names.hpp"

#include <algorithm>
#include <boost/url/authority_view.hpp>
#include <boost/url/parse.hpp>

#include "http/message.hpp"

namespace dsdash::dashboard {

namespace {

/// Addresses as they are written canonically, so that one has one form. Empty for what is no host.
std::string host_of(std::string_view header) {
    const auto authority = boost::urls::parse_authority(header);
    if (!authority || authority->has_userinfo()) return {};
    switch (authority->host_type()) {
        case boost::urls::host_type::ipv4:
            return authority->host_ipv4_address().to_string();
        case boost::urls::host_type::ipv6:
            return authority->host_ipv6_address().to_string();
        case boost::urls::host_type::name:
            return http::lower_case(std::string_view(authority->encoded_host()));
        default:
            return {};
    }
}

std::string canonical(std::string_view name) {
    const auto bracketed = "[" + std::string(name) + "]";
    const bool is_ipv6 = name.find(':') != std::string_view::npos;
    const auto host = host_of(is_ipv6 ? bracketed : name);
    return host.empty() ? http::lower_case(name) : host;
}

bool matches(std::string_view name, std::string_view host) {
    if (!name.starts_with("*.")) return name == host;
    const auto dot = host.find('.');
    return dot != std::string_view::npos && dot > 0 && host.substr(dot) == name.substr(1);
}

}  // namespace

HostNames::HostNames(const std::vector<std::string>& names) {
    for (const auto& name : names) names_.push_back(canonical(name));
}

bool HostNames::contains(std::string_view header) const {
    const auto host = host_of(header);
    return !host.empty() &&
           std::ranges::any_of(names_, [&](const auto& name) { return matches(name, host); });
}

}  // namespace dsdash::dashboard

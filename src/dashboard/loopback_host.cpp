#include "dashboard/loopback_host.hpp"

#include <boost/url/authority_view.hpp>
#include <boost/url/grammar/ci_string.hpp>
#include <boost/url/parse.hpp>

namespace dsdash::dashboard {

bool is_loopback_host(std::string_view host) {
    const auto authority = boost::urls::parse_authority(host);
    if (!authority || authority->has_userinfo()) return false;
    switch (authority->host_type()) {
        case boost::urls::host_type::ipv4:
            return authority->host_ipv4_address().is_loopback();
        case boost::urls::host_type::ipv6:
            return authority->host_ipv6_address().is_loopback();
        case boost::urls::host_type::name:
            return boost::urls::grammar::ci_is_equal(authority->encoded_host(), "localhost");
        default:
            return false;
    }
}

}  // namespace dsdash::dashboard

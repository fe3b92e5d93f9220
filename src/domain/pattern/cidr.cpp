#include <charconv>

#include "domain/json_text.hpp"
#include "domain/pattern/ip_network.hpp"
#include "domain/pattern/operators.hpp"

namespace dsdash::pattern {

Result<ValueMatcherPtr> parse_cidr(const Source& source, std::string_view operand) {
    if (!is_string(operand)) {
        return source.refuse(operand, "cidr match pattern must be a string");
    }
    const auto text = decode_json_string(operand);
    const auto slash = text.find('/');
    if (slash == std::string::npos || text.find('/', slash + 1) != std::string::npos) {
        return source.refuse(operand, "Malformed CIDR, one '/' required");
    }
    std::size_t mask_bits = 0;
    const auto* const end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + slash + 1, end, mask_bits);
    if (read.ec != std::errc{} || read.ptr != end) {
        return source.refuse(operand, "Malformed CIDR, mask bits must be an integer");
    }
    const auto address = IpAddress::parse(std::string_view(text).substr(0, slash));
    if (!address) {
        return source.refuse(operand, "Nonstandard IP address: " + text.substr(0, slash));
    }
    if (mask_bits >= address->bits()) {
        return source.refuse(operand, address->bits() == 32 ? "IPv4 mask bits must be < 32"
                                                            : "IPv6 mask bits must be < 128");
    }
    return std::make_shared<IpNetworkMatcher>(IpNetwork(*address, mask_bits));
}

}  // namespace dsdash::pattern

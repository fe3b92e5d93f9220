#include "domain/pattern/ip_network.hpp"

#include <arpa/inet.h>

#include <algorithm>

namespace dsdash::pattern {

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    const bool has_colon = text.contains(':');
    if (text.size() >= INET6_ADDRSTRLEN || has_colon == text.contains('.')) {
        return std::nullopt;
    }
    std::array<char, INET6_ADDRSTRLEN> terminated{};
    std::ranges::copy(text, terminated.begin());
    IpAddress address;
    address.size = has_colon ? sizeof(in6_addr) : sizeof(in_addr);
    const int family = has_colon ? AF_INET6 : AF_INET;
    if (inet_pton(family, terminated.data(), address.bytes.data()) != 1) {
        return std::nullopt;
    }
    return address;
}

bool IpNetwork::contains(const IpAddress& address) const {
    if (address.size != address_.size) {
        return false;
    }
    const auto whole_bytes = mask_bits_ / 8;
    if (!std::equal(address.bytes.begin(), address.bytes.begin() + whole_bytes,
                    address_.bytes.begin())) {
        return false;
    }
    const auto bits_left = mask_bits_ % 8;
    if (bits_left == 0) {
        return true;
    }
    const auto differing = address.bytes[whole_bytes] ^ address_.bytes[whole_bytes];
    return (differing >> (8 - bits_left)) == 0;
}

bool IpNetworkMatcher::matches_string(std::string_view text) const {
    const auto address = IpAddress::parse(text);
    return address && network_.contains(*address);
}

}  // namespace dsdash::pattern

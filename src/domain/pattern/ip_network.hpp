#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "domain/pattern/value_matcher.hpp"

namespace dsdash::pattern {

/// An IPv4 address, or an IPv6 address without an IPv4 part in it.
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{};
    std::size_t size = 0;  ///< 4 or 16

    static std::optional<IpAddress> parse(std::string_view text);
    [[nodiscard]] std::size_t bits() const { return size * 8; }
};

/// All addresses of one family that share their first bits.
class IpNetwork {
  public:
    IpNetwork(const IpAddress& address, std::size_t mask_bits)
        : address_(address), mask_bits_(mask_bits) {}
    static IpNetwork of_one(const IpAddress& address) { return {address, address.bits()}; }

    [[nodiscard]] bool contains(const IpAddress& address) const;

  private:
    IpAddress address_;
    std::size_t mask_bits_;
};

class IpNetworkMatcher : public StringMatcher {
  public:
    explicit IpNetworkMatcher(const IpNetwork& network) : network_(network) {}

  private:
    [[nodiscard]] bool matches_string(std::string_view text) const override;
    IpNetwork network_;
};

}  // namespace dsdash::pattern

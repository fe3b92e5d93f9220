#include "services/uuid.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <random>

namespace dsdash {

std::string RandomUuidSource::next() {
    thread_local std::random_device device;
    std::uniform_int_distribution<std::uint64_t> bits;
    const std::uint64_t high = bits(device);
    const std::uint64_t low = bits(device);
    constexpr std::uint64_t kVersionMask = 0xFFFF'FFFF'FFFF'0FFF;
    constexpr std::uint64_t kVersion4 = 0x4000;
    constexpr std::uint64_t kVariantMask = 0x3FFF'FFFF'FFFF'FFFF;
    constexpr std::uint64_t kVariant = 0x8000'0000'0000'0000;
    const std::uint64_t a = (high & kVersionMask) | kVersion4;
    const std::uint64_t b = (low & kVariantMask) | kVariant;
    return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", a >> 32U, (a >> 16U) & 0xFFFFU,
                       a & 0xFFFFU, b >> 48U, b & 0xFFFF'FFFF'FFFFU);
}

}  // namespace dsdash

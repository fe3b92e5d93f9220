#pragma once

#include <cstdint>
#include <string_view>

namespace dsdash::simulation {

/// Reproducible randomness without a state: the same seed and keys give the same numbers, on every
/// machine and in whatever order they are asked for.
class Noise {
  public:
    explicit Noise(std::uint64_t seed) : bits_(mix(seed)) {}

    /// Another source for each key.
    [[nodiscard]] Noise of(std::uint64_t key) const { return Noise(bits_ ^ mix(key + kStep)); }
    [[nodiscard]] Noise of(std::string_view key) const {
        std::uint64_t hash = 0;
        for (const char c : key) hash = mix(hash + static_cast<unsigned char>(c) + 1);
        return of(hash);
    }

    /// 0 to 1, without 1.
    [[nodiscard]] double unit() const {
        return static_cast<double>(bits_ >> 11U) / static_cast<double>(std::uint64_t{1} << 53U);
    }
    /// `from` to `to`, without `to`.
    [[nodiscard]] double between(double from, double to) const {
        return from + (to - from) * unit();
    }
    /// 0 to `count` - 1.
    [[nodiscard]] std::uint64_t below(std::uint64_t count) const { return bits_ % count; }
    [[nodiscard]] std::uint64_t bits() const { return bits_; }

  private:
    // SplitMix64: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014.
    static constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15U;
    static constexpr std::uint64_t mix(std::uint64_t z) {
        z += kStep;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }

    std::uint64_t bits_;
};

}  // namespace dsdash::simulation

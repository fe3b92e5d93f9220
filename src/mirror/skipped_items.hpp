#pragma once

#include <set>
#include <string>
#include <string_view>

namespace dsdash::mirror {

/// Items of the hub's tables that cannot be read and are left out: each is told once, on the log.
/// For one thread.
class SkippedItems {
  public:
    /// Beyond this many they are no longer told apart, nor told.
    static constexpr std::size_t kKeysMax = 1'000;

    void note(std::string_view table, const std::string& key, std::string_view reason);
    /// How many there are; kKeysMax at most.
    [[nodiscard]] std::size_t count() const { return keys_.size(); }

  private:
    std::set<std::string> keys_;
};

}  // namespace dsdash::mirror

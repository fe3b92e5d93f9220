#include "mirror/skipped_items.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace dsdash::mirror {

void SkippedItems::note(std::string_view table, const std::string& key, std::string_view reason) {
    if (keys_.size() >= kKeysMax) return;
    if (!keys_.insert(fmt::format("{}/{}", table, key)).second) return;
    spdlog::warn("{}: the item {} cannot be read and is left out: {}", table, key, reason);
}

}  // namespace dsdash::mirror

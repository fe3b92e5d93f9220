#include "embedded/tokens/token_watch.hpp"

namespace dsdash::embedded {

namespace {

/// As coarse as the stamps of file systems come: a change that soon after another one may leave the
/// stamp as it is.
constexpr std::chrono::seconds kStampResolution{2};

std::chrono::nanoseconds since_1970(const timespec& time) {
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

}  // namespace

TokenWatch::Version TokenWatch::look() const {
    struct stat status{};
    if (::stat(file_.path().c_str(), &status) != 0) return {};
    return {status.st_ino, status.st_size, since_1970(status.st_mtim), since_1970(status.st_ctim)};
}

Result<void> TokenWatch::read_again() {
    const auto version = look();  // before reading: what comes later is a new version
    if (version == seen_ && !may_change_unseen_) return {};
    may_change_unseen_ = true;
    auto entries = file_.read();
    if (!entries) {
        entries_.clear();
        return std::unexpected(entries.error());
    }
    entries_ = *std::move(entries);
    seen_ = version;
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    may_change_unseen_ = now < version.changed + kStampResolution;
    return {};
}

Result<std::optional<DashboardToken>> TokenWatch::find(const Sha256& digest) {
    const std::scoped_lock lock(mutex_);
    if (auto read = read_again(); !read) return std::unexpected(read.error());
    std::optional<DashboardToken> found;
    for (const auto& entry : entries_) {
        if (equal_in_constant_time(entry.digest, digest)) found = entry.token;
    }
    return found;
}

Result<std::size_t> TokenWatch::count() {
    const std::scoped_lock lock(mutex_);
    if (auto read = read_again(); !read) return std::unexpected(read.error());
    return entries_.size();
}

}  // namespace dsdash::embedded

#include "embedded/accounts/account_folder.hpp"

#include <algorithm>
#include <chrono>
#include <system_error>

#include "embedded/storage/private_file.hpp"

namespace dsdash::embedded {

namespace {

/// File systems stamp a folder with a clock that ticks this coarsely at worst: a file that comes
/// sooner after the last change may leave the stamp as it is.
constexpr std::chrono::seconds kStampResolution{2};

}  // namespace

Result<void> AccountFolder::create() const {
    if (auto created = create_private_folder(folder_.parent_path()); !created) return created;
    return create_private_folder(folder_);
}

std::filesystem::path AccountFolder::file_of(const AccountId& id) const {
    return folder_ / (id.text() + ".db");
}

std::filesystem::path AccountFolder::unfinished_file_of(const AccountId& id) const {
    return folder_ / (id.text() + ".unfinished");
}

Result<std::vector<AccountId>> AccountFolder::list() const {
    std::vector<AccountId> ids;
    std::error_code error;
    std::filesystem::directory_iterator entry(folder_, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
        auto id = AccountId::parse(entry->path().stem().string());
        if (id && entry->path().extension() == ".db") ids.push_back(*std::move(id));
    }
    if (error) {
        return fail(ErrorKind::unreachable,
                    "cannot list " + folder_.string() + ": " + error.message());
    }
    std::ranges::sort(ids);
    return ids;
}

AccountFolder::Look AccountFolder::look() const {
    std::error_code ignored;  // a folder that is gone has changed at no time
    const auto changed = std::filesystem::last_write_time(folder_, ignored);
    return {changed, std::filesystem::file_time_type::clock::now()};
}

bool AccountFolder::changed_since(const Look& before) const {
    return look().changed != before.changed || before.looked < before.changed + kStampResolution;
}

}  // namespace dsdash::embedded

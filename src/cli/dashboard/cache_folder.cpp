#include "cli/dashboard/cache_folder.hpp"

#include <fmt/format.h>

namespace dsdash::cli {

Result<std::filesystem::path> cache_folder(const std::string& option, const AccountId& account,
                                           const Region& region, const Environment& environment) {
    if (!option.empty()) {
        return option;
    }
    const auto name = fmt::format("{}-{}", account.text(), region.text());
    // A relative path in there is to be passed over, the specification says.
    const std::filesystem::path cache = environment("XDG_CACHE_HOME").value_or("");
    if (cache.is_absolute()) {
        return cache / "dsdash" / name;
    }
    const std::filesystem::path home = environment("HOME").value_or("");
    if (home.is_absolute()) {
        return home / ".cache" / "dsdash" / name;
    }
    auto error = fail(ErrorKind::malformed_input, "there is no home folder to keep a cache in");
    error.error().hint = "give --cache DIR";
    return error;
}

}  // namespace dsdash::cli

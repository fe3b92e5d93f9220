#include "cli/dashboard/token_place.hpp"

#include <fmt/format.h>

#include "cli/dashboard/cache_folder.hpp"
#include "cli/data_folder.hpp"
#include "doctor/commands.hpp"

namespace dsdash::cli {

void add_token_place_options(CLI::App& command, TokenPlace& place) {
    add_data_option(command, place.data);
    auto* data = command.get_option("--data");
    auto* profile = command.add_option("--profile", place.profile,
                                       "the AWS profile that dsdash dashboard was started with");
    auto* cache = command
                      .add_option("--cache", place.cache,
                                  "the cache of dsdash dashboard, where it was given --cache too")
                      ->type_name("DIR");
    profile->excludes(data);
    cache->excludes(data)->excludes(profile);
}

Result<std::filesystem::path> token_folder(const TokenPlace& place, const Session& session) {
    if (!place.cache.empty()) {
        return place.cache;
    }
    if (!place.profile.empty()) {
        auto api = session.connect_to_account({.profile = place.profile}, session.environment);
        if (!api) {
            auto& hint = api.error().hint;
            if (!hint.empty()) hint += "; or ";
            hint += "name the folder itself with --cache, which takes no credentials";
            return std::unexpected(std::move(api.error()));
        }
        return cache_folder("", (*api)->account(), (*api)->region(), session.environment);
    }
    auto folder = data_folder(place.data, session.environment);
    if (!folder) {
        folder.error().hint +=
            ", for dsdash serve; give --profile NAME or --cache DIR for dsdash dashboard";
    }
    return folder;
}

std::string token_create_command(std::string_view option, const std::filesystem::path& folder) {
    return fmt::format(
        "dsdash token create {} {} --name NAME --role operator", option,
        doctor::shell_word(std::filesystem::absolute(folder).lexically_normal().string()));
}

}  // namespace dsdash::cli

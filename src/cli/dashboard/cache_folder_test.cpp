#include "cli/dashboard/cache_folder.hpp"

#include <gtest/gtest.h>

#include <map>

namespace dsdash::cli {
namespace {

Result<std::filesystem::path> folder(const std::map<std::string, std::string>& variables,
                                     const std::string& option = "") {
    return cache_folder(option, AccountId::parse("111111111111").value(),
                        Region::parse("eu-west-1").value(),
                        [&](const std::string& name) -> std::optional<std::string> {
                            const auto found = variables.find(name);
                            if (found == variables.end()) return std::nullopt;
                            return found->second;
                        });
}

TEST(CacheFolder, IsOneForEachAccountAndRegion) {
    EXPECT_EQ(folder({{"HOME", "/home/ada"}}).value(),
              "/home/ada/.cache/dsdash/111111111111-eu-west-1");
    EXPECT_EQ(folder({{"HOME", "/home/ada"}, {"XDG_CACHE_HOME", "/var/cache/ada"}}).value(),
              "/var/cache/ada/dsdash/111111111111-eu-west-1");
}

TEST(CacheFolder, IsTheOneThatIsAskedFor) {
    EXPECT_EQ(folder({{"HOME", "/home/ada"}}, "here").value(), "here");
}

TEST(CacheFolder, NeedsAnAbsolutePath) {
    EXPECT_EQ(folder({{"HOME", "/home/ada"}, {"XDG_CACHE_HOME", "cache"}}).value(),
              "/home/ada/.cache/dsdash/111111111111-eu-west-1");
    EXPECT_EQ(folder({}).error().kind, ErrorKind::malformed_input);
}

}  // namespace
}  // namespace dsdash::cli

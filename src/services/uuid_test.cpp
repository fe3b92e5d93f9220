#include "services/uuid.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <set>

namespace dsdash {
namespace {

TEST(RandomUuidSource, WritesVersionAndVariantOfRfc9562) {
    const std::regex form("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    RandomUuidSource source;
    for (int i = 0; i < 100; ++i) {
        const auto uuid = source.next();
        EXPECT_TRUE(std::regex_match(uuid, form)) << uuid;
    }
}

TEST(RandomUuidSource, NeverGivesOneTwice) {
    RandomUuidSource source;
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        EXPECT_TRUE(seen.insert(source.next()).second);
    }
}

}  // namespace
}  // namespace dsdash

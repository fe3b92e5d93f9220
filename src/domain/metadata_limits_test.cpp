#include "domain/metadata_limits.hpp"

#include <gtest/gtest.h>

#include <string>

namespace dsdash {
namespace {

/// {"a":{"a":…1…}}, `depth` objects.
std::string nested(std::size_t depth) {
    std::string text;
    for (std::size_t i = 0; i < depth; ++i) text += R"({"a":)";
    return text + "1" + std::string(depth, '}');
}

std::string list_of(std::string_view element, std::size_t count) {
    std::string text = R"({"k":[)";
    for (std::size_t i = 0; i < count; ++i) text.append(i == 0 ? "" : ",").append(element);
    return text + "]}";
}

TEST(MetadataLimits, TakesAsManyLevelsAsDynamoDb) {
    EXPECT_TRUE(check_metadata("{}"));
    EXPECT_TRUE(check_metadata(nested(31)));
    for (const std::size_t depth : {32U, 33U, 900U}) {
        const auto refused = check_metadata(nested(depth));
        ASSERT_FALSE(refused) << depth;
        EXPECT_EQ(refused.error().kind, ErrorKind::malformed_input);
        EXPECT_EQ(refused.error().message, "nested deeper than 31 levels");
    }
    EXPECT_FALSE(check_metadata(R"({"a":)" + std::string(31, '[') + std::string(31, ']') + "}"));
}

TEST(MetadataLimits, TakesAsManyBytesAsDynamoDb) {
    const auto text = [](std::size_t bytes) {
        return R"({"k":")" + std::string(bytes, 'x') + R"("})";
    };
    constexpr std::size_t kAround = 3 + 1 + 1;  // the map, and the name of its member
    EXPECT_TRUE(check_metadata(text(kMetadataBytesMax - kAround)));
    const auto refused = check_metadata(text(kMetadataBytesMax - kAround + 1));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "larger than 401408 bytes");
}

TEST(MetadataLimits, CountsWhatIsLargerAsAnItemThanAsText) {
    // A digit and its comma are two bytes of text and three of an item.
    EXPECT_TRUE(check_metadata(list_of("7", kMetadataBytesMax / 3 - 10)));
    EXPECT_FALSE(check_metadata(list_of("7", kMetadataBytesMax / 3 + 10)));
    EXPECT_FALSE(check_metadata(list_of("[]", kMetadataBytesMax / 4 + 10)));
    EXPECT_FALSE(check_metadata(list_of("1e99", kMetadataBytesMax / 23 + 10)));
    EXPECT_FALSE(check_metadata(list_of("true", kMetadataBytesMax / 2 + 10)));
}

}  // namespace
}  // namespace dsdash

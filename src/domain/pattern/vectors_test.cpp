#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "domain/event_pattern.hpp"

namespace dsdash {

namespace {

/// One line of tests/data/event_pattern_vectors.tsv: what aws/event-ruler itself answered.
struct Vector {
    std::string name;
    std::string outcome;  ///< "true…", "false…" or "INVALID <reason>"
    std::string pattern;
    std::string event;
};

std::vector<Vector> read_vectors() {
    std::ifstream file(DSDASH_TEST_DATA "/event_pattern_vectors.tsv");
    std::vector<Vector> vectors;
    Vector vector;
    while (std::getline(file, vector.name, '\t') && std::getline(file, vector.outcome, '\t') &&
           std::getline(file, vector.pattern, '\t') && std::getline(file, vector.event)) {
        vectors.push_back(vector);
    }
    return vectors;
}

/// event-ruler stops reading behind the pattern's last brace; here the whole text must be JSON.
bool is_refused_only_here(const Vector& vector) {
    return vector.name == "trailing garbage";
}

constexpr std::string_view kInvalid = "INVALID ";

}  // namespace

TEST(EventPatternVectors, AreAllThere) {
    EXPECT_EQ(read_vectors().size(), 92U);
}

TEST(EventPatternVectors, InvalidPatternsAreRefusedWithTheReasonOfEventRuler) {
    for (const auto& vector : read_vectors()) {
        if (!vector.outcome.starts_with(kInvalid)) {
            continue;
        }
        const auto pattern = EventPattern::parse(vector.pattern);
        ASSERT_FALSE(pattern) << vector.name;
        EXPECT_EQ(pattern.error().code, "InvalidEventPatternException") << vector.name;
        const auto reason = vector.outcome.substr(kInvalid.size());
        EXPECT_TRUE(pattern.error().message.contains("Reason: " + reason + " at line 1, column "))
            << vector.name << ": " << pattern.error().message;
    }
}

TEST(EventPatternVectors, ValidPatternsMatchAsInEventRuler) {
    for (const auto& vector : read_vectors()) {
        if (vector.outcome.starts_with(kInvalid) || is_refused_only_here(vector)) {
            continue;
        }
        const auto pattern = EventPattern::parse(vector.pattern);
        ASSERT_TRUE(pattern) << vector.name << ": " << pattern.error().message;
        const auto event = parse_json_object(vector.event);
        ASSERT_TRUE(event) << vector.name;
        EXPECT_EQ(pattern->matches(*event), vector.outcome.starts_with("true")) << vector.name;
    }
}

TEST(EventPatternVectors, TextAfterThePatternIsRefused) {
    const auto pattern = EventPattern::parse(R"({"a":["x"]} z)");
    ASSERT_FALSE(pattern);
    EXPECT_EQ(
        pattern.error().message,
        "Event pattern is not valid. Reason: not JSON: text after the value at line 1, column "
        "13 (offset 12)");
}

}  // namespace dsdash

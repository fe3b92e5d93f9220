#include "functions/run_function.hpp"

#include <gmock/gmock.h>

#include "functions/testing/function_fixture.hpp"

namespace dsdash::functions {
namespace {

using ::testing::HasSubstr;

TEST(RunFunction, KnowsNoOtherHandler) {
    FunctionFixture fixture;
    for (const auto* handler : {"", "Archive", "archive ", "os.system"}) {
        const auto answer = fixture.run(handler, "{}");
        ASSERT_FALSE(answer) << handler;
        EXPECT_EQ(answer.error().kind, ErrorKind::not_found);
    }
}

TEST(RunFunction, RefusesPayloadsOverLambdasLimit) {
    FunctionFixture fixture;
    const auto at_limit = "{}" + std::string(kPayloadBytesMax - 2, ' ');
    EXPECT_TRUE(fixture.run("refresh", at_limit));
    const auto answer = fixture.run("refresh", at_limit + " ");
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ErrorKind::malformed_input);
    EXPECT_THAT(answer.error().message, HasSubstr("6291456"));
}

TEST(RunFunction, RefusesDeepNestingInEveryFunction) {
    FunctionFixture fixture;
    const auto deep = R"({"a":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
    for (const auto* handler : {"archive", "connection", "extraction", "refresh"}) {
        const auto answer = fixture.run(handler, deep);
        ASSERT_FALSE(answer) << handler;
        EXPECT_EQ(answer.error().kind, ErrorKind::malformed_input);
    }
}

TEST(RunFunction, RefusesAPayloadCutAnywhere) {
    FunctionFixture fixture;
    const auto whole = make_event("metric_fetch", "metric_fetch", R"({"FetchId":"é"})").to_json();
    for (std::size_t length = 1; length < whole.size(); ++length) {
        EXPECT_FALSE(fixture.run("archive", whole.substr(0, length))) << length;
        EXPECT_FALSE(fixture.run("extraction", whole.substr(0, length))) << length;
    }
}

}  // namespace
}  // namespace dsdash::functions

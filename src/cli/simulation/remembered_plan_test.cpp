#include "cli/simulation/remembered_plan.hpp"

#include <gmock/gmock.h>

#include "services/testing/fake_aws_api.hpp"

namespace dsdash::cli {
namespace {

using simulation::Plan;
using ::testing::HasSubstr;

const TimePoint kEnd = parse_extraction_date("2026-11-23 12:00:00").value();

Plan plan(TimePoint until) {
    return {.spokes = 5, .metrics = 6, .days = 7, .seed = 3, .end = until, .until = until};
}

/// A hub whose Parameter Store keeps one parameter.
struct Hub {
    FakeAwsApi api;
    std::optional<std::string> value;

    Hub() {
        api.on("ssm:GetParameter", [this](const json::object&) -> Result<json::object> {
            if (!value) return fail(ErrorKind::not_found, "none", "ParameterNotFound");
            return json::object{
                {"Parameter", json::object{{"Name", kPlanParameter}, {"Value", *value}}}};
        });
        api.on("ssm:PutParameter", [this](const json::object& input) {
            value = std::string(input.at("Value").as_string());
            return json::object{{"Version", 1}};
        });
    }
};

TEST(RememberedPlan, OfANewFleetIsTheWantedOne) {
    Hub hub;
    EXPECT_EQ(recall_plan(hub.api, plan(kEnd)).value().end, kEnd);
    EXPECT_FALSE(hub.value.has_value());
}

TEST(RememberedPlan, EndsWhereTheFleetEndedFirst) {
    Hub hub;
    ASSERT_TRUE(keep_plan(hub.api, plan(kEnd)));
    const auto later = kEnd + std::chrono::hours(30);
    const auto continued = recall_plan(hub.api, plan(later)).value();
    EXPECT_EQ(continued.end, kEnd);
    EXPECT_EQ(continued.until, later);
    EXPECT_EQ(continued.spokes, 5);
}

TEST(RememberedPlan, OfAnotherFleetIsAConflict) {
    Hub hub;
    ASSERT_TRUE(keep_plan(hub.api, plan(kEnd)));
    auto other = plan(kEnd);
    other.seed = 4;
    const auto refused = recall_plan(hub.api, other);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::conflict);
    EXPECT_THAT(refused.error().hint,
                HasSubstr("--spokes 5 --metrics 6 --days 7 --interval 60 --seed 3"));
}

TEST(RememberedPlan, ThatIsNoneIsRefused) {
    for (const auto* text :
         {"", "{}", R"({"Options":1,"End":2})", R"({"Options":"","End":"soon"})"}) {
        Hub hub;
        hub.value = text;
        EXPECT_FALSE(recall_plan(hub.api, plan(kEnd))) << text;
    }
}

}  // namespace
}  // namespace dsdash::cli

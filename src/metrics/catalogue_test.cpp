#include "metrics/catalogue.hpp"

#include <gmock/gmock.h>

#include <regex>
#include <set>

namespace dsdash::metrics {
namespace {

using ::testing::HasSubstr;

TEST(Catalogue, HoldsTheSeedsMetrics) {
    for (const auto* name : {"CompletedTrainingJobs24h", "NumberEndPointsInService",
                             "SSMParamStoreValue", "TotalCompletedTrainingJobs"}) {
        const auto* metric = find_metric(name);
        ASSERT_NE(metric, nullptr) << name;
        EXPECT_EQ(metric->name(), name);
    }
}

TEST(Catalogue, NamesEachMetricOnceAndDescribesIt) {
    std::set<std::string> names;
    for (const auto& metric : catalogue()) {
        EXPECT_TRUE(names.insert(metric->name()).second) << metric->name();
        EXPECT_TRUE(std::regex_match(metric->name(), std::regex("[A-Za-z][A-Za-z0-9_]{0,254}")));
        EXPECT_FALSE(metric->unit().empty()) << metric->name();
        EXPECT_TRUE(metric->description().ends_with('.')) << metric->name();
    }
}

TEST(Catalogue, DeclaresPermissionsWithoutWildcardActions) {
    const auto account = AccountId::parse("222222222222").value();
    const auto region = Region::parse("eu-west-1").value();
    for (const auto& metric : catalogue()) {
        Settings settings;
        for (const auto& setting : metric->settings()) {
            EXPECT_TRUE(std::regex_match(setting.name, std::regex("[a-z0-9_]+")));
            settings[setting.name] = "value";
        }
        const auto permissions = metric->get_iam_permissions(account, region, settings);
        EXPECT_FALSE(permissions.empty()) << metric->name();
        for (const auto& permission : permissions) {
            EXPECT_TRUE(std::regex_match(permission.action, std::regex("[a-z]+:[A-Za-z]+")))
                << permission.action;
        }
    }
}

TEST(Catalogue, FindsNothingByAnotherName) {
    for (const auto* name : {"", "totalcompletedtrainingjobs", "Total", "__import__('os')"}) {
        EXPECT_EQ(find_metric(name), nullptr) << name;
    }
}

TEST(ChooseMetrics, KeepsTheOrderAndIgnoresSpaces) {
    const auto chosen = choose_metrics("TotalCompletedTrainingJobs , NumberEndPointsInService");
    ASSERT_TRUE(chosen) << chosen.error().message;
    ASSERT_EQ(chosen->size(), 2U);
    EXPECT_EQ((*chosen)[0]->name(), "TotalCompletedTrainingJobs");
    EXPECT_EQ((*chosen)[1]->name(), "NumberEndPointsInService");
}

TEST(ChooseMetrics, RefusesUnknownNamesAndListsTheKnown) {
    for (const auto* names : {"Nope", "TotalCompletedTrainingJobs,Nope"}) {
        const auto chosen = choose_metrics(names);
        ASSERT_FALSE(chosen);
        EXPECT_EQ(chosen.error().kind, ErrorKind::malformed_input);
        EXPECT_THAT(chosen.error().message, HasSubstr("\"Nope\""));
        EXPECT_THAT(chosen.error().message, HasSubstr("SSMParamStoreValue"));
    }
}

TEST(ChooseMetrics, RefusesEmptyListsAndPlaces) {
    for (const auto* names : {"", " ", ",", "TotalCompletedTrainingJobs,"}) {
        const auto chosen = choose_metrics(names);
        ASSERT_FALSE(chosen) << names;
        EXPECT_EQ(chosen.error().kind, ErrorKind::malformed_input);
    }
}

TEST(ChooseMetrics, RefusesTheSameMetricTwice) {
    const auto chosen = choose_metrics("NumberEndPointsInService,NumberEndPointsInService");
    ASSERT_FALSE(chosen);
    EXPECT_THAT(chosen.error().message, HasSubstr("named twice"));
}

}  // namespace
}  // namespace dsdash::metrics

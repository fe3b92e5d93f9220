#include "contract/contract_fixture.hpp"
#include "items/state_item.hpp"

namespace dsdash::contract_suite {
namespace {

using std::chrono::seconds;
using ::testing::Contains;
using ::testing::Not;
using ::testing::SizeIs;

class HubStateContract : public Contract {
  protected:
    /// Of an account that no other test has.
    [[nodiscard]] ExtractionReport report(std::string_view fetch_id = "f-1") const {
        return {.account_id = own("account"),
                .project_name = "churn",
                .environment = "dev",
                .fetch_id = std::string(fetch_id),
                .time = at(kDate),
                .metrics = {"Jobs", "Endpoints"},
                .failures = {{"Endpoints", "denied: \"no\""}},
                .duration_ms = 1'234};
    }

    [[nodiscard]] QuarantinedEvent quarantined(std::string_view reason) const {
        return {.event = {.id = own("event"),
                          .source = "metric_extractor",
                          .detail_type = "metric_extractor",
                          .account = AccountId::parse("222222222222").value(),
                          .region = Region::parse("eu-west-1").value(),
                          .time = at(kDate),
                          .resources = {},
                          .detail = R"({"MetricName":"Jobs","MetricValue":1.50})"},
                .reason = std::string(reason),
                .time = at(kDate)};
    }

    std::vector<ExtractionReport> reports() {
        auto all = home().hub_state().reports();
        EXPECT_TRUE(all) << all.error().message;
        if (!all) return {};
        EXPECT_TRUE(std::ranges::is_sorted(*all, {}, &ExtractionReport::account_id));
        std::erase_if(*all, [this](const ExtractionReport& one) {
            return !one.account_id.starts_with(own("account"));
        });
        return *all;
    }
};

TEST_F(HubStateContract, KeepsAllOfAReport) {
    ASSERT_TRUE(home().hub_state().put_report(report()));
    ASSERT_TRUE(home().hub_state().put_report(report()));
    ASSERT_THAT(reports(), SizeIs(1));
    EXPECT_EQ(items::report_item(reports()[0]), items::report_item(report()));
}

TEST_F(HubStateContract, KeepsTheNewestReportOfAnAccount) {
    ASSERT_TRUE(home().hub_state().put_report(report("second")));
    auto older = report("first");
    older.time -= seconds(1);
    ASSERT_TRUE(home().hub_state().put_report(older));
    EXPECT_EQ(reports().at(0).fetch_id, "second");
    ASSERT_TRUE(home().hub_state().put_report(report("of the same second")));
    EXPECT_EQ(reports().at(0).fetch_id, "of the same second");
    EXPECT_THAT(reports(), SizeIs(1));
}

TEST_F(HubStateContract, ReadsReportsOfMoreThanOnePage) {
    for (int i = 0; i < 8; ++i) {
        auto one = report();
        one.account_id += fmt::format("-{:02}", i);
        one.failures[0].reason = std::string(200'000, 'r');
        ASSERT_TRUE(home().hub_state().put_report(one));
    }
    EXPECT_THAT(reports(), SizeIs(8));
}

TEST_F(HubStateContract, QuarantinesAnEventOnceByItsId) {
    ASSERT_TRUE(home().hub_state().quarantine(quarantined("first")));
    ASSERT_TRUE(home().hub_state().quarantine(quarantined("second")));
    EXPECT_THAT(state_items("quarantine"), Contains(items::quarantine_item(quarantined("first"))));
    EXPECT_THAT(state_items("quarantine"),
                Not(Contains(items::quarantine_item(quarantined("second")))));
}

TEST_F(HubStateContract, KeepsThePongOfTheLatestPing) {
    const Pong first{.account_id = own("account"),
                     .ping_id = "p-1",
                     .ping_date = at(kDate),
                     .date = at(kDate) + seconds(1)};
    auto later = first;
    later.ping_id = "p-2";
    later.ping_date += seconds(2);
    for (const auto& pong : {later, first, later}) {
        ASSERT_TRUE(home().hub_state().put_pong(pong));
    }
    const auto pongs = home().hub_state().pongs();
    ASSERT_TRUE(pongs) << pongs.error().message;
    const auto kept = std::ranges::find(*pongs, own("account"), &Pong::account_id);
    ASSERT_NE(kept, pongs->end());
    EXPECT_EQ(items::pong_item(*kept), items::pong_item(later));
    EXPECT_THAT(state_items("pong"), Contains(items::pong_item(later)));
}

TEST_F(HubStateContract, ShowsReportsAsItems) {
    ASSERT_TRUE(home().hub_state().put_report(report()));
    EXPECT_THAT(state_items("report"), Contains(items::report_item(report())));
}

TEST_F(HubStateContract, ShowsTheLatestRecordsAsItems) {
    const auto one = record("0.50");
    ASSERT_TRUE(put(one));
    EXPECT_THAT(state_items("latest"), Contains(items::latest_item({one, {}})));
    auto later = record("0.75");
    later.extraction_date += seconds(1);
    ASSERT_TRUE(put(later));
    EXPECT_THAT(state_items("latest"),
                Contains(items::latest_item({later, {one.extraction_date}})));
}

TEST_F(HubStateContract, LeavesNothingOfAnOlderRecordInTheLatestItem) {
    auto first = record("1", "fraud");
    ASSERT_TRUE(put(record("1")));
    first.delivery_delay = std::chrono::milliseconds(7);
    ASSERT_EQ(put(first), Stored::moved);
    first.original_extraction_date = first.extraction_date;
    first.extraction_date += std::chrono::microseconds(1);
    EXPECT_THAT(state_items("latest"), Contains(items::latest_item({first, {}})));
    auto second = record("2", "fraud");
    second.event_id.clear();
    second.extraction_date += seconds(1);
    ASSERT_EQ(put(second), Stored::inserted);
    EXPECT_THAT(state_items("latest"),
                Contains(items::latest_item({second, {first.extraction_date}})));
}

TEST_F(HubStateContract, TakesOverALatestItemThatHasNoPreviousDates) {
    const auto old = record("1");
    auto item = items::latest_item({old, {}});
    for (const auto name : items::kPreviousDates) item.erase(name);
    const auto put_by_client = home().api().call(
        "dynamodb", "PutItem", {{"TableName", home().tables().state}, {"Item", item}});
    ASSERT_EQ(put_by_client.has_value(), home().takes_any_item());
    if (!put_by_client) return;  // no client writes the embedded home's state table
    ASSERT_THAT(latest(), SizeIs(1));
    EXPECT_THAT(latest()[0].previous_dates, SizeIs(0));
    auto later = record("2");
    later.extraction_date += seconds(1);
    ASSERT_TRUE(put(later));
    EXPECT_THAT(state_items("latest"),
                Contains(items::latest_item({later, {old.extraction_date}})));
}

}  // namespace
}  // namespace dsdash::contract_suite

#include "embedded/hub_tables/state_table.hpp"

#include <gtest/gtest.h>

#include "embedded/testing/temporary_folder.hpp"

namespace dsdash::embedded {
namespace {

constexpr std::int64_t kQuarantineMax = 100;

class StateTableTest : public testing::Test {
  protected:
    StateTableTest() { EXPECT_TRUE(table_.create()); }

    class FixedClock final : public Clock {
      public:
        [[nodiscard]] TimePoint now() const override {
            return parse_extraction_date("2026-11-23 12:00:00").value();
        }
    };

    static Database open_file(const std::filesystem::path& file) {
        auto database = Database::open(file, Database::Access::read_write).value();
        EXPECT_TRUE(database.run_script(StateTable::schema()));
        return database;
    }

    [[nodiscard]] ExtractionReport report(int minutes) const {
        return {.account_id = "222222222222",
                .project_name = "churn",
                .environment = "dev",
                .fetch_id = "f1",
                .time = clock_.now() + std::chrono::minutes(minutes),
                .metrics = {"a", "b\"c"},
                .failures = {{"b\"c", "denied: \xC3\xA9"}},
                .duration_ms = 17};
    }

    [[nodiscard]] QuarantinedEvent event(const std::string& id) const {
        return {.event = {.id = id,
                          .source = "metric_extractor",
                          .detail_type = "metric_extractor",
                          .account = identity_.id,
                          .region = identity_.region,
                          .time = clock_.now(),
                          .resources = {},
                          .detail = R"({"MetricName":"a","MetricValue":0.10})"},
                .reason = "not registered",
                .time = clock_.now()};
    }

    std::vector<std::string> ids(const std::optional<std::string>& after, std::size_t limit,
                                 bool forward = true) {
        std::vector<std::string> ids;
        const auto page = table_.quarantined(after, limit, forward).value();
        for (const auto& one : page) ids.push_back(one.event.id);
        return ids;
    }

    using Ids = std::vector<std::string>;

    FixedClock clock_;
    TemporaryFolder folder_;
    AccountIdentity identity_{.id = AccountId::parse("111111111111").value(),
                              .name = "hub",
                              .region = Region::parse("eu-west-1").value(),
                              .access_key_id = {},
                              .secret_access_key = {}};
    Writer writer_{open_file(folder_.path() / "a.db")};
    ReadPool reads_{folder_.path() / "a.db"};
    StateTable table_{{identity_, writer_, reads_, clock_}, kQuarantineMax};
};

TEST_F(StateTableTest, KeepsEveryFieldOfAReport) {
    ASSERT_TRUE(table_.put_report(report(0)));
    const auto reports = table_.reports().value();
    ASSERT_EQ(reports.size(), 1U);
    const auto& kept = reports.front();
    EXPECT_EQ(kept.account_id, "222222222222");
    EXPECT_EQ(kept.project_name, "churn");
    EXPECT_EQ(kept.environment, "dev");
    EXPECT_EQ(kept.fetch_id, "f1");
    EXPECT_EQ(kept.time, clock_.now());
    EXPECT_EQ(kept.metrics, (std::vector<std::string>{"a", "b\"c"}));
    ASSERT_EQ(kept.failures.size(), 1U);
    EXPECT_EQ(kept.failures[0].metric_name, "b\"c");
    EXPECT_EQ(kept.failures[0].reason, "denied: \xC3\xA9");
    EXPECT_EQ(kept.duration_ms, 17);
}

TEST_F(StateTableTest, KeepsTheNewestReportOfEachAccount) {
    ASSERT_TRUE(table_.put_report(report(5)));
    ASSERT_TRUE(table_.put_report(report(3)));
    auto other = report(1);
    other.account_id = "111111111111";
    ASSERT_TRUE(table_.put_report(other));
    const auto reports = table_.reports().value();
    ASSERT_EQ(reports.size(), 2U);
    EXPECT_EQ(reports[0].account_id, "111111111111");
    EXPECT_EQ(reports[1].time, report(5).time);
}

TEST_F(StateTableTest, KeepsThePongOfEachAccountsLatestPing) {
    const auto pong = [&](const std::string& account, const std::string& id, int asked_s) {
        const auto date = clock_.now() + std::chrono::seconds(asked_s);
        return Pong{account, id, date, date + std::chrono::milliseconds(40)};
    };
    ASSERT_TRUE(table_.put_pong(pong("333333333333", "p1", 0)));
    ASSERT_TRUE(table_.put_pong(pong("222222222222", "p2", 5)));
    ASSERT_TRUE(table_.put_pong(pong("222222222222", "p1", 0)));  // late
    const auto pongs = table_.pongs().value();
    ASSERT_EQ(pongs.size(), 2U);
    EXPECT_EQ(pongs[0].account_id, "222222222222");
    EXPECT_EQ(pongs[0].ping_id, "p2");
    EXPECT_EQ(pongs[0].ping_date, clock_.now() + std::chrono::seconds(5));
    EXPECT_EQ(pongs[0].date - pongs[0].ping_date, std::chrono::milliseconds(40));
    EXPECT_EQ(pongs[1].account_id, "333333333333");
    ASSERT_TRUE(table_.drop(true));
    EXPECT_FALSE(table_.put_pong(pong("222222222222", "p3", 9)));
    ASSERT_TRUE(table_.create());
    EXPECT_TRUE(table_.pongs()->empty());
}

TEST_F(StateTableTest, KeepsAQuarantinedEventOnceAndByteForByte) {
    ASSERT_TRUE(table_.quarantine(event("e1")));
    auto again = event("e1");
    again.reason = "another";
    ASSERT_TRUE(table_.quarantine(again));
    const auto found = table_.find_quarantined("e1").value();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->event.to_json(), event("e1").event.to_json());
    EXPECT_EQ(found->reason, "not registered");
    EXPECT_EQ(found->time, clock_.now());
    EXPECT_EQ(table_.quarantined_count().value(), 1);
}

TEST_F(StateTableTest, PagesThroughTheQuarantineByIdInBothDirections) {
    for (const auto* id : {"b", "a", "d", "c"}) ASSERT_TRUE(table_.quarantine(event(id)));
    EXPECT_EQ(ids(std::nullopt, 3), (Ids{"a", "b", "c"}));
    EXPECT_EQ(ids("c", 3), (Ids{"d"}));
    EXPECT_EQ(ids("bb", 1), (Ids{"c"}));
    EXPECT_EQ(ids(std::nullopt, 2, false), (Ids{"d", "c"}));
    EXPECT_EQ(ids("c", 5, false), (Ids{"b", "a"}));
}

TEST_F(StateTableTest, RemovesAnEventOnce) {
    ASSERT_TRUE(table_.quarantine(event("e1")));
    ASSERT_TRUE(table_.remove_quarantined("e1"));
    EXPECT_EQ(table_.remove_quarantined("e1").error().kind, ErrorKind::not_found);
    EXPECT_FALSE(table_.find_quarantined("e1").value());
}

TEST_F(StateTableTest, LetsTheOldestEventsGoBeyondItsBound) {
    for (std::int64_t i = 0; i <= kQuarantineMax; ++i) {
        ASSERT_TRUE(table_.quarantine(event(std::to_string(1'000 - i))));
        EXPECT_LE(table_.quarantined_count().value(), kQuarantineMax);
    }
    EXPECT_EQ(table_.quarantined_count().value(), kQuarantineMax - kQuarantineMax / 100);
    EXPECT_FALSE(table_.find_quarantined("1000").value());
    EXPECT_TRUE(table_.find_quarantined(std::to_string(1'000 - kQuarantineMax)).value());
}

TEST_F(StateTableTest, LetsNoEventGoWhenReplaysHaveMadeRoom) {
    ASSERT_TRUE(table_.quarantine(event("first")));
    for (int i = 0; i <= kQuarantineMax; ++i) {
        ASSERT_TRUE(table_.quarantine(event("other")));
        ASSERT_TRUE(table_.remove_quarantined("other"));
    }
    ASSERT_TRUE(table_.quarantine(event("last")));
    EXPECT_EQ(ids(std::nullopt, 10), (Ids{"first", "last"}));
}

TEST_F(StateTableTest, AnswersNotFoundWhenItIsNotDeployed) {
    ASSERT_TRUE(table_.put_report(report(0)));
    ASSERT_TRUE(table_.drop(false));
    EXPECT_FALSE(table_.exists().value());
    EXPECT_EQ(table_.put_report(report(0)).error().kind, ErrorKind::not_found);
    EXPECT_EQ(table_.quarantine(event("e")).error().kind, ErrorKind::not_found);
    EXPECT_EQ(table_.reports().error().code, "ResourceNotFoundException");
    ASSERT_TRUE(table_.create());
    EXPECT_EQ(table_.reports().value().size(), 1U);
}

TEST_F(StateTableTest, DeletesWhatItHoldsWhenAsked) {
    ASSERT_TRUE(table_.put_report(report(0)));
    ASSERT_TRUE(table_.quarantine(event("e")));
    ASSERT_TRUE(table_.drop(true));
    ASSERT_TRUE(table_.create());
    EXPECT_TRUE(table_.reports().value().empty());
    EXPECT_EQ(table_.quarantined_count().value(), 0);
}

TEST_F(StateTableTest, SaysWhenTheFileHoldsAReportThatIsNone) {
    ASSERT_TRUE(table_.put_report(report(0)));
    for (const auto* bad : {"", "{}", "[1]", "["}) {
        ASSERT_TRUE(writer_.write<std::int64_t>([&](Database& database) {
            return database.run("UPDATE report SET metrics = ?", bad);
        }));
        EXPECT_EQ(table_.reports().error().kind, ErrorKind::internal) << bad;
    }
}

}  // namespace
}  // namespace dsdash::embedded

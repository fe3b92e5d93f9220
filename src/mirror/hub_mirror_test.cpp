#include "mirror/hub_mirror.hpp"

#include <gmock/gmock.h>

#include "embedded/testing/record_table_fixture.hpp"
#include "mirror/testing/fake_hub_tables.hpp"
#include "services/testing/fake_services.hpp"

namespace dsdash::mirror {
namespace {

using embedded::date;
using embedded::describe;
using embedded::of_series;
using embedded::record;
using std::chrono::hours;
using ::testing::IsEmpty;

const SeriesKey kJobs = record("2026-11-23 12:00:00", "0").series;

class HubMirrorTest : public testing::Test {
  protected:
    HubMirrorTest() { reopen(); }

    /// As a program that was killed and started again.
    void reopen() {
        mirror_.reset();
        file_.reset();
        file_ = MirrorFile::open(folder_.path() / "cache", {api_.account(), api_.region()}, clock_)
                    .value();
        mirror_.emplace(api_, *file_, clock_);
    }

    void poll() {
        const auto polled = mirror_->poll();
        ASSERT_TRUE(polled) << polled.error().message;
    }
    /// Until there is nothing to do.
    void step_to_the_end() {
        for (int steps = 0; steps < 10'000; ++steps) {
            const auto stepped = mirror_->step();
            ASSERT_TRUE(stepped) << stepped.error().message;
            if (!*stepped) return;
        }
        FAIL() << "it never ends";
    }
    void pass(std::chrono::microseconds time) { clock_.time += time; }

    std::vector<std::string> mirrored(const std::string& metric = "Jobs") {
        return describe(file_->records().by_metric(metric, {.limit = 100'000}).value());
    }
    std::vector<std::string> quarantined() {
        std::vector<std::string> ids;
        const auto all = file_->state().quarantined(std::nullopt, 100).value();
        for (const auto& event : all) ids.push_back(event.event.id);
        return ids;
    }
    /// Hourly values of one series up to 11:00, as they came.
    std::vector<std::string> archive_hours(int count) {
        std::vector<std::string> archived;
        for (int hour = count - 1; hour >= 0; --hour) {
            auto one = record("2026-11-23 11:00:00", std::to_string(count - hour));
            one.extraction_date -= hours(hour);
            hub_.archive(one);
            archived.push_back(describe(one));
        }
        return archived;
    }
    /// Of the one series that there is.
    std::vector<TimePoint> previous_dates() {
        return file_->records().latest().value().at(0).previous_dates;
    }
    static std::vector<TimePoint> hours_before(int hour, int count) {
        std::vector<TimePoint> dates;
        for (int i = 1; i <= count; ++i) {
            dates.push_back(date("2026-11-23 00:00:00") + hours(hour - i));
        }
        return dates;
    }
    static QuarantinedEvent bad_event(const std::string& id) {
        Event event =
            Event::from_json(R"({"version":"0","id":"x","detail-type":"metric_extractor",)"
                             R"("source":"metric_extractor","account":"222222222222",)"
                             R"("time":"2026-11-23T12:00:00Z","region":"eu-west-1","resources":[],)"
                             R"("detail":{"MetricValue":"no number"}})")
                .value();
        event.id = id;
        return {event, "MetricValue: is no number", date("2026-11-23 12:00:00")};
    }

    embedded::TemporaryFolder folder_;
    FakeClock clock_;
    FakeAwsApi api_{"111111111111"};
    FakeHubTables hub_{api_};
    std::unique_ptr<MirrorFile> file_;
    std::optional<HubMirror> mirror_;
};

TEST_F(HubMirrorTest, FirstPollHasTheNewestOfEverySeries) {
    archive_hours(100);
    hub_.archive(of_series(record("2026-11-23 11:00:00.000001", "0.5"), {"Auc", "x", "dev", ""}));
    poll();
    const auto latest = file_->records().latest().value();
    ASSERT_EQ(latest.size(), 2U);
    EXPECT_EQ(latest[0].value.to_string(), "0.5");
    EXPECT_EQ(latest[1].value.to_string(), "100");
    EXPECT_EQ(hub_.items_read, 2U);
    EXPECT_EQ(file_->polled().value(), clock_.now());
}

TEST_F(HubMirrorTest, StepsReadAllHistoryAsItIsInTheHub) {
    const auto archived = archive_hours(100);
    hub_.page_items = 7;
    poll();
    step_to_the_end();
    EXPECT_EQ(mirrored(), archived);
    EXPECT_EQ(mirror_->progress().complete, 1U);
    const auto queries = hub_.queries;
    step_to_the_end();
    EXPECT_EQ(hub_.queries, queries);
}

TEST_F(HubMirrorTest, KeepsDatesToWhichRecordsHadToMove) {
    auto moved = record("2026-11-23 11:00:00.000002", "2", "e-2");
    moved.original_extraction_date = date("2026-11-23 11:00:00");
    hub_.archive(moved);
    auto first = record("2026-11-23 11:00:00", "1", "e-1");
    first.metadata = R"({"unit":"1"})";
    hub_.archive(first);
    poll();
    step_to_the_end();
    EXPECT_EQ(mirrored(), (std::vector{describe(first), describe(moved)}));
}

TEST_F(HubMirrorTest, HistoriesGrowBackwardsTogether) {
    archive_hours(20);
    for (int hour = 0; hour < 20; ++hour) {
        auto one = of_series(record("2026-11-23 11:00:00", "1"), {"Auc", "x", "dev", ""});
        one.extraction_date -= hours(hour);
        hub_.archive(one);
    }
    hub_.page_items = 5;
    poll();
    for (int step = 0; step < 4; ++step) ASSERT_TRUE(mirror_->step().value());
    EXPECT_EQ(mirrored("Jobs").size(), 10U);
    EXPECT_EQ(mirrored("Auc").size(), 10U);
    EXPECT_EQ(mirror_->progress().back_to, date("2026-11-23 02:00:00"));
}

TEST_F(HubMirrorTest, ReadsTheDatesBeforeTheNewestFromHistoryWhereTheHubDoesNotTellThem) {
    hub_.tells_previous_dates = false;
    archive_hours(10);
    hub_.page_items = 4;
    poll();
    EXPECT_THAT(previous_dates(), IsEmpty());
    step_to_the_end();
    EXPECT_EQ(previous_dates(), hours_before(11, 5));
}

TEST_F(HubMirrorTest, FirstPollHasTheDatesBeforeTheNewest) {
    archive_hours(10);
    poll();
    EXPECT_EQ(previous_dates(), hours_before(11, 5));
    hub_.archive(record("2026-11-23 12:00:00", "7"));
    poll();
    EXPECT_EQ(previous_dates(), hours_before(12, 5));
}

TEST_F(HubMirrorTest, PartOfAHistoryTakesNoDatesAway) {
    archive_hours(4);
    hub_.page_items = 2;
    poll();
    ASSERT_TRUE(mirror_->step().value());
    EXPECT_EQ(previous_dates(), hours_before(11, 3));
}

TEST_F(HubMirrorTest, AddsWhatTheHubsArchiveOfOldDidNotTell) {
    hub_.tells_previous_dates = false;
    archive_hours(10);
    hub_.tells_previous_dates = true;
    for (const auto* at : {"2026-11-23 12:00:00", "2026-11-23 13:00:00"}) {
        hub_.archive(record(at, "7"));
    }
    poll();
    EXPECT_EQ(previous_dates(), hours_before(13, 2));
    step_to_the_end();
    EXPECT_EQ(previous_dates(), hours_before(13, 5));
    poll();
    EXPECT_EQ(previous_dates(), hours_before(13, 5));
}

TEST_F(HubMirrorTest, PollReadsAllThatMadeASeriesMoveOn) {
    auto archived = archive_hours(3);
    poll();
    step_to_the_end();
    for (const auto* at : {"2026-11-23 11:10:00", "2026-11-23 11:20:00", "2026-11-23 11:30:00"}) {
        hub_.archive(record(at, "7"));
        archived.push_back(describe(record(at, "7")));
    }
    hub_.page_items = 2;
    poll();
    EXPECT_EQ(mirrored(), archived);
}

TEST_F(HubMirrorTest, PollReadsNothingButStateWhenNothingMoved) {
    archive_hours(3);
    poll();
    step_to_the_end();
    hub_.queries = 0;
    poll();
    EXPECT_EQ(hub_.queries, 4U);  // latest, report, pong and quarantine
}

TEST_F(HubMirrorTest, SeriesThatComesLaterIsThereWithWhatCameTogether) {
    archive_hours(3);
    poll();
    step_to_the_end();
    const SeriesKey other{"Jobs", "fraud", "dev", "333333333333"};
    hub_.archive(of_series(record("2026-11-23 11:40:00", "1"), other));
    hub_.archive(of_series(record("2026-11-23 11:41:00", "2"), other));
    poll();
    EXPECT_EQ(mirrored().size(), 5U);
    EXPECT_EQ(file_->records().latest().value().size(), 2U);
}

TEST_F(HubMirrorTest, LateRecordsAreThereAfterAnHour) {
    archive_hours(3);
    poll();
    step_to_the_end();
    // Delivered 24 hours late, behind newer ones: the latest item does not move.
    const auto late = record("2026-11-22 12:00:00.000001", "41", "e-late");
    hub_.archive(late);
    poll();
    step_to_the_end();
    EXPECT_EQ(mirrored().size(), 3U);
    pass(HubMirror::kRereadInterval);
    step_to_the_end();
    ASSERT_EQ(mirrored().size(), 4U);
    EXPECT_EQ(mirrored().front(), describe(late));
}

TEST_F(HubMirrorTest, PollReadsFromTheSeriesThatStoodStillLongest) {
    const SeriesKey slow{"Jobs", "slow", "dev", "333333333333"};
    hub_.archive(of_series(record("2026-11-23 09:00:00.000001", "1"), slow));
    hub_.archive(record("2026-11-23 11:00:00", "1"));
    poll();
    step_to_the_end();
    for (const auto* at : {"2026-11-23 10:00:00.000001", "2026-11-23 11:30:00.000001"}) {
        hub_.archive(of_series(record(at, "2"), slow));
    }
    hub_.archive(record("2026-11-23 11:30:00", "2"));
    poll();
    EXPECT_EQ(mirrored().size(), 5U);
}

TEST_F(HubMirrorTest, WhatCameLateDuringANightIsThere) {
    archive_hours(3);
    poll();
    step_to_the_end();
    // Twenty hours late when nobody looked, 32 hours old when somebody does again.
    hub_.archive(record("2026-11-22 16:30:00", "41", "e-late"));
    pass(hours(12));
    reopen();
    poll();
    step_to_the_end();
    EXPECT_EQ(mirrored().size(), 4U);
}

TEST_F(HubMirrorTest, WhatCameLateWhileNobodyLookedIsThere) {
    archive_hours(3);
    poll();
    step_to_the_end();
    hub_.archive(record("2026-11-22 11:30:00", "41", "e-late"));
    hub_.archive(record("2026-11-30 12:00:00", "42"));
    pass(hours(24 * 9));
    reopen();
    poll();
    step_to_the_end();
    EXPECT_EQ(mirrored().size(), 5U);
}

TEST_F(HubMirrorTest, DeadLettersThatAreSentAgainAreThereAfterADay) {
    archive_hours(3);
    poll();
    step_to_the_end();
    hub_.archive(record("2026-11-10 12:00:00", "41"));
    pass(hours(2));
    step_to_the_end();
    EXPECT_EQ(mirrored().size(), 3U);
    pass(HubMirror::kFarRereadInterval);
    step_to_the_end();
    EXPECT_EQ(mirrored().size(), 4U);
}

TEST_F(HubMirrorTest, WhatIsOverwrittenInTheHubIsOverwrittenHere) {
    archive_hours(3);
    poll();
    step_to_the_end();
    hub_.put_record(record("2026-11-23 10:00:00", "99"));
    pass(HubMirror::kRereadInterval);
    step_to_the_end();
    ASSERT_EQ(mirrored().size(), 3U);
    EXPECT_EQ(mirrored()[1], describe(record("2026-11-23 10:00:00", "99")));
}

TEST_F(HubMirrorTest, ReadingAgainWritesNothingThatIsThere) {
    archive_hours(10);
    poll();
    step_to_the_end();
    const auto written = mirror_->progress().records;
    EXPECT_EQ(written, 10U);
    pass(HubMirror::kFarRereadInterval);
    step_to_the_end();
    EXPECT_EQ(mirror_->progress().records, written);
}

TEST_F(HubMirrorTest, HistoryGoesOnWhereItStopped) {
    const auto archived = archive_hours(100);
    hub_.page_items = 10;
    poll();
    for (int step = 0; step < 4; ++step) ASSERT_TRUE(mirror_->step().value());
    reopen();
    hub_.items_read = 0;
    step_to_the_end();
    EXPECT_EQ(mirrored(), archived);
    EXPECT_EQ(hub_.items_read, 60U);
}

TEST_F(HubMirrorTest, LosesNothingWhereverItIsCutOff) {
    // Killed after so many queries, started again, killed after one more, …, until all is read.
    const auto run_from = [&](std::size_t queries) {
        for (hub_.good_queries = queries;; hub_.good_queries = ++queries) {
            const auto polled = mirror_->poll();
            auto done = polled ? mirror_->step() : std::unexpected(polled.error());
            while (done && *done) done = mirror_->step();
            if (done) break;
            ASSERT_EQ(done.error().kind, ErrorKind::throttled);
            reopen();
        }
        hub_.good_queries = 1'000'000;
    };
    hub_.page_items = 2;
    for (std::size_t cut = 1; cut < 12; ++cut) {
        const auto metric = "Jobs" + std::to_string(cut);
        std::vector<std::string> archived;
        const auto archive = [&](std::string_view at) {
            auto series = kJobs;
            series.metric_name = metric;
            const auto one = of_series(record(at, "1"), series);
            hub_.archive(one);
            archived.push_back(describe(one));
        };
        for (const auto* at : {"2026-11-23 06:00:00", "2026-11-23 07:00:00", "2026-11-23 08:00:00",
                               "2026-11-23 09:00:00", "2026-11-23 10:00:00"}) {
            archive(at);
        }
        run_from(cut);
        EXPECT_EQ(mirrored(metric), archived) << "cut after " << cut;
        for (const auto* at :
             {"2026-11-23 11:01:00", "2026-11-23 11:02:00", "2026-11-23 11:03:00"}) {
            archive(at);
        }
        run_from(cut);
        EXPECT_EQ(mirrored(metric), archived) << "increment cut after " << cut;
    }
}

TEST_F(HubMirrorTest, QuarantinedEventsComeAndGo) {
    hub_.put_state(items::quarantine_item(bad_event("e-1")));
    hub_.put_state(items::quarantine_item(bad_event("e-2")));
    poll();
    EXPECT_EQ(quarantined(), (std::vector<std::string>{"e-1", "e-2"}));
    hub_.remove_state("quarantine", "e-1");
    hub_.put_state(items::quarantine_item(bad_event("e-3")));
    poll();
    EXPECT_EQ(quarantined(), (std::vector<std::string>{"e-2", "e-3"}));
    EXPECT_EQ(mirror_->progress().state_changes, 4U);
    poll();
    EXPECT_EQ(mirror_->progress().state_changes, 4U);
}

TEST_F(HubMirrorTest, ReportsAndPongsAreTheNewest) {
    ExtractionReport report{.account_id = "222222222222",
                            .project_name = "churn",
                            .environment = "dev",
                            .fetch_id = "f-1",
                            .time = date("2026-11-23 11:00:00"),
                            .metrics = {"Jobs"},
                            .failures = {{"Auc", "no parameter"}},
                            .duration_ms = 12};
    hub_.put_state(items::report_item(report));
    hub_.put_state(items::pong_item(
        {"222222222222", "p-1", date("2026-11-23 11:00:00"), date("2026-11-23 11:00:01")}));
    poll();
    report.time += hours(1);
    report.fetch_id = "f-2";
    report.failures.clear();
    hub_.put_state(items::report_item(report));
    hub_.put_state(items::pong_item(
        {"222222222222", "p-2", date("2026-11-23 12:00:00"), date("2026-11-23 12:00:01")}));
    poll();
    const auto reports = file_->state().reports().value();
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].fetch_id, "f-2");
    EXPECT_TRUE(reports[0].failures.empty());
    EXPECT_EQ(file_->state().pongs().value().at(0).ping_id, "p-2");
}

TEST_F(HubMirrorTest, WhatIsNoItemIsLeftOutAndCounted) {
    const auto archived = archive_hours(3);
    auto bad = items::to_item(record("2026-11-23 10:30:00", "1"));
    bad["MetricValue"] = items::string_value("many");
    hub_.put(contract::kHubTable, bad);
    auto bad_latest = items::latest_item({record("2026-11-23 10:30:00", "1"), {}});
    bad_latest["SortKey"] = items::string_value("x");
    bad_latest.erase("ExtractionDate");
    hub_.put_state(bad_latest);
    hub_.put_state({{"StateKey", items::string_value("report")},
                    {"SortKey", items::string_value("222222222222")}});
    poll();
    step_to_the_end();
    poll();
    EXPECT_EQ(mirrored(), archived);
    EXPECT_EQ(mirror_->progress().skipped, 3U);
}

TEST_F(HubMirrorTest, ThrottlingLeavesWhatIsThereAndIsTold) {
    archive_hours(3);
    poll();
    hub_.good_queries = 0;
    pass(hours(1));
    EXPECT_EQ(mirror_->poll().error().kind, ErrorKind::throttled);
    EXPECT_EQ(mirror_->step().error().kind, ErrorKind::throttled);
    EXPECT_EQ(file_->records().latest().value().size(), 1U);
    EXPECT_EQ(file_->polled().value(), clock_.now() - hours(1));
}

TEST_F(HubMirrorTest, NewestWhoseRecordIsGoneIsThereNevertheless) {
    archive_hours(3);
    poll();
    step_to_the_end();
    const SeriesKey silent{"Jobs", "old", "dev", "333333333333"};
    hub_.put_state(items::latest_item({of_series(record("2026-01-01 00:00:00", "5"), silent), {}}));
    poll();
    EXPECT_EQ(file_->records().latest().value().size(), 2U);
    hub_.queries = 0;
    poll();
    EXPECT_EQ(hub_.queries, 4U);
}

TEST_F(HubMirrorTest, AccountWithoutTablesIsToldToBeNoHub) {
    hub_.good_queries = 0;
    hub_.failure = {
        ErrorKind::not_found, "Requested resource not found", "ResourceNotFoundException", {}, {}};
    const auto polled = mirror_->poll();
    ASSERT_FALSE(polled);
    EXPECT_EQ(polled.error().kind, ErrorKind::not_found);
    EXPECT_NE(polled.error().hint.find("hub's stack"), std::string::npos);
    EXPECT_FALSE(file_->polled().value());
}

}  // namespace
}  // namespace dsdash::mirror

#include "contract/contract_fixture.hpp"
#include "items/record_item.hpp"

namespace dsdash::contract_suite {
namespace {

using std::chrono::microseconds;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::SizeIs;

class MetricTableContract : public Contract {
  protected:
    /// So many seconds after kDate.
    MetricRecord record_at(int second) {
        auto one = record(std::to_string(second));
        one.extraction_date += seconds(second);
        return one;
    }
    Result<Stored> put_at(int second) { return put(record_at(second)); }

    /// When the records before the latest of the one series came.
    std::vector<std::int64_t> previous_seconds() {
        std::vector<std::int64_t> all;
        const auto newest = latest();
        EXPECT_THAT(newest, SizeIs(1));
        if (newest.empty()) return all;
        for (const auto date : newest[0].previous_dates) {
            all.push_back(std::chrono::floor<seconds>(date - at(kDate)).count());
        }
        return all;
    }
};

TEST_F(MetricTableContract, StoresARecordAndShowsAllOfIt) {
    auto one = record();
    one.metadata = R"({"field1":"value1","n":1.5,"list":[true,null,{"a":{}}]})";
    EXPECT_EQ(put(one), Stored::inserted);
    const auto newest = latest();
    ASSERT_THAT(newest, SizeIs(1));
    EXPECT_EQ(newest[0].series, one.series);
    EXPECT_EQ(newest[0].extraction_date, one.extraction_date);
    EXPECT_EQ(newest[0].event_id, one.event_id);
    EXPECT_EQ(items::to_item(newest[0]).at("Metadata"), items::to_item(one).at("Metadata"));
    EXPECT_FALSE(newest[0].original_extraction_date);
}

TEST_F(MetricTableContract, KeepsValuesExactly) {
    int second = 0;
    for (const auto* value :
         {"0", "-7", "0.1", "12345678901234567890123456789012345678", "1e125", "1e-130",
          "-9.9999999999999999999999999999999999999e125", "0.30000000000000004"}) {
        auto one = record(value, value);
        one.extraction_date += seconds(second++);
        EXPECT_EQ(put(one), Stored::inserted) << value;
    }
    for (const auto& one : latest()) {
        const auto written = one.series.project_name.substr(0, one.series.project_name.size() - 9);
        EXPECT_EQ(one.value, Decimal::parse(written).value()) << written;
    }
    EXPECT_THAT(latest(), SizeIs(8));
}

TEST_F(MetricTableContract, StoresARedeliveredEventOnce) {
    const auto one = record();
    EXPECT_EQ(put(one), Stored::inserted);
    EXPECT_EQ(put(one), Stored::duplicate);
    EXPECT_EQ(count_records(one.series), 1);
}

TEST_F(MetricTableContract, StoresWhatWasPutAgainAfterALostAnswerOnce) {
    const auto one = record("1.50");
    auto again = record("1.5");
    EXPECT_NE(one.event_id, again.event_id);
    EXPECT_EQ(put(one), Stored::inserted);
    EXPECT_EQ(put(again), Stored::duplicate);
    EXPECT_EQ(count_records(one.series), 1);
}

TEST_F(MetricTableContract, MovesAnotherRecordOfTheSameDateAndKeepsTheDate) {
    EXPECT_EQ(put(record("3", "churn")), Stored::inserted);
    EXPECT_EQ(put(record("3", "fraud")), Stored::moved);
    EXPECT_EQ(put(record("4", "churn")), Stored::moved);
    const auto newest = latest();
    ASSERT_THAT(newest, SizeIs(2));
    EXPECT_EQ(newest[0].value, Decimal(4));
    EXPECT_EQ(newest[0].extraction_date, at(kDate) + microseconds(2));
    EXPECT_EQ(newest[0].original_extraction_date, at(kDate));
    EXPECT_EQ(newest[1].extraction_date, at(kDate) + microseconds(1));
}

TEST_F(MetricTableContract, KnowsAMovedRecordAgain) {
    const auto moved = record("3", "fraud");
    EXPECT_EQ(put(record("3", "churn")), Stored::inserted);
    EXPECT_EQ(put(moved), Stored::moved);
    EXPECT_EQ(put(record("3", "risk")), Stored::moved);
    EXPECT_EQ(put(moved), Stored::duplicate);
    EXPECT_EQ(put(record("3", "fraud")), Stored::duplicate) << "as after a lost answer";
    EXPECT_EQ(count_records(moved.series), 1);
}

TEST_F(MetricTableContract, GoesRoundARecordThatHasThePlaceByRight) {
    auto behind = record("3", "risk");
    behind.extraction_date += microseconds(1);
    EXPECT_EQ(put(behind), Stored::inserted);
    EXPECT_EQ(put(record("3", "churn")), Stored::inserted);
    const auto moved = record("3", "fraud");
    EXPECT_EQ(put(moved), Stored::moved);
    ASSERT_THAT(history(moved.series), SizeIs(1));
    EXPECT_EQ(history(moved.series)[0].time, at(kDate) + microseconds(2));
}

TEST_F(MetricTableContract, GivesManyAccountsAtOneSecondAPlaceEach) {
    std::vector<MetricRecord> records;
    for (int i = 0; i < 8; ++i) {
        records.push_back(record("3"));
        records.back().series.account_id = fmt::format("{:012}", i);
    }
    for (int round = 0; round < 2; ++round) {
        for (const auto& stored : home().metric_table().put(records)) {
            ASSERT_TRUE(stored) << stored.error().message;
            EXPECT_EQ(*stored == Stored::duplicate, round == 1);
        }
    }
    for (const auto& one : records) EXPECT_EQ(count_records(one.series), 1);
}

TEST_F(MetricTableContract, ShowsTheNewestWhateverComesLast) {
    auto older = record("1");
    older.extraction_date -= seconds(5);
    EXPECT_EQ(put(record("2")), Stored::inserted);
    EXPECT_EQ(put(older), Stored::inserted);
    ASSERT_THAT(latest(), SizeIs(1));
    EXPECT_EQ(latest()[0].value, Decimal(2));
}

TEST_F(MetricTableContract, TellsWhenTheRecordsBeforeTheLatestCame) {
    EXPECT_EQ(put_at(1), Stored::inserted);
    EXPECT_THAT(previous_seconds(), ElementsAre());
    for (const int second : {3, 4, 6, 8, 10}) EXPECT_EQ(put_at(second), Stored::inserted);
    EXPECT_THAT(previous_seconds(), ElementsAre(8, 6, 4, 3, 1));
    EXPECT_EQ(put_at(11), Stored::inserted);
    EXPECT_THAT(previous_seconds(), ElementsAre(10, 8, 6, 4, 3));
}

TEST_F(MetricTableContract, MovesDatesOnForNewerRecordsOnly) {
    for (const int second : {1, 3, 5}) EXPECT_EQ(put_at(second), Stored::inserted);
    EXPECT_EQ(put_at(4), Stored::inserted) << "out of order";
    EXPECT_EQ(put_at(5), Stored::duplicate) << "redelivered";
    EXPECT_EQ(put_at(3), Stored::duplicate);
    EXPECT_THAT(previous_seconds(), ElementsAre(3, 1));
}

TEST_F(MetricTableContract, TellsTheDatesWithinAPutToo) {
    EXPECT_EQ(put_at(0), Stored::inserted);
    std::vector<MetricRecord> records;
    for (const int second : {7, 3, 9, 1, 5, 8, 9, 2, 4, 6}) records.push_back(record_at(second));
    for (const auto& stored : home().metric_table().put(records)) ASSERT_TRUE(stored);
    EXPECT_THAT(previous_seconds(), ElementsAre(8, 7, 6, 5, 4));
}

TEST_F(MetricTableContract, ShowsTheLatestOrderedBySeries) {
    for (const auto* project : {"c", "a", "b"})
        EXPECT_EQ(put(record("1", project)).has_value(), true);
    auto other = record("1", "a");
    other.series.environment = "prod";
    EXPECT_TRUE(put(other));
    const auto newest = latest();
    ASSERT_THAT(newest, SizeIs(4));
    EXPECT_TRUE(std::ranges::is_sorted(newest, {}, &MetricRecord::series));
}

TEST_F(MetricTableContract, KeepsSeriesApartWhoseNamesLookAlike) {
    auto one = record("1");
    one.series.project_name = own("a#b");
    one.series.environment = "c";
    auto other = one;
    other.series.project_name = "a";
    other.series.environment = own("b") + "#c";
    other.value = Decimal(2);
    other.event_id = RandomUuidSource().next();
    EXPECT_TRUE(put(one));
    EXPECT_TRUE(put(other));
    EXPECT_THAT(latest(), SizeIs(2));
}

TEST_F(MetricTableContract, ReadsLatestOfMoreThanOnePage) {
    std::vector<MetricRecord> records;
    for (int i = 0; i < 8; ++i) {
        records.push_back(record("3", fmt::format("p{}", i)));
        records.back().metadata = fmt::format(R"({{"text":"{}"}})", std::string(200'000, 'm'));
    }
    for (const auto& stored : home().metric_table().put(records)) {
        ASSERT_TRUE(stored) << stored.error().message;
    }
    const auto newest = latest();
    ASSERT_THAT(newest, SizeIs(8));
    EXPECT_EQ(newest[7].metadata.size(), 200'011U);
}

TEST_F(MetricTableContract, ReadsHistoryFromInclusiveToExclusive) {
    auto one = record();
    const auto series = one.series;
    for (const int second : {0, 1, 2}) {
        one = record(std::to_string(second));
        one.extraction_date += seconds(second);
        EXPECT_EQ(put(one), Stored::inserted);
    }
    const auto points = history(series, 10, "2026-11-23 12:00:00", "2026-11-23 12:00:02");
    ASSERT_THAT(points, SizeIs(2));
    EXPECT_EQ(points[0].time, at(kDate));
    EXPECT_EQ(points[1].last, 1);
    EXPECT_THAT(history(series, 10, "2026-11-23 12:00:00", "2026-11-23 12:00:00"), SizeIs(0));
    EXPECT_THAT(history(series, 10, "2026-11-23 12:00:02", "2026-11-23 12:00:00"), SizeIs(0));
}

TEST_F(MetricTableContract, TellsSeriesOfOneMetricApart) {
    const auto one = record("1");
    EXPECT_TRUE(put(one));
    for (const auto name :
         {&SeriesKey::project_name, &SeriesKey::environment, &SeriesKey::account_id}) {
        auto other = record("2");
        other.series.*name = "333333333333";
        EXPECT_TRUE(put(other));
        EXPECT_EQ(count_records(other.series), 1);
    }
    EXPECT_EQ(count_records(one.series), 1);
    auto unseen = one.series;
    unseen.project_name = own("unseen");
    EXPECT_THAT(history(unseen), SizeIs(0));
}

TEST_F(MetricTableContract, DrawsMoreRecordsThanPointsTogether) {
    std::vector<MetricRecord> records;
    for (int i = 0; i < 20; ++i) {
        records.push_back(record(std::to_string(i)));
        records.back().extraction_date += seconds(i);
    }
    (void)home().metric_table().put(records);
    const auto points = history(records[0].series, 4, "2026-11-23 12:00:00", "2026-11-23 12:00:20");
    ASSERT_THAT(points, SizeIs(4));
    for (int i = 0; i < 4; ++i) {
        const auto& point = points[static_cast<std::size_t>(i)];
        EXPECT_EQ(point.time, at(kDate) + seconds(i * 5));
        EXPECT_EQ(point.count, 5);
        EXPECT_EQ(point.min, i * 5);
        EXPECT_EQ(point.max, i * 5 + 4);
        EXPECT_EQ(point.last, i * 5 + 4);
        EXPECT_EQ(point.sum, i * 25 + 10);
    }
}

TEST_F(MetricTableContract, ReadsHistoryOfMoreThanOnePage) {
    std::vector<MetricRecord> records;
    for (int i = 0; i < 8; ++i) {
        records.push_back(record(std::to_string(i)));
        records.back().extraction_date += seconds(i);
        records.back().metadata = fmt::format(R"({{"text":"{}"}})", std::string(200'000, 'm'));
    }
    (void)home().metric_table().put(records);
    const auto points = history(records[0].series);
    ASSERT_THAT(points, SizeIs(8));
    for (std::size_t i = 0; i < points.size(); ++i) {
        EXPECT_EQ(points[i].last, static_cast<double>(i));
    }
}

TEST_F(MetricTableContract, RefusesWhatIsNoRecordAndStoresTheOthers) {
    auto nameless = record();
    nameless.series.environment.clear();
    auto long_name = record();
    long_name.series.metric_name = std::string(1'025, 'm');
    const std::vector<MetricRecord> records{nameless, record("7"), long_name};
    const auto answers = home().metric_table().put(records);
    ASSERT_THAT(answers, SizeIs(3));
    EXPECT_EQ(answers[0].error().message, "Environment must be 1 to 1024 bytes long");
    EXPECT_EQ(answers[1], Stored::inserted);
    EXPECT_EQ(answers[2].error().message, "MetricName must be 1 to 1024 bytes long");
}

TEST_F(MetricTableContract, RefusesAnImpossibleQuery) {
    const auto series = record().series;
    for (const std::size_t points : {0UZ, 10'001UZ}) {
        const auto refused =
            home().metric_table().history({series, at(kDate), at(kDate) + seconds(1), points});
        EXPECT_EQ(refused.error().kind, ErrorKind::malformed_input);
    }
}

TEST_F(MetricTableContract, StoresOnceThoughAnswersAreLost) {
    std::vector<MetricRecord> records;
    for (int i = 0; i < 4; ++i) records.push_back(record("3", fmt::format("p{}", i)));
    std::size_t stored = 0;
    for (const auto& one : records) {
        for (int attempt = 0; attempt < 20; ++attempt) {
            const auto answer = home().metric_table_losing_answers().put({&one, 1}).front();
            if (answer) {
                ++stored;
                break;
            }
            EXPECT_EQ(answer.error().kind, ErrorKind::timed_out) << answer.error().message;
        }
    }
    for (const auto& one : records) {
        EXPECT_TRUE(put(one));
        EXPECT_EQ(count_records(one.series), 1);
    }
    EXPECT_EQ(stored, records.size());
    EXPECT_THAT(latest(), SizeIs(4));
}

TEST_F(MetricTableContract, MovesDatesOnOnceThoughAnswersAreLost) {
    for (const int second : {1, 2, 3, 4, 5, 6, 7, 8}) {
        const auto one = record_at(second);
        Result<Stored> answer;
        for (int attempt = 0; attempt < 20; ++attempt) {
            answer = home().metric_table_losing_answers().put({&one, 1}).front();
            if (answer) break;
        }
        EXPECT_TRUE(answer) << second;
    }
    EXPECT_THAT(previous_seconds(), ElementsAre(7, 6, 5, 4, 3));
}

}  // namespace
}  // namespace dsdash::contract_suite

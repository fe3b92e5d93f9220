#include "embedded/hub_tables/record_table.hpp"

#include "embedded/hub_tables/series_mover.hpp"
#include "embedded/testing/record_table_fixture.hpp"

namespace dsdash::embedded {
namespace {

using RecordTableTest = RecordTableFixture;

TEST_F(RecordTableTest, ExistsFromCreateToDrop) {
    EXPECT_TRUE(table().exists().value());
    ASSERT_TRUE(table().drop(false));
    EXPECT_FALSE(table().exists().value());
    EXPECT_EQ(table().latest().error().kind, ErrorKind::not_found);
    EXPECT_EQ(table().created_at().error().kind, ErrorKind::not_found);
}

TEST_F(RecordTableTest, KeepsItsRecordsWhenItIsDroppedAndCreatedAgain) {
    put_one(record("2026-11-23 10:00:00", "3"));
    ASSERT_TRUE(table().drop(false));
    ASSERT_TRUE(table().create());
    EXPECT_EQ(all_records().size(), 1U);
}

TEST_F(RecordTableTest, DeletesItsRecordsWhenAsked) {
    put_one(record("2026-11-23 10:00:00", "3"));
    move_all();
    put_one(record("2026-11-23 11:59:00", "4"));
    ASSERT_TRUE(table().drop(true));
    ASSERT_TRUE(table().create());
    EXPECT_TRUE(all_records().empty());
    EXPECT_TRUE(table().latest().value().empty());
    EXPECT_EQ(table().count().value(), 0);
    EXPECT_EQ(put_one(record("2026-11-23 10:00:00", "3")), Stored::inserted);
    EXPECT_EQ(all_records().size(), 1U);
}

TEST_F(RecordTableTest, RemembersWhenItWasCreated) {
    const auto created = clock_.time;
    clock_.time += std::chrono::hours(1);
    ASSERT_TRUE(table().create());
    EXPECT_EQ(table().created_at().value(), created);
}

TEST_F(RecordTableTest, GivesTheLatestOfEachSeriesOrderedBySeries) {
    put_one(of_series(record("2026-11-23 10:00:00", "1"), {"b", "p", "dev", "1"}));
    put_one(of_series(record("2026-11-23 10:00:00", "2"), {"a", "q", "dev", "1"}));
    put_one(of_series(record("2026-11-23 11:00:00", "3"), {"a", "p", "prod", "2"}));
    put_one(of_series(record("2026-11-23 09:00:00", "4"), {"a", "p", "prod", "2"}));
    EXPECT_EQ(describe(table().latest().value()),
              (std::vector<std::string>{"a/p/prod/2 2026-11-23 11:00:00.000000 = 3 () {}",
                                        "a/q/dev/1 2026-11-23 10:00:00.000000 = 2 () {}",
                                        "b/p/dev/1 2026-11-23 10:00:00.000000 = 1 () {}"}));
}

TEST_F(RecordTableTest, TakesTheNewestOfABatchForTheLatest) {
    const std::vector batch{record("2026-11-23 10:00:00", "1"), record("2026-11-23 11:00:00", "2"),
                            record("2026-11-23 10:30:00", "3")};
    EXPECT_EQ(table().put(batch).size(), 3U);
    EXPECT_EQ(table().latest().value().front().value.to_string(), "2");
}

std::string hours_of(const LatestRecord& latest) {
    std::string text = format_extraction_date(latest.extraction_date).substr(11, 2) + " after";
    for (const auto date : latest.previous_dates) {
        text += ' ' + format_extraction_date(date).substr(11, 2);
    }
    return text;
}

TEST_F(RecordTableTest, TellsWhenTheRecordsBeforeTheLatestCame) {
    const auto put_at_hour = [&](int hour) {
        put_one(record(hour < 10 ? "2026-11-23 0" + std::to_string(hour) + ":00:00"
                                 : "2026-11-23 " + std::to_string(hour) + ":00:00",
                       "1"));
    };
    put_at_hour(1);
    EXPECT_EQ(hours_of(table().latest().value().front()), "01 after");
    for (const int hour : {3, 4, 2, 4}) put_at_hour(hour);  // 2 is late, and 4 comes twice
    EXPECT_EQ(hours_of(table().latest().value().front()), "04 after 03 01");
    for (const int hour : {6, 8, 10}) put_at_hour(hour);
    move_all();
    reopen();
    EXPECT_EQ(hours_of(table().latest().value().front()), "10 after 08 06 04 03 01");
    put_at_hour(11);
    EXPECT_EQ(hours_of(table().latest().value().front()), "11 after 10 08 06 04 03");
}

TEST_F(RecordTableTest, TellsTheDatesWithinABatchToo) {
    std::vector<MetricRecord> batch;
    for (const auto* hour : {"07", "03", "09", "01", "05", "08", "02", "04", "06"}) {
        batch.push_back(record("2026-11-23 " + std::string(hour) + ":00:00", "1"));
    }
    EXPECT_EQ(table().put(batch).size(), batch.size());
    EXPECT_EQ(hours_of(table().latest().value().front()), "09 after 08 07 06 05 04");
}

TEST_F(RecordTableTest, TakesOverTheLatestOfAFileWithoutTheDates) {
    put_one(record("2026-11-23 09:00:00", "1"));
    ASSERT_TRUE(writer().write<void>([](Database& database) -> Result<void> {
        auto old = database.run_script(
            "CREATE TABLE old AS SELECT series_id, ts, value, event_id, metadata, original_ts"
            " FROM latest; DROP TABLE latest; ALTER TABLE old RENAME TO latest;"
            "CREATE UNIQUE INDEX latest_series ON latest(series_id);");
        if (!old) return old;
        return RecordTable::upgrade(database);
    }));
    ASSERT_TRUE(writer().write<void>([](Database& database) -> Result<void> {
        auto old = database.run_script(
            "DROP VIEW records; DROP VIEW stored_record;"
            "ALTER TABLE arrival DROP COLUMN delay_ms; ALTER TABLE history DROP COLUMN delay_ms;"
            "CREATE VIEW stored_record AS SELECT ts FROM arrival;"
            "CREATE VIEW records AS SELECT ts FROM stored_record;");
        if (!old) return old;
        return RecordTable::upgrade(database);
    }));
    put_one(record("2026-11-23 10:00:00", "1"));
    EXPECT_EQ(hours_of(table().latest().value().front()), "10 after 09");
    EXPECT_EQ(number("SELECT count(DeliveryDelayMs) FROM records"), 0);
    EXPECT_EQ(number("SELECT count(*) FROM records"), 2);
}

TEST_F(RecordTableTest, KeepsTheLatestAcrossMovesAndRestarts) {
    put_one(record("2026-11-23 10:00:00", "1.5", "e1"));
    move_all();
    reopen();
    EXPECT_EQ(describe(table().latest().value()), describe(all_records()));
}

TEST_F(RecordTableTest, NamesTheLatestOfSeriesThatCameAfterAllWereDeleted) {
    put_one(record("2026-11-23 10:00:00", "1"));
    EXPECT_EQ(describe(table().latest().value()), describe(all_records()));
    ASSERT_TRUE(table().drop(true));
    ASSERT_TRUE(table().create());
    put_one(of_series(record("2026-11-23 10:00:00", "2"), {"Other", "p", "dev", "1"}));
    EXPECT_EQ(describe(table().latest().value()), describe(all_records()));
}

TEST_F(RecordTableTest, NamesTheLatestOfSeriesInTheirOrderAsTheyCome) {
    for (const auto* project : {"m", "z", "a", "k"}) {
        put_one(of_series(record("2026-11-23 10:00:00", "1"), {"Jobs", project, "dev", "1"}));
        EXPECT_EQ(table().latest().value().back().series.project_name.front(),
                  project[0] == 'm' ? 'm' : 'z');
    }
    EXPECT_EQ(table().latest().value().front().series.project_name, "a");
    EXPECT_EQ(table().latest().value().size(), 4U);
}

TEST_F(RecordTableTest, MovesFinishedHoursOnly) {
    put_one(record("2026-11-23 10:59:59.999999", "1"));
    put_one(record("2026-11-23 11:00:00", "2"));
    put_one(record("2027-01-01 00:00:00", "3"));
    clock_.time = date("2026-11-23 12:04:59");
    EXPECT_EQ(table().move_step().value(), 1U);
    EXPECT_EQ(table().move_step().value(), 0U);
    clock_.time = date("2026-11-23 12:05:00");
    EXPECT_EQ(table().move_step().value(), 1U);
    EXPECT_EQ(number("SELECT count(*) FROM arrival"), 1);
    EXPECT_EQ(number("SELECT count(*) FROM history"), 2);
}

TEST_F(RecordTableTest, MovesABoundedNumberOfRecordsAStep) {
    constexpr auto kStep = SeriesMover::kStepRows;
    std::vector<MetricRecord> records;
    for (std::int64_t i = 0; i < kStep * 2 + 5; ++i) {
        auto one = of_series(record("2026-11-23 10:00:00", "1"),
                             {i % 2 == 0 ? "a" : "b", "p", "dev", "1"});
        one.extraction_date += std::chrono::milliseconds(i);
        records.push_back(one);
    }
    for (const auto& answer : table().put(records)) EXPECT_TRUE(answer);
    EXPECT_EQ(table().move_step().value(), static_cast<std::size_t>(kStep));
    EXPECT_EQ(table().count().value(), kStep * 2 + 5);
    EXPECT_EQ(table().move_step().value(), static_cast<std::size_t>(kStep));
    EXPECT_EQ(table().move_step().value(), 5U);
    EXPECT_EQ(table().count().value(), kStep * 2 + 5);
}

TEST_F(RecordTableTest, TakesLateRecordsForHoursThatHaveMoved) {
    put_one(record("2026-11-23 10:00:00", "1"));
    move_all();
    put_one(record("2026-11-23 09:30:00", "2"));
    put_one(record("2026-11-23 10:30:00", "3"));
    move_all();
    std::vector<std::string> values;
    for (const auto& one : all_records()) values.push_back(one.value.to_string());
    EXPECT_EQ(values, (std::vector<std::string>{"2", "1", "3"}));
}

TEST_F(RecordTableTest, ShowsTheSeedsColumnsInTheShell) {
    auto one = record("2026-11-23 10:00:00", "0.10", "e1");
    one.metadata = R"({"a":1})";
    put_one(one);
    move_all();
    put_one(record("2026-11-23 10:00:00", "2"));
    EXPECT_EQ(number("SELECT count(*) FROM records WHERE MetricName = 'Jobs' AND"
                     " ExtractionDate = '2026-11-23 10:00:00.000000' AND MetricValue = '0.1' AND"
                     " Metadata = '{\"a\":1}' AND Environment = 'dev' AND ProjectName = 'churn'"
                     " AND AccountId = '222222222222' AND EventId = 'e1'"
                     " AND OriginalExtractionDate IS NULL"),
              1);
    EXPECT_EQ(number("SELECT count(*) FROM records WHERE"
                     " ExtractionDate = '2026-11-23 10:00:00.000001' AND MetricValue = 2"
                     " AND OriginalExtractionDate = '2026-11-23 10:00:00.000000'"),
              1);
}

TEST_F(RecordTableTest, ShowsAnEventsUuidInTheShellAsText) {
    const std::string uuid = "019aba00-0f2c-7abc-8def-0123456789ab";
    put_one(record("2026-11-23 10:00:00", "1", uuid));
    EXPECT_EQ(number("SELECT count(*) FROM arrival WHERE length(event_id) = 16"), 1);
    EXPECT_EQ(number("SELECT count(*) FROM records WHERE EventId = '" + uuid + "'"), 1);
    EXPECT_EQ(all_records().front().event_id, uuid);
}

TEST_F(RecordTableTest, ShowsDatesBefore1970InTheShell) {
    put_one(record("1969-12-31 23:59:59.000001", "1"));
    EXPECT_EQ(number("SELECT count(*) FROM records"
                     " WHERE ExtractionDate = '1969-12-31 23:59:59.000001'"),
              1);
}

TEST_F(RecordTableTest, SaysWhenTheFileHoldsAValueThatIsNone) {
    put_one(record("2026-11-23 10:00:00", "1"));
    ASSERT_TRUE(writer().write<std::int64_t>(
        [](Database& database) { return database.run("UPDATE arrival SET value = 'many'"); }));
    auto read = table().scan(std::nullopt, {}, 10);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().kind, ErrorKind::internal);
}

}  // namespace
}  // namespace dsdash::embedded

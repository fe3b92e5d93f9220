#include "embedded/hub_tables/record_table_insert.hpp"
#include "embedded/testing/record_table_fixture.hpp"

namespace dsdash::embedded {
namespace {

const SeriesKey kProd{"Jobs", "churn", "prod", "333333333333"};
constexpr std::string_view kDate = "2026-11-23 10:00:00.000000";

/// The same claims hold whether the first record is still among the arrivals or in the history.
class RecordTablePut : public RecordTableFixture, public testing::WithParamInterface<bool> {
  protected:
    void settle() {
        if (GetParam()) move_all();
    }
};

INSTANTIATE_TEST_SUITE_P(, RecordTablePut, testing::Bool(), [](const auto& test) {
    return test.param ? "FirstInHistory" : "FirstAmongArrivals";
});

TEST_P(RecordTablePut, KeepsEveryField) {
    auto first = record(kDate, "3", "e1");
    first.metadata = R"({"field1":"value1","n":1.50})";
    EXPECT_EQ(put_one(first), Stored::inserted);
    settle();
    EXPECT_EQ(describe(all_records()), describe(std::vector{first}));
}

TEST_P(RecordTablePut, KeepsValuesExactly) {
    const std::vector<std::string> values{"0",
                                          "-7",
                                          "9223372036854775807",
                                          "-9223372036854775808",
                                          "9223372036854775808",
                                          "0.1",
                                          "-0.000000000000000000000000000000000001",
                                          "12345678901234567890.123456789012345678",
                                          "1000000000000000000000000000000000000000"};
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto one = record(kDate, values[i]);
        one.extraction_date += std::chrono::seconds(i);
        EXPECT_EQ(put_one(one), Stored::inserted);
    }
    settle();
    const auto stored = all_records();
    ASSERT_EQ(stored.size(), values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        EXPECT_EQ(stored[i].value.to_string(), values[i]);
    }
}

TEST_P(RecordTablePut, StoresARedeliveredEventOnce) {
    EXPECT_EQ(put_one(record(kDate, "3", "e1")), Stored::inserted);
    settle();
    EXPECT_EQ(put_one(record(kDate, "3", "e1")), Stored::duplicate);
    EXPECT_EQ(all_records().size(), 1U);
}

TEST_P(RecordTablePut, StoresWhatWasPutAgainUnderANewEventOnce) {
    EXPECT_EQ(put_one(record(kDate, "3", "e1")), Stored::inserted);
    settle();
    EXPECT_EQ(put_one(record(kDate, "3", "e2")), Stored::duplicate);
    EXPECT_EQ(all_records().size(), 1U);
}

TEST_P(RecordTablePut, TakesEqualDecimalsForTheSameValue) {
    EXPECT_EQ(put_one(record(kDate, "0.50")), Stored::inserted);
    settle();
    EXPECT_EQ(put_one(record(kDate, "0.5")), Stored::duplicate);
}

TEST_P(RecordTablePut, KnowsTheReferencesRowOfTheSameEvent) {
    auto row = record(kDate, "3");
    row.series.account_id.clear();
    EXPECT_EQ(put_one(row), Stored::inserted);
    settle();
    EXPECT_EQ(put_one(record(kDate, "3", "e1")), Stored::duplicate);
    auto other = record(kDate, "3", "e2");
    other.series.environment = "another";
    EXPECT_EQ(put_one(other), Stored::moved);
    EXPECT_EQ(put_one(record(kDate, "4", "e3")), Stored::moved);
}

TEST_P(RecordTablePut, MovesARecordWhoseDateIsTakenByOneMicrosecond) {
    EXPECT_EQ(put_one(record(kDate, "3", "e1")), Stored::inserted);
    settle();
    EXPECT_EQ(put_one(of_series(record(kDate, "3", "e2"), kProd)), Stored::moved);
    const auto stored = all_records();
    ASSERT_EQ(stored.size(), 2U);
    EXPECT_EQ(describe(stored[1]),
              "Jobs/churn/prod/333333333333 2026-11-23 10:00:00.000001 = 3 (e2) {}"
              " <- 2026-11-23 10:00:00.000000");
}

TEST_P(RecordTablePut, MovesAnotherValueOfTheSameSeriesAndDate) {
    EXPECT_EQ(put_one(record(kDate, "3", "e1")), Stored::inserted);
    settle();
    EXPECT_EQ(put_one(record(kDate, "4", "e2")), Stored::moved);
    EXPECT_EQ(all_records().size(), 2U);
}

TEST_P(RecordTablePut, StoresAMovedRecordOnce) {
    EXPECT_EQ(put_one(record(kDate, "3", "e1")), Stored::inserted);
    EXPECT_EQ(put_one(of_series(record(kDate, "3", "e2"), kProd)), Stored::moved);
    settle();
    EXPECT_EQ(put_one(of_series(record(kDate, "3", "e2"), kProd)), Stored::duplicate);
    EXPECT_EQ(put_one(of_series(record(kDate, "3", "e3"), kProd)), Stored::duplicate);
    EXPECT_EQ(all_records().size(), 2U);
}

TEST_P(RecordTablePut, StoresAMovedRecordOnceEvenWhenWhatItMadeWayForIsGone) {
    EXPECT_EQ(put_one(record(kDate, "3", "e1")), Stored::inserted);
    EXPECT_EQ(put_one(of_series(record(kDate, "3", "e2"), kProd)), Stored::moved);
    settle();
    ASSERT_TRUE(table().edit([](RecordEditor& editor) -> Result<void> {
        EXPECT_TRUE(editor.remove({"Jobs", date(kDate)}).value());
        return {};
    }));
    EXPECT_EQ(put_one(of_series(record(kDate, "3", "e2"), kProd)), Stored::duplicate);
    EXPECT_EQ(all_records().size(), 1U);
}

TEST_P(RecordTablePut, StoresAgainWhatMovedAndWasDeleted) {
    EXPECT_EQ(put_one(record(kDate, "3", "e1")), Stored::inserted);
    EXPECT_EQ(put_one(of_series(record(kDate, "3", "e2"), kProd)), Stored::moved);
    settle();
    ASSERT_TRUE(table().edit([](RecordEditor& editor) -> Result<void> {
        EXPECT_TRUE(editor.remove({"Jobs", date("2026-11-23 10:00:00.000001")}).value());
        return {};
    }));
    EXPECT_EQ(put_one(of_series(record(kDate, "3", "e2"), kProd)), Stored::moved);
}

TEST_P(RecordTablePut, MovesBeyondDatesThatOthersHaveByRight) {
    EXPECT_EQ(put_one(record(kDate, "1")), Stored::inserted);
    EXPECT_EQ(put_one(record("2026-11-23 10:00:00.000001", "2")), Stored::inserted);
    settle();
    EXPECT_EQ(put_one(record(kDate, "3")), Stored::moved);
    EXPECT_EQ(describe(all_records()).back(),
              "Jobs/churn/dev/222222222222 2026-11-23 10:00:00.000002 = 3 () {}"
              " <- 2026-11-23 10:00:00.000000");
}

TEST_P(RecordTablePut, GivesAThousandAccountsAtOneSecondAPlaceEach) {
    std::vector<MetricRecord> records;
    for (int account = 0; account < 1'500; ++account) {
        records.push_back(of_series(record(kDate, "1"),
                                    {"Jobs", "churn", "dev", std::to_string(100'000 + account)}));
    }
    const auto half = std::span(records).first(700);
    for (const auto& answer : table().put(half)) EXPECT_TRUE(answer);
    settle();
    int moved = 0;
    int duplicates = 0;
    for (const auto& answer : table().put(records)) {
        moved += answer.value() == Stored::moved ? 1 : 0;
        duplicates += answer.value() == Stored::duplicate ? 1 : 0;
    }
    EXPECT_EQ(duplicates, 700);
    EXPECT_EQ(moved, 800);
    const auto stored = all_records();
    ASSERT_EQ(stored.size(), 1'500U);
    EXPECT_EQ(stored.back().extraction_date, date("2026-11-23 10:00:00.001499"));
}

TEST_P(RecordTablePut, RefusesARecordWhenNoDateIsFreeAndStoresTheOthers) {
    std::vector<MetricRecord> dense;
    for (int i = 0; i <= RecordInserter::kMoveMax; ++i) {
        dense.push_back(record(kDate, "1"));
        dense.back().extraction_date += std::chrono::microseconds(i);
    }
    for (const auto& answer : table().put(dense)) EXPECT_TRUE(answer);
    settle();
    const std::vector batch{record(kDate, "2"), record("2026-11-23 11:00:00", "3")};
    const auto answers = table().put(batch);
    ASSERT_FALSE(answers[0]);
    EXPECT_EQ(answers[0].error().kind, ErrorKind::conflict);
    EXPECT_EQ(answers[1].value(), Stored::inserted);
}

using RecordTablePutOnce = RecordTableFixture;

TEST_F(RecordTablePutOnce, FindsDuplicatesWithinOneBatch) {
    const std::vector batch{record(kDate, "3", "e1"), record(kDate, "3", "e1"),
                            record(kDate, "4", "e2"), record(kDate, "4", "e2")};
    const auto answers = table().put(batch);
    EXPECT_EQ(answers[0].value(), Stored::inserted);
    EXPECT_EQ(answers[1].value(), Stored::duplicate);
    EXPECT_EQ(answers[2].value(), Stored::moved);
    EXPECT_EQ(answers[3].value(), Stored::duplicate);
}

TEST_F(RecordTablePutOnce, LetsTwoMetricsShareADate) {
    EXPECT_EQ(put_one(record(kDate, "3")), Stored::inserted);
    EXPECT_EQ(put_one(of_series(record(kDate, "3"), {"Other", "churn", "dev", "222222222222"})),
              Stored::inserted);
}

TEST_F(RecordTablePutOnce, TakesARecordReadBackForItself) {
    put_one(record(kDate, "3"));
    put_one(record(kDate, "4"));
    for (const auto& stored : all_records()) EXPECT_EQ(put_one(stored), Stored::duplicate);
}

TEST_F(RecordTablePutOnce, KnowsEmptyEventIdsFromEachOther) {
    EXPECT_EQ(put_one(record(kDate, "3", "")), Stored::inserted);
    EXPECT_EQ(put_one(record(kDate, "4", "")), Stored::moved);
}

TEST_F(RecordTablePutOnce, AcceptsNoRecordsAndRefusesTenThousandAndOne) {
    EXPECT_TRUE(table().put({}).empty());
    const std::vector<MetricRecord> many(10'001, record(kDate, "1"));
    const auto answers = table().put(many);
    ASSERT_EQ(answers.size(), many.size());
    EXPECT_EQ(answers.back().error().kind, ErrorKind::malformed_input);
    EXPECT_TRUE(all_records().empty());
}

TEST_F(RecordTablePutOnce, NamesTheFieldOfARecordThatIsNone) {
    const auto field_refused = [&](const SeriesKey& series) {
        auto bad = of_series(record(kDate, "1"), series);
        return table().put({&bad, 1}).front().error().message;
    };
    EXPECT_EQ(field_refused({"", "p", "e", "a"}), "MetricName must be 1 to 1024 bytes long");
    EXPECT_EQ(field_refused({"m", std::string(1'025, 'p'), "e", "a"}),
              "ProjectName must be 1 to 1024 bytes long");
    EXPECT_EQ(field_refused({"m", "p", "", "a"}), "Environment must be 1 to 1024 bytes long");
}

TEST_F(RecordTablePutOnce, KeepsNamesThatLookLikeSqlAndHoldNul) {
    const SeriesKey odd{std::string("a\0b", 3), "'; DROP TABLE history; --", "\xF0\x9F\x98\x80",
                        ""};
    put_one(of_series(record(kDate, "1"), odd));
    reopen();
    EXPECT_EQ(put_one(of_series(record(kDate, "1"), odd)), Stored::duplicate);
    EXPECT_EQ(all_records().front().series, odd);
}

TEST_F(RecordTablePutOnce, AnswersNotFoundWhenTheTableIsNotDeployed) {
    ASSERT_TRUE(table().drop(false));
    const std::vector batch{record(kDate, "1"), record(kDate, "2")};
    const auto answers = table().put(batch);
    ASSERT_EQ(answers.size(), 2U);
    for (const auto& answer : answers) {
        EXPECT_EQ(answer.error().kind, ErrorKind::not_found);
        EXPECT_EQ(answer.error().code, "ResourceNotFoundException");
    }
}

TEST_F(RecordTablePutOnce, StoresDatesAtTheEndsOfTheCalendar) {
    put_one(record("0001-01-01 00:00:00", "1"));
    put_one(record("9999-12-31 23:59:59.999999", "2"));
    move_all();
    const auto stored = all_records();
    ASSERT_EQ(stored.size(), 2U);
    EXPECT_EQ(format_extraction_date(stored[0].extraction_date), "0001-01-01 00:00:00.000000");
    EXPECT_EQ(format_extraction_date(stored[1].extraction_date), "9999-12-31 23:59:59.999999");
}

TEST_F(RecordTablePutOnce, KeepsTheDelayWhereverTheRecordStands) {
    auto late = record(kDate, "1");
    late.delivery_delay = std::chrono::milliseconds(1'500);
    put_one(late);
    auto early = record("2026-11-23 09:00:00", "2");
    early.delivery_delay = std::chrono::milliseconds(-20);
    put_one(early);
    put_one(record("2026-11-23 08:00:00", "3"));
    for (const bool moved : {false, true}) {
        if (moved) move_all();
        const auto records = all_records();
        ASSERT_EQ(records.size(), 3U);
        EXPECT_EQ(records[0].delivery_delay, std::nullopt);
        EXPECT_EQ(records[1].delivery_delay, std::chrono::milliseconds(-20));
        EXPECT_EQ(records[2].delivery_delay, std::chrono::milliseconds(1'500));
        EXPECT_EQ(table().latest().value().front().delivery_delay, records[2].delivery_delay);
    }
}

}  // namespace
}  // namespace dsdash::embedded

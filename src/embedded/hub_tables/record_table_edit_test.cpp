#include "embedded/hub_tables/record_table_edit.hpp"

#include "embedded/testing/record_table_fixture.hpp"

namespace dsdash::embedded {
namespace {

constexpr std::string_view kDate = "2026-11-23 10:00:00.000000";

/// The same claims hold whether the records are still among the arrivals or in the history.
class RecordEditorTest : public RecordTableFixture, public testing::WithParamInterface<bool> {
  protected:
    void settle() {
        if (GetParam()) move_all();
    }

    void replace(const MetricRecord& record) {
        ASSERT_TRUE(table().edit([&](RecordEditor& editor) { return editor.put(record); }));
    }

    bool remove(std::string_view at) {
        bool removed = false;
        EXPECT_TRUE(table().edit([&](RecordEditor& editor) -> Result<void> {
            removed = editor.remove({"Jobs", date(at)}).value();
            return {};
        }));
        return removed;
    }

    double sum_of_day() {
        const auto points = table()
                                .history({.series = record(kDate, "0").series,
                                          .from = date("2026-11-23 00:00:00"),
                                          .to = date("2026-11-24 00:00:00"),
                                          .points_max = 1})
                                .value();
        return points.empty() ? 0 : points.front().sum;
    }

    double sum_of_metric() {
        const auto points = table()
                                .metric_history({.metric_name = "Jobs",
                                                 .from = date("2026-11-20 00:00:00"),
                                                 .to = date("2026-11-24 00:00:00"),
                                                 .points_max = 1})
                                .value();
        return points.empty() ? 0 : points.front().sum;
    }
};

INSTANTIATE_TEST_SUITE_P(, RecordEditorTest, testing::Bool(), [](const auto& test) {
    return test.param ? "InHistory" : "AmongArrivals";
});

TEST_P(RecordEditorTest, FindsARecordByItsKey) {
    put_one(record(kDate, "3", "e1"));
    settle();
    EXPECT_EQ(describe(table().find({"Jobs", date(kDate)}).value().value()),
              describe(record(kDate, "3", "e1")));
    EXPECT_FALSE(table().find({"Jobs", date("2026-11-23 10:00:01")}).value());
    EXPECT_FALSE(table().find({"Unheard", date(kDate)}).value());
}

TEST_P(RecordEditorTest, ReplacesARecord) {
    put_one(record(kDate, "3", "e1"));
    settle();
    replace(record(kDate, "4", "e2"));
    EXPECT_EQ(describe(all_records()), describe(std::vector{record(kDate, "4", "e2")}));
    EXPECT_EQ(describe(table().latest().value()), describe(all_records()));
}

TEST_P(RecordEditorTest, ReplacesARecordByOneOfAnotherSeries) {
    put_one(record(kDate, "3"));
    settle();
    replace(of_series(record(kDate, "4"), {"Jobs", "other", "prod", "3"}));
    ASSERT_EQ(all_records().size(), 1U);
    EXPECT_EQ(table().latest().value().size(), 1U);
    EXPECT_EQ(sum_of_day(), 0);
}

TEST_P(RecordEditorTest, RemovesARecord) {
    put_one(record(kDate, "3"));
    settle();
    EXPECT_TRUE(remove(kDate));
    EXPECT_FALSE(remove(kDate));
    EXPECT_TRUE(all_records().empty());
    EXPECT_TRUE(table().latest().value().empty());
    EXPECT_EQ(table().count().value(), 0);
}

TEST_P(RecordEditorTest, FallsBackToTheNewestThatIsLeft) {
    put_one(record("2026-11-23 09:00:00", "1"));
    put_one(record("2026-11-23 09:30:00", "2"));
    put_one(record(kDate, "3"));
    settle();
    EXPECT_TRUE(remove(kDate));
    EXPECT_EQ(table().latest().value().front().value.to_string(), "2");
    EXPECT_TRUE(remove("2026-11-23 09:00:00"));
    EXPECT_EQ(table().latest().value().front().value.to_string(), "2");
}

TEST_P(RecordEditorTest, KeepsRollUpsTrue) {
    put_one(record("2026-11-23 09:00:00", "1"));
    put_one(record("2026-11-23 09:10:00", "10"));
    put_one(of_series(record("2026-11-23 09:20:00", "100"), {"Jobs", "other", "dev", "2"}));
    settle();
    EXPECT_EQ(sum_of_day(), 11);
    EXPECT_EQ(sum_of_metric(), 111);
    EXPECT_TRUE(remove("2026-11-23 09:00:00"));
    EXPECT_EQ(sum_of_day(), 10);
    EXPECT_EQ(sum_of_metric(), 110);
    replace(record("2026-11-23 09:10:00", "20"));
    EXPECT_EQ(sum_of_day(), 20);
    move_all();
    EXPECT_EQ(sum_of_day(), 20);
    EXPECT_EQ(sum_of_metric(), 120);
    EXPECT_EQ(number("SELECT sum(count) FROM hourly WHERE subject = 1"), 2);
}

TEST_P(RecordEditorTest, ChangesNothingWhenAnEditFails) {
    put_one(record(kDate, "3"));
    settle();
    auto edited = table().edit([&](RecordEditor& editor) -> Result<void> {
        EXPECT_TRUE(editor.remove({"Jobs", date(kDate)}).value());
        EXPECT_TRUE(editor.put(of_series(record(kDate, "9"), {"New", "p", "e", "a"})));
        return fail(ErrorKind::conflict, "no");
    });
    EXPECT_EQ(edited.error().message, "no");
    EXPECT_EQ(describe(all_records()), describe(std::vector{record(kDate, "3")}));
    // The ids that the failed edit gave out must not be remembered.
    put_one(of_series(record(kDate, "9"), {"Newer", "p", "e", "a"}));
    put_one(of_series(record(kDate, "8"), {"New", "p", "e", "a"}));
    EXPECT_EQ(table().find({"New", date(kDate)}).value()->value.to_string(), "8");
}

TEST_P(RecordEditorTest, SeesItsOwnChanges) {
    put_one(record(kDate, "3"));
    settle();
    ASSERT_TRUE(table().edit([&](RecordEditor& editor) -> Result<void> {
        EXPECT_TRUE(editor.put(record(kDate, "4")));
        EXPECT_EQ(editor.find({"Jobs", date(kDate)}).value()->value.to_string(), "4");
        return {};
    }));
}

TEST_P(RecordEditorTest, StoresARecordThatMovedElsewhere) {
    auto moved = record("2026-11-23 10:00:00.000005", "3");
    moved.original_extraction_date = date(kDate);
    replace(moved);
    settle();
    EXPECT_EQ(describe(all_records()), describe(std::vector{moved}));
    EXPECT_EQ(put_one(record(kDate, "3")), Stored::duplicate);
}

TEST_P(RecordEditorTest, RecallsTheDatesBeforeTheLatestOfWhatCameBackwards) {
    for (const auto* hour : {"10", "09", "08", "07", "06", "05", "04"}) {
        replace(record(std::string("2026-11-23 ") + hour + ":00:00", "1"));
    }
    replace(of_series(record("2026-11-23 09:30:00", "1"), {"Jobs", "other", "dev", ""}));
    settle();
    EXPECT_TRUE(table().latest().value().at(0).previous_dates.empty());
    ASSERT_TRUE(table().edit([&](RecordEditor& editor) {
        return editor.recall_previous_dates(record(kDate, "1").series);
    }));
    EXPECT_EQ(table().latest().value().at(0).previous_dates,
              (std::vector{date("2026-11-23 09:00:00"), date("2026-11-23 08:00:00"),
                           date("2026-11-23 07:00:00"), date("2026-11-23 06:00:00"),
                           date("2026-11-23 05:00:00")}));
    EXPECT_TRUE(table().latest().value().at(1).previous_dates.empty());
}

TEST_P(RecordEditorTest, TakesDatesBeforeTheLatestWhereItKnowsFewer) {
    put_one(record(kDate, "1"));
    settle();
    const auto note = [&](std::string_view newest, std::vector<TimePoint> dates) {
        ASSERT_TRUE(table().edit([&](RecordEditor& editor) {
            return editor.note_previous_dates({record(newest, "1"), std::move(dates)});
        }));
    };
    const auto known = [&] { return table().latest().value().at(0).previous_dates; };
    const std::vector two{date("2026-11-23 09:00:00"), date("2026-11-23 08:00:00")};
    note("2026-11-23 11:00:00", two);
    EXPECT_TRUE(known().empty()) << "they came before another record";
    note(kDate, two);
    EXPECT_EQ(known(), two);
    note(kDate, {date("2026-11-23 05:00:00")});
    EXPECT_EQ(known(), two);
    ASSERT_TRUE(table().edit([&](RecordEditor& editor) {
        return editor.recall_previous_dates(record(kDate, "1").series);
    }));
    EXPECT_EQ(known(), two);
}

}  // namespace
}  // namespace dsdash::embedded

#include <algorithm>
#include <map>
#include <random>

#include "embedded/hub_tables/record_table_insert.hpp"
#include "embedded/testing/record_table_fixture.hpp"

/// RecordTable against an obvious model, on generated operations: puts with duplicates, collisions
/// and late records, edits, mover and expiry steps, restarts.
namespace dsdash::embedded {
namespace {

constexpr auto kMicrosecond = std::chrono::microseconds(1);

/// What the roll-ups must hold, made from the history in the obvious way; %s is the hour or day.
constexpr const char* kExpectedRollUps =
    "SELECT subject, id, %s AS stretch, count(*), min(value), max(value), sum(value), min(ts),"
    " max(ts) FROM ("
    " SELECT 0 AS subject, series_id AS id, hour, ts, CAST(value AS REAL) AS value FROM history"
    " UNION ALL SELECT 1, metric_id, hour, ts, CAST(value AS REAL) FROM history"
    " UNION ALL SELECT 2, project_id, hour, ts, CAST(value AS REAL) FROM history"
    " JOIN series USING (series_id)) GROUP BY subject, id, stretch";

class Model {
  public:
    Stored put(MetricRecord record) {
        const auto& metric = record.series.metric_name;
        const auto original = record.extraction_date;
        auto end_of_chain = original;
        for (const auto& [key, stored] : records_) {
            if (key.metric_name != metric || asked(stored) != original) continue;
            if (stored.series == record.series && stored.value == record.value) {
                return Stored::duplicate;
            }
            end_of_chain = std::max(end_of_chain, stored.extraction_date);
        }
        if (!records_.contains({metric, original})) {
            records_.emplace(RecordKey{metric, original}, record);
            return Stored::inserted;
        }
        record.original_extraction_date = original;
        record.extraction_date = end_of_chain + kMicrosecond;
        while (records_.contains({metric, record.extraction_date})) {
            record.extraction_date += kMicrosecond;
        }
        records_.emplace(RecordKey{metric, record.extraction_date}, record);
        return Stored::moved;
    }

    void replace(const MetricRecord& record) {
        records_.insert_or_assign({record.series.metric_name, record.extraction_date}, record);
    }

    bool remove(const RecordKey& key) { return records_.erase(key) > 0; }

    [[nodiscard]] std::vector<std::string> all() const {
        std::vector<std::string> texts;
        for (const auto& [key, record] : records_) texts.push_back(describe(record));
        std::ranges::sort(texts);
        return texts;
    }

    [[nodiscard]] std::vector<std::string> latest() const {
        std::map<SeriesKey, MetricRecord> newest;
        for (const auto& [key, record] : records_) newest.insert_or_assign(record.series, record);
        std::vector<std::string> texts;
        for (const auto& [series, record] : newest) texts.push_back(describe(record));
        return texts;
    }

    [[nodiscard]] std::vector<MetricRecord> in(const SeriesKey& series, TimePoint from,
                                               TimePoint to) const {
        std::vector<MetricRecord> found;
        for (const auto& [key, record] : records_) {
            if (record.series == series && key.extraction_date >= from &&
                key.extraction_date < to) {
                found.push_back(record);
            }
        }
        return found;
    }

  private:
    static TimePoint asked(const MetricRecord& record) {
        return record.original_extraction_date.value_or(record.extraction_date);
    }

    std::map<RecordKey, MetricRecord> records_;
};

class RecordTableModel : public RecordTableFixture, public testing::WithParamInterface<unsigned> {
  protected:
    std::uint64_t random(std::uint64_t below) { return random_() % below; }

    /// Few metrics, series, values and dates, so that they often meet.
    MetricRecord random_record() {
        const auto project = std::to_string(random(3));
        auto one = of_series(record("2026-11-23 00:00:00", std::to_string(random(3)) + ".5"),
                             {random(2) == 0 ? "a" : "b", project, "dev", "acc" + project});
        one.extraction_date =
            clock_.time - std::chrono::minutes(30) * random(8) + kMicrosecond * random(4);
        one.event_id = describe(one);
        return one;
    }

    void put_batch() {
        std::vector<MetricRecord> batch;
        for (auto size = random(20); size > 0; --size) batch.push_back(random_record());
        const auto answers = table().put(batch);
        for (std::size_t i = 0; i < batch.size(); ++i) {
            ASSERT_EQ(answers[i].value(), model_.put(batch[i])) << describe(batch[i]);
        }
    }

    void replace_one() {
        const auto one = random_record();
        ASSERT_TRUE(table().edit([&](RecordEditor& editor) { return editor.put(one); }));
        model_.replace(one);
    }

    void remove_one() {
        const auto one = random_record();
        const RecordKey key{one.series.metric_name, one.extraction_date};
        ASSERT_TRUE(table().edit([&](RecordEditor& editor) -> Result<void> {
            EXPECT_EQ(editor.remove(key).value(), model_.remove(key));
            return {};
        }));
    }

    void compare_history() {
        const auto series = random_record().series;
        const auto from = clock_.time - std::chrono::minutes(random(600));
        const auto to = from + std::chrono::minutes(random(900));
        const auto points_max = 1 + random(20);
        const auto points = table().history({series, from, to, points_max}).value();
        const auto expected = model_.in(series, from, to);
        ASSERT_LE(points.size(), points_max);
        if (expected.size() <= points_max) {
            ASSERT_EQ(points.size(), expected.size());
        }
        auto next = expected.begin();
        for (const auto& point : points) {
            ASSERT_LE(point.count, expected.end() - next);
            ASSERT_EQ(point.time, next->extraction_date);
            double sum = 0;
            for (auto left = point.count; left > 0; --left, ++next) {
                sum += next->value.to_double();
                ASSERT_GE(next->value.to_double(), point.min);
                ASSERT_LE(next->value.to_double(), point.max);
            }
            ASSERT_EQ(sum, point.sum);
            ASSERT_EQ(std::prev(next)->value.to_double(), point.last);
        }
        ASSERT_EQ(next, expected.end());
    }

    void compare_samples() {
        const auto series = random_record().series;
        const auto from = clock_.time - std::chrono::minutes(random(600));
        const auto to = from + std::chrono::minutes(random(900));
        const auto limit = 1 + random(20);
        auto expected = model_.in(series, from, to);
        std::ranges::reverse(expected);
        if (expected.size() > limit) expected.resize(limit);
        const auto samples = table().samples({series, from, to, limit}).value();
        ASSERT_EQ(describe(samples), describe(expected));
    }

    void compare_trends() {
        const auto now = clock_.time;
        const auto last_before = [&](const SeriesKey& series, TimePoint from, TimePoint to) {
            const auto records = model_.in(series, from, to);
            return records.empty() ? std::nullopt : std::optional(records.back().value.to_double());
        };
        for (const auto* project : {"0", "1", "2"}) {
            const auto trends = table().trends(project, now).value();
            for (const auto& trend : trends) {
                auto day = std::chrono::floor<std::chrono::days>(now) -
                           std::chrono::days(SeriesTrend::kDays - 1);
                for (const auto& last : trend.last) {
                    ASSERT_EQ(last, last_before(trend.series, day, day + std::chrono::days(1)));
                    day += std::chrono::days(1);
                }
                const auto day_ago = now - std::chrono::days(1);
                const auto week_ago = now - std::chrono::days(7);
                ASSERT_EQ(trend.day_ago, last_before(trend.series, TimePoint::min(), day_ago));
                ASSERT_EQ(trend.week_ago, last_before(trend.series, TimePoint::min(), week_ago));
            }
        }
    }

    void compare_roll_ups(const std::string& table, const std::string& stretch,
                          const std::string& stretch_of_hour) {
        auto expected = std::string(kExpectedRollUps);
        expected.replace(expected.find("%s"), 2, stretch_of_hour);
        const auto stored = "SELECT subject, id, " + stretch +
                            ", count, min, max, sum, first_ts, last_ts FROM " + table;
        const auto rows = [](const std::string& query) { return "SELECT * FROM (" + query + ")"; };
        const auto left = [&](const std::string& a, const std::string& b) {
            return number("SELECT count(*) FROM (" + rows(a) + " EXCEPT " + rows(b) + ")");
        };
        ASSERT_EQ(left(expected, stored), 0) << "missing in " << table;
        ASSERT_EQ(left(stored, expected), 0) << "too much in " << table;
        // Of a project two metrics may have a record at the same time, and either is the last one.
        ASSERT_EQ(number("SELECT count(*) FROM " + table +
                         " r WHERE subject < 2 AND NOT EXISTS (SELECT 1 FROM history h WHERE"
                         " ts = last_ts AND CAST(value AS REAL) = last AND"
                         " iif(subject = 0, series_id, metric_id) = id)"),
                  0);
    }

    void compare_roll_ups() {
        compare_roll_ups("hourly", "hour", "hour");
        compare_roll_ups("daily", "day", "(hour - (hour % 24 + 24) % 24) / 24");
    }

    void pass_time() {
        clock_.time +=
            random(8) == 0 ? std::chrono::hours(random(40)) : std::chrono::minutes(random(40));
    }

    void compare_all() {
        auto stored = describe(all_records());
        std::ranges::sort(stored);
        ASSERT_EQ(stored, model_.all());
        ASSERT_EQ(describe(table().latest().value()), model_.latest());
        ASSERT_EQ(table().count().value(), static_cast<std::int64_t>(stored.size()));
        compare_trends();
    }

    Model model_;
    std::mt19937_64 random_{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(Seeds, RecordTableModel, testing::Range(1U, 13U));

TEST_P(RecordTableModel, AgreesAfterEveryOperation) {
    for (int operation = 0; operation < 150 && !HasFatalFailure(); ++operation) {
        switch (random(10)) {
            case 0:
                replace_one();
                break;
            case 1:
                remove_one();
                break;
            case 2:
            case 3:
                ASSERT_TRUE(table().move_step());
                break;
            case 4:
                pass_time();
                break;
            case 5:
                if (random(5) == 0) reopen();
                break;
            default:
                put_batch();
        }
        compare_history();
        compare_samples();
        if (operation % 10 == 0) compare_all();
    }
    compare_roll_ups();
    clock_.time += std::chrono::hours(2);
    move_all();
    compare_all();
    compare_roll_ups();
}

TEST_P(RecordTableModel, KeepsRollUpsTrueWhileRecordsExpire) {
    ASSERT_TRUE(table().keep_for(std::chrono::days(1)));
    for (int operation = 0; operation < 150 && !HasFatalFailure(); ++operation) {
        switch (random(8)) {
            case 0:
                replace_one();
                break;
            case 1:
                ASSERT_TRUE(table().expire_step());
                break;
            case 2:
                pass_time();
                break;
            case 3:
            case 4:
                ASSERT_TRUE(table().move_step());
                break;
            default: {
                const auto one = random_record();
                ASSERT_TRUE(table().put({&one, 1}).front());
            }
        }
        if (operation % 10 == 0) compare_roll_ups();
    }
}

}  // namespace
}  // namespace dsdash::embedded

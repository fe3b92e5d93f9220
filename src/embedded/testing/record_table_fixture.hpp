#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <concepts>
#include <memory>
#include <string>
#include <vector>

#include "embedded/hub_tables/record_expiry.hpp"
#include "embedded/hub_tables/record_table.hpp"
#include "embedded/hub_tables/record_table_edit.hpp"
#include "embedded/testing/temporary_folder.hpp"

/// A deployed RecordTable in a file of its own, and records for it. For tests only.
namespace dsdash::embedded {

class FixedClock final : public Clock {
  public:
    [[nodiscard]] TimePoint now() const override { return time; }
    TimePoint time = parse_extraction_date("2026-11-23 12:00:00").value();
};

class RecordTableFixture : public testing::Test {
  protected:
    RecordTableFixture() {
        reopen();
        EXPECT_TRUE(table().create());
    }

    /// As a restart of the program: everything but the file is gone.
    void reopen(RecordTable::Moving moving = RecordTable::Moving::by_steps) {
        opened_.reset();
        auto database = Database::open(file_, Database::Access::read_write);
        EXPECT_TRUE(database);
        EXPECT_TRUE(database->run_script(RecordTable::schema()));
        EXPECT_TRUE(database->run_script(RecordExpiry::schema()));
        opened_ = std::make_unique<Opened>(file_, *std::move(database), identity_, clock_, moving);
    }

    RecordTable& table() { return opened_->table; }
    Writer& writer() { return opened_->writer; }

    Stored put_one(const MetricRecord& record) {
        auto answers = table().put({&record, 1});
        EXPECT_EQ(answers.size(), 1U);
        EXPECT_TRUE(answers.front()) << answers.front().error().message;
        return answers.front().value_or(Stored::inserted);
    }

    void move_all() {
        for (auto moved = table().move_step(); moved.value() > 0;) moved = table().move_step();
    }

    std::vector<MetricRecord> all_records() {
        return table().scan(std::nullopt, {}, 1'000'000).value();
    }

    /// The integer that one SELECT gives.
    std::int64_t number(const std::string& sql) {
        return opened_->reads
            .read<std::int64_t>([&](Database& database) -> Result<std::int64_t> {
                Rows rows = database.query(sql);
                auto row = rows.next();
                if (!row) return std::unexpected(row.error());
                return rows.integer(0);
            })
            .value();
    }

    FixedClock clock_;

  private:
    struct Opened {
        Opened(const std::filesystem::path& file, Database database,
               const AccountIdentity& identity, const Clock& clock, RecordTable::Moving moving)
            : writer(std::move(database)),
              reads(file),
              table({identity, writer, reads, clock}, moving) {}
        Writer writer;
        ReadPool reads;
        RecordTable table;
    };

    TemporaryFolder folder_;
    std::filesystem::path file_ = folder_.path() / "account.db";
    AccountIdentity identity_{.id = AccountId::parse("111111111111").value(),
                              .name = "hub",
                              .region = Region::parse("eu-west-1").value(),
                              .access_key_id = {},
                              .secret_access_key = {}};
    std::unique_ptr<Opened> opened_;
};

inline TimePoint date(std::string_view text) {
    return parse_extraction_date(text).value();
}

/// A record of the metric "Jobs" of project churn in dev.
inline MetricRecord record(std::string_view at, std::string_view value, std::string event_id = {}) {
    return {.series = {"Jobs", "churn", "dev", "222222222222"},
            .extraction_date = date(at),
            .value = Decimal::parse(value).value(),
            .metadata = "{}",
            .event_id = std::move(event_id),
            .original_extraction_date = std::nullopt};
}

inline MetricRecord of_series(MetricRecord record, SeriesKey series) {
    record.series = std::move(series);
    return record;
}

/// What a test compares of records: "Jobs/churn/dev/222222222222 2026-… = 3 (e1) {} <- 2026-…".
inline std::string describe(const MetricRecord& record) {
    std::string text = record.series.metric_name + "/" + record.series.project_name + "/" +
                       record.series.environment + "/" + record.series.account_id + " " +
                       format_extraction_date(record.extraction_date) + " = " +
                       record.value.to_string() + " (" + record.event_id + ") " + record.metadata;
    if (record.original_extraction_date) {
        text += " <- " + format_extraction_date(*record.original_extraction_date);
    }
    return text;
}

template <std::derived_from<MetricRecord> Record>
std::vector<std::string> describe(const std::vector<Record>& records) {
    std::vector<std::string> texts;
    for (const auto& one : records) texts.push_back(describe(one));
    return texts;
}

}  // namespace dsdash::embedded

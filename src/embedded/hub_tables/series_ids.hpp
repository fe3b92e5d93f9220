#pragma once

#include <cstdint>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "embedded/storage/sqlite.hpp"
#include "services/metric_table.hpp"

namespace dsdash::embedded {

/// The integers that stand for a series' names in the account's file.
struct SeriesId {
    std::int64_t series;
    std::int64_t metric;
    std::int64_t project;
};

struct SeriesKeyHash {
    std::size_t operator()(const SeriesKey& key) const;
};

using SeriesIdMap = std::unordered_map<SeriesKey, SeriesId, SeriesKeyHash>;

/// The ids that are on disk, kept in memory. Any thread may call it.
class SeriesIds {
  public:
    /// The ids as one transaction sees them: those on disk and those that it gives out itself.
    class Transaction {
      public:
        Transaction(SeriesIds& known, Database& database);
        /// The id of `key`; a new one when the series was never seen.
        Result<SeriesId> id_of(const SeriesKey& key);

      private:
        friend class SeriesIds;
        SeriesIds& known_;
        Database& database_;
        SeriesIdMap fresh_;
        std::uint64_t epoch_;
    };

    /// Keeps what `transaction` found, which is on disk now.
    void keep(Transaction&& transaction);
    /// Forgets all, also what transactions now under way will find. To be called inside the
    /// transaction that deletes the series.
    void forget();

  private:
    std::mutex mutex_;
    SeriesIdMap ids_;          // guarded by mutex_
    std::uint64_t epoch_ = 0;  // guarded by mutex_; a transaction of an older one keeps nothing
};

/// The series of that key; nothing when it never was seen.
Result<std::optional<SeriesId>> find_series(Database& database, const SeriesKey& key);
Result<std::optional<std::int64_t>> find_metric(Database& database, std::string_view metric_name);
Result<std::optional<std::int64_t>> find_project(Database& database, std::string_view project_name);

}  // namespace dsdash::embedded

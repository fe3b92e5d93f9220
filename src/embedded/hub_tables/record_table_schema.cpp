#include "embedded/hub_tables/record_table.hpp"

namespace dsdash::embedded {

namespace {

// Times are UTC microseconds. A value is an INTEGER when it is one of 64 bits, else the decimal's
// TEXT: exact either way, since a column of type ANY converts nothing. An event id that is a UUID
// is its 16 bytes (EventIdColumn). "{}" as metadata and "" as event id are NULL. A delay is how
// long after the date that its spoke gave a record was stored, in milliseconds by the hub's clock.
constexpr const char* kTables = R"sql(
CREATE TABLE IF NOT EXISTS record_table(
  id INTEGER PRIMARY KEY CHECK (id = 1),
  created_at INTEGER NOT NULL) STRICT;

CREATE TABLE IF NOT EXISTS metric(
  metric_id INTEGER PRIMARY KEY,
  metric_name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS project(
  project_id INTEGER PRIMARY KEY,
  project_name TEXT NOT NULL UNIQUE) STRICT;
-- AUTOINCREMENT: no id is given out twice, so whoever knows the names of one knows them for good.
CREATE TABLE IF NOT EXISTS series(
  series_id INTEGER PRIMARY KEY AUTOINCREMENT,
  metric_id INTEGER NOT NULL,
  project_id INTEGER NOT NULL,
  environment TEXT NOT NULL,
  account_id TEXT NOT NULL,
  UNIQUE (metric_id, project_id, environment, account_id)) STRICT;
CREATE INDEX IF NOT EXISTS series_by_project ON series(project_id);

-- Where records arrive: small, and in the order in which they come for each metric.
CREATE TABLE IF NOT EXISTS arrival(
  metric_id INTEGER NOT NULL,
  ts INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  value ANY NOT NULL,
  event_id ANY,
  metadata TEXT,
  original_ts INTEGER,
  delay_ms INTEGER,
  PRIMARY KEY (metric_id, ts)) STRICT, WITHOUT ROWID;

-- Where finished hours are moved to. Led by the hour, it grows at its end, however many series there
-- are; it needs no index, since "hourly" knows the hours in which a series, a metric or a project has
-- records, and from there each of them is a few rows away.
CREATE TABLE IF NOT EXISTS history(
  hour INTEGER NOT NULL,  -- of ts, since 1970
  metric_id INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  ts INTEGER NOT NULL,
  value ANY NOT NULL,
  event_id ANY,
  metadata TEXT,
  original_ts INTEGER,
  delay_ms INTEGER,
  PRIMARY KEY (hour, metric_id, series_id, ts)) STRICT, WITHOUT ROWID;

-- Records that had to move aside, by the date they came with, wherever they stand.
CREATE TABLE IF NOT EXISTS moved(
  metric_id INTEGER NOT NULL,
  original_ts INTEGER NOT NULL,
  ts INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  value ANY NOT NULL,
  PRIMARY KEY (metric_id, original_ts, ts)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS moved_by_identity ON moved(metric_id, original_ts, series_id, value);

-- The newest record of each series, and when those before it came: previous_1 is the newest of them.
CREATE TABLE IF NOT EXISTS latest(
  series_id INTEGER PRIMARY KEY,
  ts INTEGER NOT NULL,
  value ANY NOT NULL,
  event_id ANY,
  metadata TEXT,
  original_ts INTEGER,
  delay_ms INTEGER,
  previous_1 INTEGER,
  previous_2 INTEGER,
  previous_3 INTEGER,
  previous_4 INTEGER,
  previous_5 INTEGER) STRICT;

-- What the history holds of a series (subject 0, id a series_id), of all series of a metric (1, id a
-- metric_id) or of a project (2, id a project_id), in each hour since 1970. For plots: values are
-- doubles.
CREATE TABLE IF NOT EXISTS hourly(
  subject INTEGER NOT NULL,
  id INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  count INTEGER NOT NULL,
  min REAL NOT NULL,
  max REAL NOT NULL,
  sum REAL NOT NULL,
  first_ts INTEGER NOT NULL,
  last_ts INTEGER NOT NULL,
  last REAL NOT NULL,
  PRIMARY KEY (subject, id, hour)) STRICT, WITHOUT ROWID;

-- The same in each day since 1970, so that years are drawn from few rows.
CREATE TABLE IF NOT EXISTS daily(
  subject INTEGER NOT NULL,
  id INTEGER NOT NULL,
  day INTEGER NOT NULL,
  count INTEGER NOT NULL,
  min REAL NOT NULL,
  max REAL NOT NULL,
  sum REAL NOT NULL,
  first_ts INTEGER NOT NULL,
  last_ts INTEGER NOT NULL,
  last REAL NOT NULL,
  PRIMARY KEY (subject, id, day)) STRICT, WITHOUT ROWID;
)sql";

constexpr const char* kViews = R"sql(
-- Every record, wherever it stands.
CREATE VIEW IF NOT EXISTS stored_record AS
SELECT metric_id, series_id, ts, value, event_id, metadata, original_ts, delay_ms FROM arrival
UNION ALL
SELECT metric_id, series_id, ts, value, event_id, metadata, original_ts, delay_ms FROM history;

-- For people in the sqlite3 shell: the table as DynamoDB shows it.
CREATE VIEW IF NOT EXISTS records AS
SELECT metric_name AS MetricName,
  strftime('%Y-%m-%d %H:%M:%S', (ts - (ts % 1000000 + 1000000) % 1000000) / 1000000, 'unixepoch')
    || printf('.%06d', (ts % 1000000 + 1000000) % 1000000) AS ExtractionDate,
  value AS MetricValue,
  coalesce(metadata, '{}') AS Metadata,
  environment AS Environment,
  project_name AS ProjectName,
  account_id AS AccountId,
  CASE typeof(event_id) WHEN 'blob' THEN lower(
    substr(hex(event_id), 1, 8) || '-' || substr(hex(event_id), 9, 4) || '-' ||
    substr(hex(event_id), 13, 4) || '-' || substr(hex(event_id), 17, 4) || '-' ||
    substr(hex(event_id), 21)) ELSE event_id END AS EventId,
  CASE WHEN original_ts IS NOT NULL THEN
    strftime('%Y-%m-%d %H:%M:%S',
      (original_ts - (original_ts % 1000000 + 1000000) % 1000000) / 1000000, 'unixepoch')
    || printf('.%06d', (original_ts % 1000000 + 1000000) % 1000000)
  END AS OriginalExtractionDate,
  delay_ms AS DeliveryDelayMs
FROM stored_record JOIN series USING (series_id, metric_id) JOIN metric USING (metric_id)
  JOIN project USING (project_id);
)sql";

/// Runs `script` unless the table has that column.
Result<void> add_missing_column(Database& database, std::string_view table, std::string_view column,
                                const char* script) {
    Rows rows = database.query("SELECT 1 FROM pragma_table_info(?) WHERE name = ?", table, column);
    auto has_column = rows.next();
    if (!has_column) return std::unexpected(has_column.error());
    return *has_column ? Result<void>{} : database.run_script(script);
}

}  // namespace

const char* RecordTable::schema() {
    static const std::string kSchema = std::string(kTables) + kViews;
    return kSchema.c_str();
}

Result<void> RecordTable::upgrade(Database& database) {
    if (auto added = add_missing_column(database, "latest", "previous_1",
                                        "ALTER TABLE latest ADD COLUMN previous_1 INTEGER;"
                                        "ALTER TABLE latest ADD COLUMN previous_2 INTEGER;"
                                        "ALTER TABLE latest ADD COLUMN previous_3 INTEGER;"
                                        "ALTER TABLE latest ADD COLUMN previous_4 INTEGER;"
                                        "ALTER TABLE latest ADD COLUMN previous_5 INTEGER;");
        !added) {
        return added;
    }
    if (auto added = add_missing_column(database, "latest", "delay_ms",
                                        "ALTER TABLE latest ADD COLUMN delay_ms INTEGER;");
        !added) {
        return added;
    }
    // The views name the columns that there were.
    if (auto added = add_missing_column(database, "arrival", "delay_ms",
                                        "ALTER TABLE arrival ADD COLUMN delay_ms INTEGER;"
                                        "ALTER TABLE history ADD COLUMN delay_ms INTEGER;"
                                        "DROP VIEW records; DROP VIEW stored_record;");
        !added) {
        return added;
    }
    if (auto viewed = database.run_script(kViews); !viewed) return viewed;
    return database.run_script(R"sql(
INSERT INTO daily(subject, id, day, count, min, max, sum, first_ts, last_ts, last)
SELECT subject, id, day, sum(count), min(min), max(max), sum(sum), min(first_ts), max(last_ts),
  (SELECT last FROM hourly l WHERE l.subject = h.subject AND l.id = h.id
    AND l.hour BETWEEN 24 * day AND 24 * day + 23 ORDER BY l.hour DESC LIMIT 1)
FROM (SELECT *, (hour - (hour % 24 + 24) % 24) / 24 AS day FROM hourly) h
WHERE NOT EXISTS (SELECT 1 FROM daily)
GROUP BY subject, id, day;
)sql");
}

}  // namespace dsdash::embedded

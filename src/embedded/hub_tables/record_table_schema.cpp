#include "embedded/hub_tables/record_table.hpp"

namespace dsdash::embedded {

// Times are UTC microseconds. A value is an INTEGER when it is one of 64 bits, else the decimal's
// TEXT: exact either way, since a column of type ANY converts nothing. "{}" as metadata and "" as
// event id are NULL.
const char* RecordTable::schema() {
    return R"sql(
CREATE TABLE IF NOT EXISTS record_table(
  id INTEGER PRIMARY KEY CHECK (id = 1),
  created_at INTEGER NOT NULL) STRICT;

CREATE TABLE IF NOT EXISTS metric(
  metric_id INTEGER PRIMARY KEY,
  metric_name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS project(
  project_id INTEGER PRIMARY KEY,
  project_name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE IF NOT EXISTS series(
  series_id INTEGER PRIMARY KEY,
  metric_id INTEGER NOT NULL,
  project_id INTEGER NOT NULL,
  environment TEXT NOT NULL,
  account_id TEXT NOT NULL,
  UNIQUE (metric_id, project_id, environment, account_id)) STRICT;

-- Where records arrive: small, and in the order in which they come for each metric.
CREATE TABLE IF NOT EXISTS arrival(
  metric_id INTEGER NOT NULL,
  ts INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  value ANY NOT NULL,
  event_id TEXT,
  metadata TEXT,
  original_ts INTEGER,
  PRIMARY KEY (metric_id, ts)) STRICT, WITHOUT ROWID;

-- Where finished hours are moved to.
CREATE TABLE IF NOT EXISTS history(
  series_id INTEGER NOT NULL,
  ts INTEGER NOT NULL,
  metric_id INTEGER NOT NULL,
  project_id INTEGER NOT NULL,
  value ANY NOT NULL,
  event_id TEXT,
  metadata TEXT,
  original_ts INTEGER,
  PRIMARY KEY (series_id, ts)) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX IF NOT EXISTS history_by_metric ON history(metric_id, ts);
CREATE INDEX IF NOT EXISTS history_by_project ON history(project_id, ts, metric_id);

-- Records that had to move aside, by the date they came with, wherever they stand.
CREATE TABLE IF NOT EXISTS moved(
  metric_id INTEGER NOT NULL,
  original_ts INTEGER NOT NULL,
  ts INTEGER NOT NULL,
  series_id INTEGER NOT NULL,
  value ANY NOT NULL,
  PRIMARY KEY (metric_id, original_ts, ts)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS moved_by_identity ON moved(metric_id, original_ts, series_id, value);

-- The newest record of each series.
CREATE TABLE IF NOT EXISTS latest(
  series_id INTEGER PRIMARY KEY,
  ts INTEGER NOT NULL,
  value ANY NOT NULL,
  event_id TEXT,
  metadata TEXT,
  original_ts INTEGER) STRICT;

-- What the history holds of a series (of_metric 0, id a series_id), or of all series of a metric
-- (of_metric 1, id a metric_id), in each hour since 1970. For plots: values are doubles.
CREATE TABLE IF NOT EXISTS hourly(
  of_metric INTEGER NOT NULL,
  id INTEGER NOT NULL,
  hour INTEGER NOT NULL,
  count INTEGER NOT NULL,
  min REAL NOT NULL,
  max REAL NOT NULL,
  sum REAL NOT NULL,
  first_ts INTEGER NOT NULL,
  last_ts INTEGER NOT NULL,
  last REAL NOT NULL,
  PRIMARY KEY (of_metric, id, hour)) STRICT, WITHOUT ROWID;

-- Every record, wherever it stands. The joins' order is given: the planner's own starts with the
-- series, which is no way to read one page of a metric.
CREATE VIEW IF NOT EXISTS stored_record AS
SELECT a.metric_id, s.project_id, metric_name, project_name, environment, account_id,
  ts, value, event_id, metadata, original_ts
FROM arrival a CROSS JOIN series s ON s.series_id = a.series_id
  CROSS JOIN metric m ON m.metric_id = a.metric_id
  CROSS JOIN project p ON p.project_id = s.project_id
UNION ALL
SELECT h.metric_id, h.project_id, metric_name, project_name, environment, account_id,
  ts, value, event_id, metadata, original_ts
FROM history h CROSS JOIN series s ON s.series_id = h.series_id
  CROSS JOIN metric m ON m.metric_id = h.metric_id
  CROSS JOIN project p ON p.project_id = h.project_id;

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
  event_id AS EventId,
  CASE WHEN original_ts IS NOT NULL THEN
    strftime('%Y-%m-%d %H:%M:%S',
      (original_ts - (original_ts % 1000000 + 1000000) % 1000000) / 1000000, 'unixepoch')
    || printf('.%06d', (original_ts % 1000000 + 1000000) % 1000000)
  END AS OriginalExtractionDate
FROM stored_record;
)sql";
}

}  // namespace dsdash::embedded

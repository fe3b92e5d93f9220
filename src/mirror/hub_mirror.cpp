#include "mirror/hub_mirror.hpp"

#include <algorithm>
#include <set>

#include "domain/series_state.hpp"
#include "embedded/hub_tables/record_table_edit.hpp"
#include "items/record_item.hpp"

namespace dsdash::mirror {

namespace {

/// As items, so that whatever a record holds is compared.
bool same(const MetricRecord& one, const MetricRecord& other) {
    return items::to_item(one) == items::to_item(other);
}

}  // namespace

Result<void> HubMirror::load_metrics() {
    if (has_loaded_) return {};
    auto all = file_.metrics().list();
    if (!all) return std::unexpected(std::move(all.error()));
    for (auto& metric : *all) {
        auto name = metric.name;
        metrics_.emplace(std::move(name), std::move(metric));
    }
    has_loaded_ = true;
    return {};
}

Result<void> HubMirror::poll() {
    if (auto loaded = load_metrics(); !loaded) return loaded;
    const auto now = clock_.now();
    const auto latest = items_.latest();
    if (!latest) return std::unexpected(latest.error());
    auto done = put_new_metrics(*latest);
    if (done) done = poll_state();
    if (done) done = read_moved(*latest);
    if (done) done = put_newer(*latest);
    if (done) done = note_previous_dates(*latest);
    if (done) done = file_.set_polled(now);
    return done;
}

Result<HubMirror::Dates> HubMirror::newest_dates() {
    const auto latest = file_.records().latest();
    if (!latest) return std::unexpected(latest.error());
    Dates dates;
    for (const auto& record : *latest) {
        dates.emplace_hint(dates.end(), record.series, record.extraction_date);
    }
    return dates;
}

Result<void> HubMirror::put_new_metrics(const std::vector<LatestRecord>& latest) {
    const auto now = clock_.now();
    std::vector<MetricRecord> records;
    std::set<std::string> names;
    for (const auto& record : latest) {
        if (metrics_.contains(record.series.metric_name)) continue;
        names.insert(record.series.metric_name);
        records.push_back(record);
    }
    if (auto stored = store(std::move(records)); !stored) return stored;
    for (const auto& name : names) {
        // All that is in the table now is read as history; what comes later, by its lateness.
        MirroredMetric metric{.name = name, .reread = now, .reread_far = now};
        if (auto kept = file_.metrics().put(metric); !kept) return kept;
        metrics_.emplace(name, std::move(metric));
    }
    return {};
}

Result<void> HubMirror::read_moved(const std::vector<LatestRecord>& latest) {
    const auto known = newest_dates();
    if (!known) return std::unexpected(known.error());
    std::map<std::string, TimePoint> from;
    for (const auto& record : latest) {
        const auto& name = record.series.metric_name;
        const auto found = known->find(record.series);
        if (found != known->end() && found->second >= record.extraction_date) continue;
        // What came since the last reading is no older than this, whenever the series moved on.
        auto start = metrics_.at(name).reread - kLate;
        if (found != known->end()) start = std::max(start, found->second);
        const auto [entry, is_new] = from.try_emplace(name, start);
        if (!is_new) entry->second = std::min(entry->second, start);
    }
    for (const auto& [name, start] : from) {
        if (auto read = read_from(name, start); !read) return read;
    }
    return {};
}

Result<void> HubMirror::put_newer(const std::vector<LatestRecord>& latest) {
    const auto known = newest_dates();
    if (!known) return std::unexpected(known.error());
    // Its record may have expired, or not be seen yet: reads are eventually consistent.
    std::vector<MetricRecord> newer;
    for (const auto& record : latest) {
        const auto found = known->find(record.series);
        if (found != known->end() && found->second >= record.extraction_date) continue;
        newer.push_back(record);
    }
    return store(std::move(newer));
}

Result<void> HubMirror::note_previous_dates(const std::vector<LatestRecord>& latest) {
    const auto known = file_.records().latest();
    if (!known) return std::unexpected(known.error());
    std::map<SeriesKey, std::size_t> counts;
    for (const auto& record : *known) {
        counts.emplace_hint(counts.end(), record.series, record.previous_dates.size());
    }
    std::vector<const LatestRecord*> telling;
    for (const auto& record : latest) {
        const auto found = counts.find(record.series);
        if (found != counts.end() && found->second < record.previous_dates.size()) {
            telling.push_back(&record);
        }
    }
    if (telling.empty()) return {};
    return file_.records().edit([&](embedded::RecordEditor& editor) -> Result<void> {
        for (const auto* record : telling) {
            if (auto noted = editor.note_previous_dates(*record); !noted) return noted;
        }
        return {};
    });
}

Result<void> HubMirror::poll_state() {
    const auto reports = items_.reports();
    if (!reports) return std::unexpected(reports.error());
    const auto known_reports = file_.state().reports();
    if (!known_reports) return std::unexpected(known_reports.error());
    for (const auto& report : *reports) {
        const auto known =
            std::ranges::find(*known_reports, report.account_id, &ExtractionReport::account_id);
        if (known != known_reports->end() && known->time == report.time) continue;
        if (auto put = file_.state().put_report(report); !put) return put;
        ++state_changes_;
    }
    const auto pongs = items_.pongs();
    if (!pongs) return std::unexpected(pongs.error());
    const auto known_pongs = file_.state().pongs();
    if (!known_pongs) return std::unexpected(known_pongs.error());
    for (const auto& pong : *pongs) {
        const auto known = std::ranges::find(*known_pongs, pong.account_id, &Pong::account_id);
        if (known != known_pongs->end() && known->ping_date == pong.ping_date) continue;
        if (auto put = file_.state().put_pong(pong); !put) return put;
        ++state_changes_;
    }
    return poll_quarantine();
}

Result<void> HubMirror::poll_quarantine() {
    const auto events = items_.quarantined(kQuarantinedMax);
    if (!events) return std::unexpected(events.error());
    const auto known = file_.state().quarantined(std::nullopt, kQuarantinedMax);
    if (!known) return std::unexpected(known.error());
    std::set<std::string> present;
    for (const auto& event : *events) present.insert(event.event.id);
    std::vector<std::string> gone;
    for (const auto& event : *known) {
        if (!present.contains(event.event.id)) gone.push_back(event.event.id);
        present.erase(event.event.id);
    }
    if (!gone.empty()) {
        if (auto removed = file_.remove_quarantined(gone); !removed) return removed;
        state_changes_ += gone.size();
    }
    for (const auto& event : *events) {
        if (!present.contains(event.event.id)) continue;  // it is there already
        if (auto put = file_.state().quarantine(event); !put) return put;
        ++state_changes_;
    }
    return {};
}

Result<bool> HubMirror::step() {
    if (auto loaded = load_metrics(); !loaded) return std::unexpected(std::move(loaded.error()));
    Result<void> done;
    if (auto* due = find_due()) {
        done = read_again(*due);
    } else if (auto* unread = find_unread()) {
        done = read_history(*unread);
    } else {
        return false;
    }
    if (!done) return std::unexpected(std::move(done.error()));
    return true;
}

MirroredMetric* HubMirror::find_due() {
    const auto now = clock_.now();
    for (auto& [name, metric] : metrics_) {
        if (now - metric.reread >= kRereadInterval ||
            now - metric.reread_far >= kFarRereadInterval) {
            return &metric;
        }
    }
    return nullptr;
}

/// The metric whose history reaches back least: so all of them reach back a day before one reaches
/// back a year.
MirroredMetric* HubMirror::find_unread() {
    MirroredMetric* shortest = nullptr;
    for (auto& [name, metric] : metrics_) {
        if (metric.is_complete) continue;
        const auto reaches = metric.oldest.value_or(TimePoint::max());
        if (shortest == nullptr || reaches > shortest->oldest.value_or(TimePoint::max())) {
            shortest = &metric;
        }
    }
    return shortest;
}

Result<void> HubMirror::read_again(MirroredMetric& metric) {
    const auto now = clock_.now();
    const bool far = now - metric.reread_far >= kFarRereadInterval;
    const auto from = far ? std::min(metric.reread_far - kVeryLate, metric.reread - kLate)
                          : metric.reread - kLate;
    if (auto read = read_from(metric.name, from); !read) return read;
    auto read = metric;
    read.reread = now;
    if (far) read.reread_far = now;
    if (auto kept = file_.metrics().put(read); !kept) return kept;
    metric = std::move(read);
    return {};
}

Result<void> HubMirror::read_history(MirroredMetric& metric) {
    auto page = items_.backwards(metric.name, metric.next_key);
    if (!page) return std::unexpected(std::move(page.error()));
    auto read = metric;
    read.next_key = page->next_key;
    read.is_complete = page->next_key.empty();
    if (!page->records.empty()) {
        read.oldest = page->records.back().extraction_date;
    } else if (!read.oldest) {
        read.oldest = clock_.now();
    }
    auto records = std::move(page->records);
    std::ranges::reverse(records);
    if (auto stored = store(records); !stored) return stored;
    if (auto recalled = recall_previous_dates(records); !recalled) return recalled;
    if (auto kept = file_.metrics().put(read); !kept) return kept;
    metric = std::move(read);
    return {};
}

Result<void> HubMirror::read_from(const std::string& metric_name, TimePoint from) {
    // The Python reference leaves ".000000" out of its dates, which then sort before ours.
    from -= std::chrono::seconds(1);
    std::string key;
    do {
        auto page = items_.forwards(metric_name, from, key);
        if (!page) return std::unexpected(std::move(page.error()));
        if (auto stored = store(std::move(page->records)); !stored) return stored;
        key = std::move(page->next_key);
    } while (!key.empty());
    return {};
}

Result<void> HubMirror::store(std::vector<MetricRecord> records) {
    std::map<std::string, std::vector<MetricRecord*>> by_metric;
    for (auto& record : records) by_metric[record.series.metric_name].push_back(&record);
    std::vector<const MetricRecord*> changed;
    for (const auto& [name, of_metric] : by_metric) {
        const auto [first, last] = std::ranges::minmax(
            of_metric, {}, [](const auto* one) { return one->extraction_date; });
        // Of a range that has many more records here some may be missed, and are written again.
        const auto present = file_.records().by_metric(name, {.from = first->extraction_date,
                                                              .to = last->extraction_date,
                                                              .limit = 2 * of_metric.size() + 100});
        if (!present) return std::unexpected(present.error());
        for (const auto* record : of_metric) {
            const auto found = std::ranges::lower_bound(*present, record->extraction_date, {},
                                                        &MetricRecord::extraction_date);
            const bool is_there = found != present->end() &&
                                  found->extraction_date == record->extraction_date &&
                                  same(*found, *record);
            if (!is_there) changed.push_back(record);
        }
    }
    if (changed.empty()) return {};
    records_ += changed.size();
    return file_.records().edit([&](embedded::RecordEditor& editor) -> Result<void> {
        for (const auto* record : changed) {
            if (auto put = editor.put(*record); !put) return put;
        }
        return {};
    });
}

Result<void> HubMirror::recall_previous_dates(const std::vector<MetricRecord>& records) {
    std::set<SeriesKey> read;
    for (const auto& record : records) read.insert(record.series);
    const auto latest = file_.records().latest();
    if (!latest) return std::unexpected(latest.error());
    std::vector<SeriesKey> incomplete;
    for (const auto& record : *latest) {
        if (record.previous_dates.size() < kPreviousDatesMax && read.contains(record.series)) {
            incomplete.push_back(record.series);
        }
    }
    if (incomplete.empty()) return {};
    return file_.records().edit([&](embedded::RecordEditor& editor) -> Result<void> {
        for (const auto& series : incomplete) {
            if (auto recalled = editor.recall_previous_dates(series); !recalled) return recalled;
        }
        return {};
    });
}

HubMirror::Progress HubMirror::progress() const {
    Progress progress{.metrics = metrics_.size(),
                      .complete = 0,
                      .back_to = {},
                      .records = records_,
                      .state_changes = state_changes_,
                      .skipped = skipped_.count()};
    for (const auto& [name, metric] : metrics_) {
        if (metric.is_complete) ++progress.complete;
    }
    const auto has_begun = [](const auto& entry) { return entry.second.oldest.has_value(); };
    if (!metrics_.empty() && std::ranges::all_of(metrics_, has_begun)) {
        for (const auto& [name, metric] : metrics_) {
            if (metric.is_complete) continue;
            progress.back_to = std::max(progress.back_to.value_or(*metric.oldest), *metric.oldest);
        }
    }
    return progress;
}

}  // namespace dsdash::mirror

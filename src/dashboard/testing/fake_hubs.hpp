#pragma once

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "dashboard/hub_directory.hpp"
#include "domain/account_id.hpp"

namespace dsdash::dashboard {

/// A metric table for tests: what it answers is set from outside, what it was asked is kept.
class FakeMetricTable final : public MetricTable, public MetricBrowser {
  public:
    std::vector<Result<Stored>> put(std::span<const MetricRecord> records) override {
        for (const auto& record : records) records_.push_back({record, {}});
        return std::vector<Result<Stored>>(records.size(), Stored::inserted);
    }
    Result<std::vector<LatestRecord>> latest() override {
        if (failure) return std::unexpected(*failure);
        return records_;
    }
    Result<std::vector<HistoryPoint>> history(const HistoryQuery& query) override {
        if (failure) return std::unexpected(*failure);
        asked = query;
        return points;
    }
    Result<std::vector<SeriesTrend>> trends(std::string_view project_name, TimePoint) override {
        if (failure) return std::unexpected(*failure);
        std::vector<SeriesTrend> of_project;
        std::ranges::copy_if(all_trends, std::back_inserter(of_project), [&](const auto& trend) {
            return trend.series.project_name == project_name;
        });
        return of_project;
    }
    Result<std::vector<MetricRecord>> samples(const SampleQuery& query) override {
        if (failure) return std::unexpected(*failure);
        asked_samples = query;
        std::vector<MetricRecord> some(records_.begin(), records_.end());
        if (some.size() > query.limit) some.resize(query.limit);
        return some;
    }

    std::optional<Error> failure;
    std::vector<HistoryPoint> points;
    HistoryQuery asked;
    SampleQuery asked_samples;
    std::vector<SeriesTrend> all_trends;

  private:
    std::vector<LatestRecord> records_;
};

class FakeHubState final : public HubState {
  public:
    Result<void> put_report(const ExtractionReport& report) override {
        reports_.push_back(report);
        return {};
    }
    Result<std::vector<ExtractionReport>> reports() override { return reports_; }
    Result<void> put_pong(const Pong&) override { return {}; }
    Result<std::vector<Pong>> pongs() override { return std::vector<Pong>{}; }
    Result<void> quarantine(const QuarantinedEvent&) override { return {}; }

  private:
    std::vector<ExtractionReport> reports_;
};

class FakeHubs final : public HubDirectory {
  public:
    struct Tables {
        FakeMetricTable metrics;
        FakeHubState state;
        std::optional<std::chrono::seconds> refresh_interval;
        std::vector<functions::Registration> registrations;
        std::vector<DeadLetter> dead_letters;
        doctor::Findings findings;
        Fetch next_fetch;
        int fetches = 0;  ///< how often it asked for new data
    };

    /// Adds a hub in eu-west-1, or gives the one that is there.
    Tables& hub(std::string_view id, std::string name = "hub") {
        const auto account = AccountId::parse(id).value();
        auto [entry, is_new] = tables_.try_emplace(account);
        if (is_new) names_.emplace(account, std::move(name));
        return entry->second;
    }

    Result<std::vector<HubSummary>> hubs() override {
        std::vector<HubSummary> summaries;
        summaries.reserve(tables_.size());
        for (const auto& [id, tables] : tables_) summaries.push_back(summary(id));
        return summaries;
    }
    Result<Hub> find(const AccountId& id) override {
        const auto found = tables_.find(id);
        if (found == tables_.end()) {
            return fail(ErrorKind::not_found, "account " + id.text() + " is no hub");
        }
        auto& [metrics, state, refresh_interval, _1, _2, _3, _4, _5] = found->second;
        return Hub{summary(id), metrics, metrics, state, refresh_interval};
    }
    Result<std::vector<functions::Registration>> registrations(const AccountId& id) override {
        return tables_.at(id).registrations;
    }
    Result<std::vector<DeadLetter>> dead_letters(const AccountId& id) override {
        return tables_.at(id).dead_letters;
    }
    Result<doctor::Findings> examine(const AccountId& id) override {
        return tables_.at(id).findings;
    }
    Result<Fetch> ask_for_new_data(const AccountId& id) override {
        if (!tables_.contains(id)) return fail(ErrorKind::not_found, id.text() + " is no hub");
        ++tables_.at(id).fetches;
        return tables_.at(id).next_fetch;
    }

  private:
    HubSummary summary(const AccountId& id) {
        return {id, names_.at(id), Region::parse("eu-west-1").value()};
    }

    std::map<AccountId, Tables> tables_;
    std::map<AccountId, std::string> names_;
};

}  // namespace dsdash::dashboard

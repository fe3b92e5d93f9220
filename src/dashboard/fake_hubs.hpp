#pragma once

#include <map>
#include <utility>

#include "dashboard/hub_directory.hpp"
#include "domain/account_id.hpp"

namespace dsdash::dashboard {

/// A metric table for tests: what it answers is set from outside, what it was asked is kept.
class FakeMetricTable final : public MetricTable {
  public:
    std::vector<Result<Stored>> put(std::span<const MetricRecord> records) override {
        records_.insert(records_.end(), records.begin(), records.end());
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

    std::optional<Error> failure;
    std::vector<HistoryPoint> points;
    HistoryQuery asked;

  private:
    std::vector<MetricRecord> records_;
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
        return Hub{summary(id), found->second.metrics, found->second.state};
    }

  private:
    HubSummary summary(const AccountId& id) {
        return {id, names_.at(id), Region::parse("eu-west-1").value()};
    }

    std::map<AccountId, Tables> tables_;
    std::map<AccountId, std::string> names_;
};

}  // namespace dsdash::dashboard

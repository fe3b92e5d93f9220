#include "services/testing/fake_services.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace dsdash {

Result<Parameter> FakeParameterStore::get(std::string_view name) {
    if (failure || get_failure) {
        return std::unexpected(failure ? *failure : *get_failure);
    }
    const auto found = parameters.find(name);
    if (found == parameters.end()) {
        return fail(ErrorKind::not_found, fmt::format("parameter {} is not there", name),
                    "ParameterNotFound");
    }
    return Parameter{found->first, found->second};
}

Result<std::vector<Parameter>> FakeParameterStore::list_by_path(std::string_view path) {
    ++lists;
    if (failure) {
        return std::unexpected(*failure);
    }
    std::vector<Parameter> found;
    for (const auto& [name, value] : parameters) {
        if (name.starts_with(path)) {
            found.push_back({name, value});
        }
    }
    return found;
}

std::vector<Result<std::string>> FakeEventBus::put_events(std::span<const EventEntry> put) {
    std::vector<Result<std::string>> answers;
    for (const auto& entry : put) {
        const auto detail = parse_json_object(entry.detail).value();
        const auto metric = optional_string(detail, "MetricName").value();
        if (const auto refused = refusals.find(entry.detail_type); refused != refusals.end()) {
            answers.emplace_back(std::unexpected(refused->second));
        } else if (metric && refused_metrics.contains(*metric)) {
            answers.emplace_back(std::unexpected(refused_metrics.at(*metric)));
        } else {
            entries.push_back(entry);
            answers.emplace_back(fmt::format("event-{}", entries.size()));
        }
    }
    return answers;
}

std::vector<Result<Stored>> FakeMetricTable::put(std::span<const MetricRecord> put) {
    batches.push_back(put.size());
    std::vector<Result<Stored>> answers;
    for (const auto& record : put) {
        if (failure) {
            answers.emplace_back(std::unexpected(*failure));
            continue;
        }
        const bool is_new = event_ids_.insert(record.event_id).second;
        if (is_new) {
            records.push_back(record);
        }
        answers.emplace_back(is_new ? Stored::inserted : Stored::duplicate);
    }
    return answers;
}

Result<void> FakeHubState::put_report(const ExtractionReport& report) {
    if (failure) {
        return std::unexpected(*failure);
    }
    stored_reports.push_back(report);
    return {};
}

Result<void> FakeHubState::put_pong(const Pong& pong) {
    if (failure) {
        return std::unexpected(*failure);
    }
    stored_pongs.push_back(pong);
    return {};
}

Result<void> FakeHubState::quarantine(const QuarantinedEvent& event) {
    if (failure) {
        return std::unexpected(*failure);
    }
    quarantined.push_back(event);
    return {};
}

}  // namespace dsdash

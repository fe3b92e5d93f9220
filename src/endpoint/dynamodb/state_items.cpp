#include "endpoint/dynamodb/state_items.hpp"

#include <algorithm>
#include <array>

#include "domain/contract.hpp"
#include "endpoint/dynamodb/record_item.hpp"
#include "items/state_item.hpp"

namespace dsdash::endpoint::dynamodb {

namespace {

using items::kLatestKey;
using items::kPongKey;
using items::kQuarantineKey;
using items::kReportKey;
using items::latest_item;
using items::pong_item;
using items::quarantine_item;
using items::report_item;

constexpr std::array<std::string_view, 4> kPartitions{kLatestKey, kPongKey, kQuarantineKey,
                                                      kReportKey};

std::string_view sort_key(const Item& item) {
    return text_of(item.at("SortKey"));
}

/// The page of `items`, all of one partition and by sort key, that `query` asks for.
std::vector<Item> cut_page(std::vector<Item> items, const KeyQuery& query) {
    if (!query.forward) std::ranges::reverse(items);
    std::erase_if(items, [&](const Item& item) {
        const auto key = sort_key(item);
        if (!query.range.contains(key)) return true;
        if (!query.after) return false;
        return query.forward ? key <= sort_key(*query.after) : key >= sort_key(*query.after);
    });
    if (items.size() > query.limit) items.resize(query.limit);
    return items;
}

}  // namespace

const TableSchema& StateItems::schema() const {
    static const TableSchema kSchema{
        .name = contract::kHubStateTable, .key = {"StateKey", "SortKey"}, .index = std::nullopt};
    return kSchema;
}

Result<TimePoint> StateItems::created_at() {
    return state_.created_at();
}

Result<std::int64_t> StateItems::count() {
    auto count = state_.quarantined_count();
    for (const auto partition : {kLatestKey, kPongKey, kReportKey}) {
        if (!count) return count;
        auto items = list_partition(partition);
        if (!items) return std::unexpected(items.error());
        *count += static_cast<std::int64_t>(items->size());
    }
    return count;
}

Result<std::optional<Item>> StateItems::get(const Item& key) {
    const std::string sort(sort_key(key));
    const auto state_key = text_of(key.at("StateKey"));
    if (state_key == kQuarantineKey) {
        auto event = state_.find_quarantined(sort);
        if (!event) return std::unexpected(event.error());
        return *event ? std::optional(quarantine_item(**event)) : std::nullopt;
    }
    auto found = query({.hash = std::string(state_key),
                        .range = {.low = sort, .high = sort},
                        .after = std::nullopt,
                        .limit = 1});
    if (!found) return std::unexpected(found.error());
    return found->empty() ? std::nullopt : std::optional(std::move(found->front()));
}

Result<std::vector<Item>> StateItems::query(const KeyQuery& query) {
    if (query.hash == kQuarantineKey) return query_quarantine(query);
    auto items = list_partition(query.hash);
    if (!items) return items;
    return cut_page(*std::move(items), query);
}

Result<std::vector<Item>> StateItems::scan(const std::optional<Item>& after,
                                           const embedded::ScanSegment& segment,
                                           std::size_t limit) {
    std::vector<Item> items;
    const auto start = after ? text_of(after->at("StateKey")) : std::string_view{};
    for (std::size_t i = 0; i < kPartitions.size() && items.size() < limit; ++i) {
        const auto partition = kPartitions.at(i);
        if (partition < start || static_cast<std::int64_t>(i) % segment.total != segment.index) {
            continue;
        }
        auto page = query({.hash = std::string(partition),
                           .range = {},
                           .after = partition == start ? after : std::nullopt,
                           .limit = limit - items.size()});
        if (!page) return page;
        std::ranges::move(*page, std::back_inserter(items));
    }
    return items;
}

Result<std::vector<Item>> StateItems::list_partition(std::string_view state_key) {
    std::vector<Item> items;
    if (state_key == kLatestKey) {
        auto latest = records_.latest();
        // The metric table may be deployed without this one, and the reverse.
        if (!latest && latest.error().kind == ErrorKind::not_found) return items;
        if (!latest) return std::unexpected(latest.error());
        for (const auto& record : *latest) items.push_back(latest_item(record));
    } else if (state_key == kPongKey) {
        auto pongs = state_.pongs();
        if (!pongs) return std::unexpected(pongs.error());
        for (const auto& pong : *pongs) items.push_back(pong_item(pong));
    } else if (state_key == kReportKey) {
        auto reports = state_.reports();
        if (!reports) return std::unexpected(reports.error());
        for (const auto& report : *reports) items.push_back(report_item(report));
    }
    std::ranges::sort(items, {}, sort_key);
    return items;
}

Result<std::vector<Item>> StateItems::query_quarantine(const KeyQuery& query) {
    std::vector<Item> items;
    auto after = query.after ? std::optional(std::string(sort_key(*query.after))) : std::nullopt;
    while (items.size() < query.limit) {
        auto page = state_.quarantined(after, query.limit, query.forward);
        if (!page) return std::unexpected(page.error());
        if (page->empty()) break;
        after = page->back().event.id;
        for (const auto& event : *page) {
            if (items.size() < query.limit && query.range.contains(event.event.id)) {
                items.push_back(quarantine_item(event));
            }
        }
    }
    return items;
}

}  // namespace dsdash::endpoint::dynamodb

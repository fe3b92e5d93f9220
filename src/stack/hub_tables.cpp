#include "stack/hub_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/contract.hpp"
#include "domain/retention.hpp"

namespace dsdash::stack {

namespace {

constexpr const char* kRemovalPolicyKey = "removal_policy";
constexpr const char* kDestroy = "destroy";
constexpr const char* kExistingTableKey = "existing_table";
constexpr const char* kBoth = "true";
constexpr const char* kRetentionKey = "retention_days";

TableDeclaration declare_metric_table() {
    return {.name = std::string(contract::kHubTable),
            .kind = TableDeclaration::Kind::metric_table,
            .key = {"MetricName", "ExtractionDate"},
            .index =
                TableIndex{std::string(contract::kProjectIndex), {"ProjectName", "ExtractionDate"}},
            .retention = std::nullopt};
}

TableDeclaration declare_hub_state() {
    return {.name = std::string(contract::kHubStateTable),
            .kind = TableDeclaration::Kind::hub_state,
            .key = {"StateKey", "SortKey"},
            .index = std::nullopt,
            .retention = std::nullopt};
}

Result<std::optional<std::chrono::days>> read_retention(const StackContext& context) {
    const auto text = optional_value(context, kRetentionKey);
    if (!text) return std::nullopt;
    const auto days = parse_retention_days(*text);
    if (days) return *days;
    return fail(ErrorKind::malformed_input,
                fmt::format("context {} {}", kRetentionKey, days.error().message));
}

Result<void> adopt(const std::string& which, std::vector<TableDeclaration>& tables) {
    bool is_known = false;
    for (auto& table : tables) {
        table.is_adopted = which == kBoth || which == table.name;
        is_known = is_known || table.is_adopted;
    }
    if (is_known) return {};
    return fail(ErrorKind::malformed_input,
                fmt::format("context {} must be {}, {} or {}, or absent", kExistingTableKey, kBoth,
                            contract::kHubTable, contract::kHubStateTable));
}

}  // namespace

std::vector<ContextKey> hub_table_keys() {
    return {{kRemovalPolicyKey, "\"destroy\" to delete the tables with the stack"},
            {kExistingTableKey, "\"true\", or a table's name: use what an earlier stack left"},
            {kRetentionKey, "how many days metric records are kept; for ever when absent"}};
}

Result<std::vector<TableDeclaration>> declare_hub_tables(const StackContext& context) {
    const auto is_deleted = read_choice(context, kRemovalPolicyKey, kDestroy);
    if (!is_deleted) return std::unexpected(is_deleted.error());
    std::vector<TableDeclaration> tables{declare_metric_table(), declare_hub_state()};
    if (const auto which = optional_value(context, kExistingTableKey)) {
        if (auto adopted = adopt(*which, tables); !adopted) {
            return std::unexpected(std::move(adopted.error()));
        }
    }
    const auto retention = read_retention(context);
    if (!retention) return std::unexpected(retention.error());
    tables.front().retention = *retention;
    for (auto& table : tables) {
        if (*is_deleted && table.is_adopted) {
            return fail(ErrorKind::malformed_input,
                        fmt::format("{} is there already and not this stack's to delete: give {} "
                                    "or {}, not both",
                                    table.name, kExistingTableKey, kRemovalPolicyKey));
        }
        table.is_deleted_with_stack = *is_deleted;
    }
    return tables;
}

bool deletes_tables(const std::map<std::string, std::string>& deployed_context) {
    const auto policy = deployed_context.find(kRemovalPolicyKey);
    return policy != deployed_context.end() && policy->second == kDestroy;
}

}  // namespace dsdash::stack

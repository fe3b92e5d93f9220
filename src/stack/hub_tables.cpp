#include "stack/hub_tables.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/contract.hpp"
#include "stack/retention.hpp"

namespace dsdash::stack {

namespace {

constexpr const char* kRemovalPolicyKey = "removal_policy";
constexpr const char* kDestroy = "destroy";
constexpr const char* kExistingTableKey = "existing_table";
constexpr const char* kBoth = "true";

TableDeclaration declare_metric_table() {
    return {.name = std::string(contract::kHubTable),
            .kind = TableDeclaration::Kind::metric_table,
            .key = {"MetricName", "ExtractionDate"},
            .index =
                TableIndex{std::string(contract::kProjectIndex), {"ProjectName", "ExtractionDate"}},
            .expiration_attribute = {}};
}

TableDeclaration declare_hub_state() {
    return {.name = std::string(contract::kHubStateTable),
            .kind = TableDeclaration::Kind::hub_state,
            .key = {"StateKey", "SortKey"},
            .index = std::nullopt,
            .expiration_attribute = {}};
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
            retention_key()};
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
    const auto retention_days = read_retention_days(context);
    if (!retention_days) return std::unexpected(retention_days.error());
    if (*retention_days) tables.front().expiration_attribute = contract::kExpirationAttribute;
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

#include "embedded/deployed/stack_ledger.hpp"

#include <fmt/format.h>

#include "domain/json.hpp"

namespace dsdash::embedded {

namespace {

constexpr std::string_view kColumns =
    "kind, stack_name, context, functions, rules, tables, deployed_at_us";

std::string to_text(const std::vector<std::string>& names) {
    return json::serialize(json::array(names.begin(), names.end()));
}

std::string to_text(const std::map<std::string, std::string>& context) {
    json::object object;
    for (const auto& [name, value] : context) object[name] = value;
    return json::serialize(object);
}

// What is read here was written above; anything else is damage and throws.

std::vector<std::string> read_names(std::string_view text) {
    return json::value_to<std::vector<std::string>>(parse_json(text).value());
}

std::map<std::string, std::string> read_context(std::string_view text) {
    return json::value_to<std::map<std::string, std::string>>(parse_json(text).value());
}

DeployedStack read_stack(const Rows& rows) {
    return {.kind = std::string(rows.text(0)),
            .stack_name = std::string(rows.text(1)),
            .context = read_context(rows.text(2)),
            .functions = read_names(rows.text(3)),
            .rules = read_names(rows.text(4)),
            .tables = read_names(rows.text(5)),
            .deployed_at = TimePoint(std::chrono::microseconds(rows.integer(6)))};
}

Result<std::vector<DeployedStack>> read_stacks(Rows rows) {
    std::vector<DeployedStack> stacks;
    for (;;) {
        const auto more = rows.next();
        if (!more) return std::unexpected(more.error());
        if (!*more) return stacks;
        stacks.push_back(read_stack(rows));
    }
}

}  // namespace

StackLedger::StackLedger(const AccountParts& parts) : parts_(parts) {}

const char* StackLedger::schema() {
    return R"(
CREATE TABLE IF NOT EXISTS stack(
    kind TEXT PRIMARY KEY,
    stack_name TEXT NOT NULL,
    context TEXT NOT NULL,
    functions TEXT NOT NULL,
    rules TEXT NOT NULL,
    tables TEXT NOT NULL,
    deployed_at_us INTEGER NOT NULL
) WITHOUT ROWID;
)";
}

Result<void> StackLedger::put(const DeployedStack& stack) {
    return parts_.writer.write<void>([&](Database& database) -> Result<void> {
        static const auto kSql =
            fmt::format("INSERT OR REPLACE INTO stack({}) VALUES (?,?,?,?,?,?,?)", kColumns);
        const auto stored =
            database.run(kSql, stack.kind, stack.stack_name, to_text(stack.context),
                         to_text(stack.functions), to_text(stack.rules), to_text(stack.tables),
                         std::int64_t{stack.deployed_at.time_since_epoch().count()});
        if (!stored) return std::unexpected(stored.error());
        return {};
    });
}

Result<void> StackLedger::remove(std::string_view kind) {
    return parts_.writer.write<void>([&](Database& database) -> Result<void> {
        const auto removed = database.run("DELETE FROM stack WHERE kind = ?", kind);
        if (!removed) return std::unexpected(removed.error());
        if (*removed == 0) {
            return fail(ErrorKind::not_found, fmt::format("no {} stack is deployed here", kind));
        }
        return {};
    });
}

Result<std::optional<DeployedStack>> StackLedger::find(std::string_view kind) {
    using Found = std::optional<DeployedStack>;
    return parts_.reads.read<Found>([&](Database& database) -> Result<Found> {
        static const auto kSql = fmt::format("SELECT {} FROM stack WHERE kind = ?", kColumns);
        auto stacks = read_stacks(database.query(kSql, kind));
        if (!stacks) return std::unexpected(std::move(stacks.error()));
        if (stacks->empty()) return std::nullopt;
        return std::move(stacks->front());
    });
}

Result<std::vector<DeployedStack>> StackLedger::list() {
    using Stacks = std::vector<DeployedStack>;
    return parts_.reads.read<Stacks>([](Database& database) -> Result<Stacks> {
        static const auto kSql = fmt::format("SELECT {} FROM stack ORDER BY kind", kColumns);
        return read_stacks(database.query(kSql));
    });
}

}  // namespace dsdash::embedded

#include "embedded/deployed/function_table.hpp"

#include <fmt/format.h>

#include "domain/json.hpp"

namespace dsdash::embedded {

namespace {

constexpr std::string_view kColumns =
    "name, handler, description, role_arn, role_policy, environment, timeout_s, memory_mb, "
    "stack_name, last_modified_us";

std::string environment_to_json(const std::map<std::string, std::string>& environment) {
    json::object object;
    for (const auto& [name, value] : environment) object[name] = value;
    return json::serialize(object);
}

Result<std::map<std::string, std::string>> environment_from_json(std::string_view text) {
    auto object = parse_json_object(text);
    if (!object) return std::unexpected(std::move(object.error()));
    std::map<std::string, std::string> environment;
    for (const auto& member : *object) {
        auto value = required_string(*object, member.key());
        if (!value) return std::unexpected(std::move(value.error()));
        environment.emplace(member.key(), std::move(*value));
    }
    return environment;
}

Result<FunctionRecord> read_function(const Rows& rows) {
    auto environment = environment_from_json(rows.text(5));
    if (!environment) return std::unexpected(std::move(environment.error()));
    return FunctionRecord{
        .name = std::string(rows.text(0)),
        .handler = std::string(rows.text(1)),
        .description = std::string(rows.text(2)),
        .role_arn = std::string(rows.text(3)),
        .role_policy = std::string(rows.text(4)),
        .environment = std::move(*environment),
        .timeout_s = static_cast<int>(rows.integer(6)),
        .memory_mb = static_cast<int>(rows.integer(7)),
        .stack_name = std::string(rows.text(8)),
        .last_modified = TimePoint(std::chrono::microseconds(rows.integer(9))),
    };
}

Result<std::vector<FunctionRecord>> read_functions(Rows rows) {
    std::vector<FunctionRecord> functions;
    for (;;) {
        auto more = rows.next();
        if (!more) return std::unexpected(std::move(more.error()));
        if (!*more) return functions;
        auto function = read_function(rows);
        if (!function) return std::unexpected(std::move(function.error()));
        functions.push_back(std::move(*function));
    }
}

}  // namespace

FunctionTable::FunctionTable(const AccountParts& parts) : parts_(parts) {}

const char* FunctionTable::schema() {
    return R"(
CREATE TABLE IF NOT EXISTS function(
    name TEXT PRIMARY KEY,
    handler TEXT NOT NULL,
    description TEXT NOT NULL,
    role_arn TEXT NOT NULL,
    role_policy TEXT NOT NULL,
    environment TEXT NOT NULL,
    timeout_s INTEGER NOT NULL,
    memory_mb INTEGER NOT NULL,
    stack_name TEXT NOT NULL,
    last_modified_us INTEGER NOT NULL
) WITHOUT ROWID;
)";
}

Result<void> FunctionTable::put(const FunctionRecord& function) {
    return parts_.writer.write<void>([&](Database& database) -> Result<void> {
        static const auto kSql = fmt::format(
            "INSERT OR REPLACE INTO function({}) VALUES (?,?,?,?,?,?,?,?,?,?)", kColumns);
        auto stored = database.run(kSql, function.name, function.handler, function.description,
                                   function.role_arn, function.role_policy,
                                   environment_to_json(function.environment), function.timeout_s,
                                   function.memory_mb, function.stack_name,
                                   std::int64_t{function.last_modified.time_since_epoch().count()});
        if (!stored) return std::unexpected(std::move(stored.error()));
        return {};
    });
}

Result<void> FunctionTable::remove(std::string_view name) {
    return parts_.writer.write<void>([&](Database& database) -> Result<void> {
        auto removed = database.run("DELETE FROM function WHERE name = ?", name);
        if (!removed) return std::unexpected(std::move(removed.error()));
        if (*removed == 0) {
            return fail(ErrorKind::not_found, fmt::format("function {} is not there", name),
                        "ResourceNotFoundException");
        }
        return {};
    });
}

Result<std::optional<FunctionRecord>> FunctionTable::find(std::string_view name) {
    using Found = std::optional<FunctionRecord>;
    return parts_.reads.read<Found>([&](Database& database) -> Result<Found> {
        static const auto kSql = fmt::format("SELECT {} FROM function WHERE name = ?", kColumns);
        auto functions = read_functions(database.query(kSql, name));
        if (!functions) return std::unexpected(std::move(functions.error()));
        if (functions->empty()) return std::nullopt;
        return std::move(functions->front());
    });
}

Result<std::vector<FunctionRecord>> FunctionTable::list() {
    using Functions = std::vector<FunctionRecord>;
    return parts_.reads.read<Functions>([&](Database& database) -> Result<Functions> {
        static const auto kSql = fmt::format("SELECT {} FROM function ORDER BY name", kColumns);
        return read_functions(database.query(kSql));
    });
}

}  // namespace dsdash::embedded

#include "embedded/parameters/parameter_table.hpp"

#include <fmt/format.h>

#include "domain/arn.hpp"
#include "embedded/parameters/parameter_rules.hpp"
#include "embedded/storage/stored_time.hpp"

namespace dsdash::embedded {

namespace {

/// Quotas of Parameter Store: standard parameters in an account, and versions of one.
constexpr std::int64_t kParametersMax = 10'000;
constexpr std::int64_t kVersionsMax = 100;
/// Of a name together with what stands before it in the ARN.
constexpr std::size_t kArnBytesMax = 1'011;
constexpr std::size_t kDescriptionBytesMax = 1'024;

std::unexpected<Error> refuse(std::string message, std::string code = "ValidationException") {
    return fail(ErrorKind::malformed_input, std::move(message), std::move(code));
}

StoredParameter read_row(const Rows& row) {
    return {.name = std::string(row.text(0)),
            .version = row.integer(1),
            .value = std::string(row.text(2)),
            .type = std::string(row.text(3)),
            .description = std::string(row.text(4)),
            .allowed_pattern = std::string(row.text(5)),
            .tier = std::string(row.text(6)),
            .last_modified = from_micros(row.integer(7)),
            .last_modified_user = std::string(row.text(8))};
}

Result<std::optional<StoredParameter>> read_one(Rows rows) {
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    if (!*row) return std::nullopt;
    return read_row(rows);
}

Result<std::optional<StoredParameter>> find_current(Database& database, std::string_view name) {
    return read_one(database.query("SELECT * FROM parameter WHERE name = ?", name));
}

Result<void> check_room_for_another(Database& database) {
    Rows rows = database.query("SELECT count(DISTINCT name) FROM parameter_version");
    auto row = rows.next();
    if (!row) return std::unexpected(row.error());
    if (rows.integer(0) < kParametersMax) return {};
    return refuse("An account holds at most 10000 standard parameters.", "ParameterLimitExceeded");
}

/// The type that the new version gets.
Result<std::string> choose_type(const ParameterWrite& wanted,
                                const std::optional<StoredParameter>& current) {
    if (!wanted.type) {
        if (current) return current->type;
        return refuse("A parameter type is required when you create a parameter.");
    }
    if (*wanted.type == "SecureString") {
        return refuse(
            "SecureString is not supported: there is no key service here that could encrypt it.",
            "UnsupportedParameterType");
    }
    if (current && current->type != *wanted.type) {
        return refuse("The type of a parameter can't be changed: it is " + current->type + ".",
                      "HierarchyTypeMismatchException");
    }
    return *wanted.type;
}

/// The version that follows `current`, or the first one.
Result<StoredParameter> next_version(const ParameterWrite& wanted,
                                     const std::optional<StoredParameter>& current) {
    StoredParameter next = current.value_or(StoredParameter{});
    next.name = wanted.name;
    next.value = wanted.value;
    next.version += 1;
    next.description = wanted.description.value_or(next.description);
    next.allowed_pattern = wanted.allowed_pattern.value_or(next.allowed_pattern);
    next.last_modified_user = wanted.user;
    auto type = choose_type(wanted, current);
    if (!type) return std::unexpected(type.error());
    next.type = *std::move(type);
    auto tier =
        choose_parameter_tier(wanted.tier.value_or(next.tier), next.tier, next.value.size());
    if (!tier) return std::unexpected(tier.error());
    next.tier = *tier;
    if (!next.allowed_pattern.empty()) {
        if (auto fits = check_allowed_pattern(next.allowed_pattern, next.value); !fits) {
            return std::unexpected(fits.error());
        }
    }
    return next;
}

Result<void> insert(Database& database, const StoredParameter& parameter) {
    auto inserted = database.run("INSERT INTO parameter_version VALUES (?,?,?,?,?,?,?,?,?)",
                                 parameter.name, parameter.version, parameter.value, parameter.type,
                                 parameter.description, parameter.allowed_pattern, parameter.tier,
                                 to_micros(parameter.last_modified), parameter.last_modified_user);
    if (!inserted) return std::unexpected(inserted.error());
    auto forgotten = database.run("DELETE FROM parameter_version WHERE name = ? AND version <= ?",
                                  parameter.name, parameter.version - kVersionsMax);
    if (!forgotten) return std::unexpected(forgotten.error());
    return {};
}

Result<StoredParameter> write(Database& database, const ParameterWrite& wanted, TimePoint now) {
    auto current = find_current(database, wanted.name);
    if (!current) return std::unexpected(current.error());
    if (*current && !wanted.overwrite) {
        return fail(ErrorKind::conflict,
                    "The parameter already exists. To overwrite this value, set the overwrite "
                    "option in the request to true.",
                    "ParameterAlreadyExists");
    }
    if (!*current) {
        if (auto room = check_room_for_another(database); !room) {
            return std::unexpected(room.error());
        }
    }
    auto next = next_version(wanted, *current);
    if (!next) return next;
    next->last_modified = now;
    if (auto inserted = insert(database, *next); !inserted) {
        return std::unexpected(inserted.error());
    }
    return next;
}

}  // namespace

const char* ParameterTable::schema() {
    return "CREATE TABLE IF NOT EXISTS parameter_version("
           "  name TEXT NOT NULL, version INTEGER NOT NULL, value TEXT NOT NULL,"
           "  type TEXT NOT NULL, description TEXT NOT NULL, allowed_pattern TEXT NOT NULL,"
           "  tier TEXT NOT NULL, last_modified INTEGER NOT NULL,"
           "  last_modified_user TEXT NOT NULL, PRIMARY KEY (name, version)) WITHOUT ROWID;"
           "CREATE VIEW IF NOT EXISTS parameter AS SELECT * FROM parameter_version AS v"
           "  WHERE version = (SELECT max(version) FROM parameter_version WHERE name = v.name);";
}

ParameterTable::ParameterTable(const AccountParts& parts) : parts_(parts) {}

Result<StoredParameter> ParameterTable::put(const ParameterWrite& parameter) {
    if (auto named = check_parameter_name(parameter.name); !named) {
        return std::unexpected(named.error());
    }
    const AccountIdentity& account = parts_.identity;
    if (parameter_arn(account.region, account.id, parameter.name).size() > kArnBytesMax) {
        return refuse(fmt::format("Parameter name: its ARN must be at most {} characters long.",
                                  kArnBytesMax));
    }
    if (parameter.value.empty()) return refuse("Value must be at least 1 character long.");
    if (parameter.description && parameter.description->size() > kDescriptionBytesMax) {
        return refuse(
            fmt::format("Description must be at most {} bytes long.", kDescriptionBytesMax));
    }
    return parts_.writer.write<StoredParameter>(
        [&](Database& database) { return write(database, parameter, parts_.clock.now()); });
}

Result<std::optional<StoredParameter>> ParameterTable::find(std::string_view name,
                                                            std::optional<std::int64_t> version) {
    return parts_.reads.read<std::optional<StoredParameter>>([&](Database& database) {
        if (!version) return find_current(database, name);
        return read_one(database.query(
            "SELECT * FROM parameter_version WHERE name = ? AND version = ?", name, *version));
    });
}

Result<bool> ParameterTable::remove(std::string_view name) {
    return parts_.writer.write<bool>([&](Database& database) -> Result<bool> {
        auto removed = database.run("DELETE FROM parameter_version WHERE name = ?", name);
        if (!removed) return std::unexpected(removed.error());
        return *removed > 0;
    });
}

Result<ParameterPage> ParameterTable::list(const ParameterQuery& query) {
    // All that is below a path starts with it; '0' is the character after '/'. Names are ASCII.
    std::string end = "\x7f";
    if (!query.path.empty()) end = query.path.substr(0, query.path.size() - 1) + '0';
    return parts_.reads.read<ParameterPage>([&](Database& database) -> Result<ParameterPage> {
        Rows rows = database.query(
            "SELECT * FROM parameter WHERE name > ?1 AND name >= ?2 AND name < ?3 ORDER BY name",
            query.after, query.path, end);
        ParameterPage page;
        while (true) {
            auto row = rows.next();
            if (!row) return std::unexpected(row.error());
            if (!*row) return page;
            StoredParameter parameter = read_row(rows);
            if (query.matches && !query.matches(parameter)) continue;
            page.has_more = page.parameters.size() == query.size_max;
            if (page.has_more) return page;
            page.parameters.push_back(std::move(parameter));
        }
    });
}

}  // namespace dsdash::embedded

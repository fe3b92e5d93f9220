#include "embedded/bus/bus_policy.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "domain/arn.hpp"
#include "domain/contract.hpp"

namespace dsdash::embedded {

namespace {

constexpr std::string_view kPutEvents = "events:PutEvents";

std::unexpected<Error> refuse(std::string message) {
    return fail(ErrorKind::malformed_input, std::move(message));
}

bool is_id_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

Result<void> check_permission(const BusPolicy::Permission& permission) {
    constexpr std::size_t kIdMax = 64;
    const auto& id = permission.statement_id;
    if (id.empty() || id.size() > kIdMax || !std::ranges::all_of(id, is_id_character)) {
        return refuse(fmt::format("StatementId must be 1-{} characters of [a-zA-Z0-9-_]", kIdMax));
    }
    if (permission.principal != "*" && !AccountId::parse(permission.principal)) {
        return refuse("Principal must be an account id of 12 digits, or *");
    }
    if (permission.action != kPutEvents) {
        return refuse(fmt::format("Action must be {}", kPutEvents));
    }
    if (!permission.organization_id.empty() && permission.principal != "*") {
        return refuse("Condition needs the Principal *");
    }
    return {};
}

json::object to_statement(const BusPolicy::Permission& permission, const Region& region,
                          std::string_view bus_arn) {
    json::object statement;
    statement["Sid"] = permission.statement_id;
    statement["Effect"] = "Allow";
    if (permission.principal == "*") {
        statement["Principal"] = "*";
    } else {
        statement["Principal"].emplace_object()["AWS"] =
            fmt::format("arn:{}:iam::{}:root", partition_of(region), permission.principal);
    }
    statement["Action"] = permission.action;
    statement["Resource"] = bus_arn;
    if (!permission.organization_id.empty()) {
        auto& equals = statement["Condition"].emplace_object()["StringEquals"].emplace_object();
        equals["aws:PrincipalOrgID"] = permission.organization_id;
    }
    return statement;
}

bool has_id(const json::value& statement, std::string_view id) {
    const auto* sid = statement.is_object() ? statement.get_object().if_contains("Sid") : nullptr;
    return sid != nullptr && sid->is_string() && sid->get_string() == id;
}

/// The statements of a policy; a single one may stand without its array.
Result<json::array> statements_of(std::string_view text) {
    if (text.empty()) return json::array{};
    auto policy = parse_json_object(text);
    if (!policy) return std::unexpected(std::move(policy.error()));
    auto& statement = (*policy)["Statement"];
    if (statement.is_array()) return std::move(statement.get_array());
    json::array one;
    one.emplace_back(std::move(statement));
    return one;
}

Result<void> store(Database& database, std::string_view text) {
    auto stored =
        database.run("INSERT OR REPLACE INTO bus_policy VALUES (?,?)", contract::kDefaultBus, text);
    if (!stored) return std::unexpected(std::move(stored.error()));
    return {};
}

}  // namespace

BusPolicy::BusPolicy(const AccountParts& parts) : parts_(parts) {}

const char* BusPolicy::schema() {
    return R"(
CREATE TABLE IF NOT EXISTS bus_policy(
    bus TEXT PRIMARY KEY,
    policy TEXT NOT NULL           -- '': none
) WITHOUT ROWID;
)";
}

Result<void> BusPolicy::put(const Permission& permission) {
    if (auto checked = check_permission(permission); !checked) return checked;
    return edit([&](json::array& statements) -> Result<void> {
        auto statement = to_statement(permission, parts_.identity.region, bus_arn());
        const auto same = std::ranges::find_if(
            statements, [&](const auto& s) { return has_id(s, permission.statement_id); });
        if (same == statements.end()) {
            statements.emplace_back(std::move(statement));
        } else {
            *same = std::move(statement);
        }
        return {};
    });
}

Result<void> BusPolicy::replace(std::string_view policy) {
    auto checked = IamPolicy::parse_resource_policy(policy);
    if (!checked) return std::unexpected(std::move(checked.error()));
    for (const auto& statement : checked->statements()) {
        if (statement.resources.empty()) {
            return refuse(
                fmt::format("Policy: each statement must name its Resource, {}", bus_arn()));
        }
        for (const auto& resource : statement.resources) {
            if (resource == bus_arn()) continue;
            return refuse(fmt::format("Policy: the Resource {} is not the event bus {}", resource,
                                      bus_arn()));
        }
    }
    auto replacement = statements_of(policy);
    if (!replacement) return std::unexpected(std::move(replacement.error()));
    return edit([&](json::array& statements) -> Result<void> {
        statements = *replacement;
        return {};
    });
}

Result<void> BusPolicy::remove(std::string_view statement_id) {
    return edit([&](json::array& statements) -> Result<void> {
        const auto* found = std::ranges::find_if(
            statements, [&](const auto& s) { return has_id(s, statement_id); });
        if (found == statements.end()) {
            return fail(
                ErrorKind::not_found,
                fmt::format("Statement with the provided id {} does not exist.", statement_id),
                "ResourceNotFoundException");
        }
        statements.erase(found);
        return {};
    });
}

Result<void> BusPolicy::remove_all() {
    return edit([](json::array& statements) -> Result<void> {
        statements.clear();
        return {};
    });
}

Result<std::optional<std::string>> BusPolicy::text() {
    auto compiled = current();
    if (!compiled) return std::unexpected(std::move(compiled.error()));
    if ((*compiled)->text.empty()) return std::nullopt;
    return (*compiled)->text;
}

Result<void> BusPolicy::check_put_events(const AccountId& account, std::string_view principal_arn) {
    if (account == parts_.identity.id) return {};
    const auto principal = Arn::parse(principal_arn);
    if (!principal || principal->account != account.text()) {
        return fail(ErrorKind::denied,
                    fmt::format("{} is no role of account {}", principal_arn, account.text()),
                    "AccessDeniedException");
    }
    auto compiled = current();
    if (!compiled) return std::unexpected(std::move(compiled.error()));
    const AccessRequest request{.principal_account = account.text(),
                                .principal_arn = std::string(principal_arn),
                                .action = std::string(kPutEvents),
                                .resource = bus_arn(),
                                .context = {{"aws:PrincipalOrgID", std::string(kOrganizationId)}}};
    if ((*compiled)->policy && (*compiled)->policy->allows(request)) return {};
    return fail(ErrorKind::denied,
                fmt::format("{} of account {} is not authorized to perform: {} on resource: {} "
                            "because no resource-based policy allows it",
                            principal_arn, account.text(), kPutEvents, bus_arn()),
                "AccessDeniedException");
}

Result<void> BusPolicy::edit(const Edit& change) {
    const std::lock_guard lock(change_mutex_);
    auto before = current();
    if (!before) return std::unexpected(std::move(before.error()));
    auto statements = statements_of((*before)->text);
    if (!statements) return std::unexpected(std::move(statements.error()));
    if (auto changed = change(*statements); !changed) return changed;

    std::string text;
    if (!statements->empty()) {
        json::object policy;
        policy["Version"] = "2012-10-17";
        policy["Statement"] = std::move(*statements);
        text = json::serialize(policy);
    }
    if (text.size() > kPolicyCharactersMax) {
        return fail(
            ErrorKind::malformed_input,
            fmt::format("The resource policy of the event bus would have {} characters; the "
                        "limit is {}",
                        text.size(), kPolicyCharactersMax),
            "PolicyLengthExceededException");
    }
    auto compiled = compile(text);
    if (!compiled) return std::unexpected(std::move(compiled.error()));
    auto stored =
        parts_.writer.write<void>([&](Database& database) { return store(database, text); });
    if (stored) publish(std::move(*compiled));
    return stored;
}

Result<std::shared_ptr<const BusPolicy::Compiled>> BusPolicy::current() {
    {
        const std::lock_guard lock(published_mutex_);
        if (published_) return published_;
    }
    auto text = parts_.reads.read<std::string>([](Database& database) -> Result<std::string> {
        auto rows =
            database.query("SELECT policy FROM bus_policy WHERE bus = ?", contract::kDefaultBus);
        auto row = rows.next();
        if (!row) return std::unexpected(std::move(row.error()));
        return *row ? std::string(rows.text(0)) : std::string{};
    });
    if (!text) return std::unexpected(std::move(text.error()));
    auto compiled = compile(std::move(*text));
    if (!compiled) return compiled;
    const std::lock_guard lock(published_mutex_);
    if (!published_) published_ = *compiled;  // an edit may have been quicker
    return published_;
}

void BusPolicy::publish(std::shared_ptr<const Compiled> compiled) {
    const std::lock_guard lock(published_mutex_);
    published_ = std::move(compiled);
}

std::string BusPolicy::bus_arn() const {
    return event_bus_arn(parts_.identity.region, parts_.identity.id, contract::kDefaultBus);
}

Result<std::shared_ptr<const BusPolicy::Compiled>> BusPolicy::compile(std::string text) const {
    auto compiled = std::make_shared<Compiled>();
    if (!text.empty()) {
        auto policy = IamPolicy::parse_resource_policy(text);
        if (!policy) return std::unexpected(std::move(policy.error()));
        compiled->policy = std::move(*policy);
    }
    compiled->text = std::move(text);
    return compiled;
}

}  // namespace dsdash::embedded

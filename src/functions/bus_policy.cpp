#include "functions/bus_policy.hpp"

#include <algorithm>

#include "domain/arn.hpp"
#include "domain/contract.hpp"
#include "domain/iam_policy.hpp"

namespace dsdash::functions {

namespace {

constexpr std::string_view kPutEvents = "events:PutEvents";

/// The value at a path of object members; nullptr when a part is absent or something else.
const json::value* value_at(const json::object& object,
                            std::initializer_list<std::string_view> path) {
    const json::object* parent = &object;
    const json::value* value = nullptr;
    for (const auto name : path) {
        value = parent == nullptr ? nullptr : parent->if_contains(name);
        parent = value == nullptr ? nullptr : value->if_object();
    }
    return value;
}

/// The account in "111111111111" or "arn:aws:iam::111111111111:root", which is what AWS makes of
/// the former.
std::optional<AccountId> account_of_principal(const json::value& principal) {
    if (!principal.is_string()) return std::nullopt;
    const std::string_view text = principal.get_string();
    if (auto account = AccountId::parse(text)) return *account;
    const auto arn = Arn::parse(text);
    if (!arn || arn->service != "iam" || arn->resource != "root") return std::nullopt;
    auto account = AccountId::parse(arn->account);
    return account ? std::optional(*account) : std::nullopt;
}

bool has_sid(const json::value& statement, std::string_view sid) {
    const auto* object = statement.if_object();
    const auto* found = object == nullptr ? nullptr : object->if_contains("Sid");
    return found != nullptr && found->is_string() && found->get_string() == sid;
}

bool equal_but_for_principal(json::object a, json::object b) {
    a.erase("Principal");
    b.erase("Principal");
    return a == b;
}

/// "*" or {"AWS":"*"}, which is what AWS may make of the former.
bool allows_everyone(const json::object& statement) {
    const auto* principal = statement.if_contains("Principal");
    const auto* aws = value_at(statement, {"Principal", "AWS"});
    return (principal != nullptr && *principal == "*") || (aws != nullptr && *aws == "*");
}

}  // namespace

BusPolicy::BusPolicy(std::string bus_arn)
    : bus_arn_(std::move(bus_arn)), document_{{"Version", "2012-10-17"}} {}

Result<BusPolicy> BusPolicy::parse(std::string_view text, std::string bus_arn) {
    auto document = parse_json_object(text);
    if (!document) return std::unexpected(std::move(document.error()));
    BusPolicy policy(std::move(bus_arn));
    if (auto* statement = document->if_contains("Statement"); statement != nullptr) {
        if (statement->is_array()) {
            policy.statements_ = std::move(statement->get_array());
        } else {
            policy.statements_.push_back(std::move(*statement));
        }
        document->erase("Statement");
    }
    if (!std::ranges::all_of(policy.statements_,
                             [](const json::value& value) { return value.is_object(); })) {
        return fail(ErrorKind::malformed_input, "the bus policy's Statement must hold objects");
    }
    policy.document_ = std::move(*document);
    return policy;
}

std::string_view BusPolicy::statement_id(Role role) {
    return role == Role::hub ? "ds-dashboard-connection-hubs" : "ds-dashboard-connection-spokes";
}

const json::object* BusPolicy::find(Role role) const {
    const auto found = std::ranges::find_if(
        statements_, [&](const json::value& value) { return has_sid(value, statement_id(role)); });
    return found == statements_.end() ? nullptr : &found->get_object();
}

std::set<AccountId> BusPolicy::accounts(Role role) const {
    std::set<AccountId> accounts;
    const auto* statement = find(role);
    const auto* principal =
        statement == nullptr ? nullptr : value_at(*statement, {"Principal", "AWS"});
    if (principal == nullptr) return accounts;
    if (const auto* list = principal->if_array(); list != nullptr) {
        for (const auto& element : *list) {
            if (auto account = account_of_principal(element)) accounts.insert(*account);
        }
    } else if (auto account = account_of_principal(*principal)) {
        accounts.insert(*account);
    }
    return accounts;
}

std::optional<std::string> BusPolicy::organization(Role role) const {
    const auto* statement = find(role);
    const auto* id =
        statement == nullptr
            ? nullptr
            : value_at(*statement, {"Condition", "StringEquals", "aws:PrincipalOrgID"});
    if (id == nullptr || !id->is_string()) return std::nullopt;
    return std::string(id->get_string());
}

json::object BusPolicy::make_statement(Role role, json::value principal) const {
    return {{"Sid", statement_id(role)},
            {"Effect", "Allow"},
            {"Principal", std::move(principal)},
            {"Action", kPutEvents},
            {"Resource", bus_arn_}};
}

void BusPolicy::replace(Role role, std::optional<json::object> statement) {
    const auto ours = std::ranges::find_if(
        statements_, [&](const json::value& value) { return has_sid(value, statement_id(role)); });
    if (ours == statements_.end()) {
        if (statement) statements_.emplace_back(std::move(*statement));
    } else if (statement) {
        *ours = std::move(*statement);
    } else {
        statements_.erase(ours);
    }
}

bool BusPolicy::lets_in(const AccountId& account, std::string_view organization_id) const {
    if (statements_.empty()) return false;
    const auto policy = IamPolicy::parse_resource_policy(to_text());
    if (!policy) return false;
    const auto partition = Arn::parse(bus_arn_)->partition;
    return policy->allows(
        {.principal_account = account.text(),
         .principal_arn = Arn{partition, "iam", "", account.text(), "root"}.to_string(),
         .action = std::string(kPutEvents),
         .resource = bus_arn_,
         .context = {{"aws:PrincipalOrgID", std::string(organization_id)}}});
}

void BusPolicy::allow_accounts(Role role, const std::set<AccountId>& accounts) {
    if (accounts.empty()) {
        replace(role, std::nullopt);
        return;
    }
    auto wanted = make_statement(role, nullptr);
    if (const auto* present = find(role); present != nullptr && this->accounts(role) == accounts &&
                                          equal_but_for_principal(*present, wanted)) {
        return;
    }
    json::array principals;
    const auto partition = Arn::parse(bus_arn_)->partition;
    for (const auto& account : accounts) {
        principals.emplace_back(Arn{partition, "iam", "", account.text(), "root"}.to_string());
    }
    wanted["Principal"] = {{"AWS", std::move(principals)}};
    replace(role, std::move(wanted));
}

void BusPolicy::allow_organization(Role role, std::string_view organization_id) {
    auto statement = make_statement(role, "*");
    statement["Condition"] = {{"StringEquals", {{"aws:PrincipalOrgID", organization_id}}}};
    if (const auto* present = find(role); present != nullptr && allows_everyone(*present) &&
                                          equal_but_for_principal(*present, statement)) {
        return;
    }
    replace(role, std::move(statement));
}

std::string BusPolicy::to_text() const {
    auto document = document_;
    document["Statement"] = statements_;
    return json::serialize(document);
}

Result<BusPolicy> read_bus_policy(AwsApi& aws) {
    const auto bus = aws.call("events", "DescribeEventBus", {{"Name", contract::kDefaultBus}});
    if (!bus) return std::unexpected(bus.error());
    const auto text = optional_string(*bus, "Policy");
    if (!text) return std::unexpected(text.error());
    auto bus_arn = event_bus_arn(aws.region(), aws.account(), contract::kDefaultBus);
    if (!*text || (*text)->empty()) return BusPolicy(std::move(bus_arn));
    return BusPolicy::parse(**text, std::move(bus_arn));
}

}  // namespace dsdash::functions

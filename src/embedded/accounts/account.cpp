#include "embedded/accounts/account.hpp"

#include "embedded/bus/bus.hpp"
#include "embedded/bus/dead_letter_queue.hpp"
#include "embedded/deployed/function_table.hpp"
#include "embedded/deployed/stack_ledger.hpp"
#include "embedded/hub_tables/record_expiry.hpp"
#include "embedded/hub_tables/record_table.hpp"
#include "embedded/hub_tables/state_table.hpp"
#include "embedded/ledger/endpoint_ledger.hpp"
#include "embedded/ledger/job_ledger.hpp"
#include "embedded/parameters/parameter_table.hpp"
#include "embedded/storage/account_parts.hpp"

namespace dsdash::embedded {

namespace {

constexpr const char* (*kSchemas[])() = {
    &Bus::schema,         &DeadLetterQueue::schema, &EndpointLedger::schema, &FunctionTable::schema,
    &JobLedger::schema,   &ParameterTable::schema,  &RecordTable::schema,    &RecordExpiry::schema,
    &StackLedger::schema, &StateTable::schema,
};

/// Creates the tables of all parts, or those that a newer version of the program brought.
Result<void> create_tables(Database& database) {
    if (auto begun = database.run_script("BEGIN IMMEDIATE"); !begun) return begun;
    for (const auto& schema : kSchemas) {
        if (auto created = database.run_script(schema()); !created) return created;
    }
    if (auto upgraded = RecordTable::upgrade(database); !upgraded) return upgraded;
    return database.run_script("COMMIT");
}

}  // namespace

struct Account::State {
    State(AccountIdentity identity_in, Database database, const std::filesystem::path& file,
          const Clock& clock)
        : identity(std::move(identity_in)),
          writer(std::move(database)),
          reads(file),
          parts{identity, writer, reads, clock} {}

    AccountIdentity identity;
    Writer writer;
    ReadPool reads;
    AccountParts parts;

    Bus bus{parts};
    DeadLetterQueue dead_letters{parts};
    EndpointLedger endpoints{parts};
    FunctionTable functions{parts};
    JobLedger jobs{parts};
    ParameterTable parameters{parts};
    RecordTable metric_table{parts};
    StackLedger stacks{parts};
    StateTable hub_state{parts};
};

Account::Account(std::unique_ptr<State> state) : state_(std::move(state)) {}
Account::~Account() = default;

Result<std::unique_ptr<Account>> Account::open(const std::filesystem::path& file,
                                               const Clock& clock) {
    auto database = Database::open(file, Database::Access::read_write);
    if (!database) return std::unexpected(database.error());
    auto identity = load_identity(*database);
    if (!identity) return std::unexpected(identity.error());
    if (auto created = create_tables(*database); !created) {
        return std::unexpected(created.error());
    }
    return std::unique_ptr<Account>(new Account(
        std::make_unique<State>(*std::move(identity), *std::move(database), file, clock)));
}

const AccountIdentity& Account::identity() const {
    return state_->identity;
}
Bus& Account::bus() {
    return state_->bus;
}
DeadLetterQueue& Account::dead_letters() {
    return state_->dead_letters;
}
EndpointLedger& Account::endpoints() {
    return state_->endpoints;
}
FunctionTable& Account::functions() {
    return state_->functions;
}
JobLedger& Account::jobs() {
    return state_->jobs;
}
ParameterTable& Account::parameters() {
    return state_->parameters;
}
RecordTable& Account::metric_table() {
    return state_->metric_table;
}
StackLedger& Account::stacks() {
    return state_->stacks;
}
StateTable& Account::hub_state() {
    return state_->hub_state;
}

}  // namespace dsdash::embedded

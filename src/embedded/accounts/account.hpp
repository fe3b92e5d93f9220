#pragma once

#include <filesystem>
#include <memory>

#include "embedded/storage/account_identity.hpp"
#include "services/clock.hpp"

namespace dsdash::embedded {

class Bus;
class DeadLetterQueue;
class EndpointLedger;
class FunctionTable;
class JobLedger;
class ParameterTable;
class RecordTable;
class StackLedger;
class StateTable;

/// What every part of an account is made with. Lifetime: that of the Account.
struct AccountParts;

/// One account: one SQLite file, and everything the account offers on top of it. All of it may be
/// used by several threads.
class Account {
  public:
    /// Opens an account that Home has created.
    static Result<std::unique_ptr<Account>> open(const std::filesystem::path& file,
                                                 const Clock& clock);
    ~Account();

    [[nodiscard]] const AccountIdentity& identity() const;
    [[nodiscard]] const AccountId& id() const { return identity().id; }
    [[nodiscard]] const Region& region() const { return identity().region; }

    ParameterTable& parameters();
    Bus& bus();
    FunctionTable& functions();
    DeadLetterQueue& dead_letters();
    RecordTable& metric_table();
    StateTable& hub_state();
    JobLedger& jobs();
    EndpointLedger& endpoints();
    StackLedger& stacks();

  private:
    struct State;
    explicit Account(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace dsdash::embedded

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/account_id.hpp"

namespace dsdash::doctor {

/// What was found out about one thing.
struct Finding {
    enum class State {
        well,
        wrong,    ///< somebody has to mend it
        unknown,  ///< this account cannot see it, or there is nothing to see yet
    };
    AccountId account;  ///< whom it is about
    std::string role;   ///< what that account is to the examined one: hub, spoke or self
    std::string check;  ///< parameter, permission, rule, …: docs/doctor.md lists them
    State state = State::well;
    std::string message;  ///< what is right or wrong, for a person
    std::string command;  ///< mends it; for a shell, as it stands. Empty: none is known
};

using Findings = std::vector<Finding>;

[[nodiscard]] constexpr std::string_view state_name(Finding::State state) {
    switch (state) {
        case Finding::State::well:
            return "ok";
        case Finding::State::wrong:
            return "wrong";
        case Finding::State::unknown:
            break;
    }
    return "unknown";
}

/// Notes findings about one account.
class Notes {
  public:
    Notes(Findings& findings, AccountId account, std::string_view role)
        : findings_(findings), account_(std::move(account)), role_(role) {}

    void well(std::string_view check, std::string message) {
        add(check, Finding::State::well, std::move(message), {});
    }
    void wrong(std::string_view check, std::string message, std::string command) {
        add(check, Finding::State::wrong, std::move(message), std::move(command));
    }
    void unknown(std::string_view check, std::string message) {
        add(check, Finding::State::unknown, std::move(message), {});
    }
    [[nodiscard]] const AccountId& account() const { return account_; }

  private:
    void add(std::string_view check, Finding::State state, std::string message,
             std::string command) {
        findings_.push_back(
            {account_, role_, std::string(check), state, std::move(message), std::move(command)});
    }

    Findings& findings_;
    AccountId account_;
    std::string role_;
};

}  // namespace dsdash::doctor

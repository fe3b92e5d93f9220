#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "embedded/storage/account_parts.hpp"

namespace dsdash::embedded {

/// What was deployed into an account, and with what context.
struct DeployedStack {
    std::string kind;  ///< "hub" or "spoke"; an account has at most one of each
    std::string stack_name;
    std::map<std::string, std::string> context;
    std::vector<std::string> functions;
    std::vector<std::string> rules;
    std::vector<std::string> tables;
    TimePoint deployed_at;
};

/// The account's deployed stacks.
class StackLedger {
  public:
    explicit StackLedger(const AccountParts& parts);
    static const char* schema();

    /// Creates or replaces by kind.
    Result<void> put(const DeployedStack& stack);
    Result<void> remove(std::string_view kind);  ///< not_found when it is not deployed
    Result<std::optional<DeployedStack>> find(std::string_view kind);
    Result<std::vector<DeployedStack>> list();  ///< by kind

  private:
    AccountParts parts_;
};

}  // namespace dsdash::embedded

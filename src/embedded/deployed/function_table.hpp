#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "embedded/storage/account_parts.hpp"

namespace dsdash::embedded {

/// A function that a stack deployed.
struct FunctionRecord {
    std::string name;     ///< "ds-dashboard-connection"
    std::string handler;  ///< which of the program's functions it is: connection, extraction,
                          ///< archive, refresh
    std::string description;
    std::string role_arn;
    std::string role_policy;  ///< IAM policy document: all that the function may do
    std::map<std::string, std::string> environment;
    int timeout_s = 3;    ///< 1-900, as Lambda
    int memory_mb = 128;  ///< 128-10,240, as Lambda; told, not enforced
    std::string stack_name;
    TimePoint last_modified;
};

/// The account's functions, as the stacks put them there.
class FunctionTable {
  public:
    explicit FunctionTable(const AccountParts& parts);
    static const char* schema();

    /// Creates or replaces by name.
    Result<void> put(const FunctionRecord& function);
    Result<void> remove(std::string_view name);  ///< not_found when it is not there
    Result<std::optional<FunctionRecord>> find(std::string_view name);
    Result<std::vector<FunctionRecord>> list();  ///< by name

  private:
    AccountParts parts_;
};

}  // namespace dsdash::embedded

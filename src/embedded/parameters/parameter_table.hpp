#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "embedded/storage/account_parts.hpp"

namespace dsdash::embedded {

/// One version of a parameter.
struct StoredParameter {
    std::string name;
    std::int64_t version = 0;  ///< from 1; counts the overwrites
    std::string value;
    std::string type;  ///< String or StringList
    std::string description;
    std::string allowed_pattern;
    std::string tier;  ///< Standard or Advanced
    TimePoint last_modified;
    std::string last_modified_user;  ///< ARN
};

/// What a caller wants to store. What is not given stays as it is when a parameter is overwritten.
struct ParameterWrite {
    std::string name;
    std::string value;
    std::optional<std::string> type;
    std::optional<std::string> description;
    std::optional<std::string> allowed_pattern;
    std::optional<std::string> tier;  ///< Standard, Advanced or Intelligent-Tiering
    bool overwrite = false;
    std::string user;  ///< ARN of who writes
};

struct ParameterQuery {
    std::string path;   ///< "/monitors/"; empty: all parameters
    std::string after;  ///< the name that the last page ended with; empty: the first page
    std::size_t size_max = 10;
    std::function<bool(const StoredParameter&)> matches;  ///< empty: all do
};

struct ParameterPage {
    std::vector<StoredParameter> parameters;  ///< by name
    bool has_more = false;
};

/// The account's Systems Manager Parameter Store. Of each parameter the last 100 versions are kept.
class ParameterTable {
  public:
    explicit ParameterTable(const AccountParts& parts);
    static const char* schema();

    /// Creates or overwrites. What it refuses it refuses with Parameter Store's own code:
    /// ParameterAlreadyExists, UnsupportedParameterType, HierarchyTypeMismatchException,
    /// ParameterLimitExceeded, and those of parameter_rules.hpp.
    Result<StoredParameter> put(const ParameterWrite& parameter);
    /// Its current version, or an older one; nothing when that is not there.
    Result<std::optional<StoredParameter>> find(std::string_view name,
                                                std::optional<std::int64_t> version = {});
    /// false when there is none of that name.
    Result<bool> remove(std::string_view name);
    Result<ParameterPage> list(const ParameterQuery& query);

  private:
    AccountParts parts_;
};

}  // namespace dsdash::embedded

#pragma once

#include <string_view>

#include "domain/json.hpp"
#include "embedded/ledger/ledger_query.hpp"

namespace dsdash::endpoint {

/// How one of SageMaker's list operations differs from the others.
struct ListOperation {
    std::string_view name;
    std::string_view statuses;  ///< that StatusEquals may be, divided by spaces
    bool descending = false;    ///< when SortOrder is absent
};

/// Reads what all of them take: NameContains, StatusEquals, the four times, SortBy, SortOrder,
/// MaxResults (1-100, 10 when absent) and NextToken.
Result<embedded::LedgerQuery> read_list_query(const json::object& input,
                                              const ListOperation& operation);

/// The NextToken of the page after the one that ended at `position`.
[[nodiscard]] std::string list_token(const ListOperation& operation,
                                     const embedded::LedgerQuery& query, std::string_view position);

}  // namespace dsdash::endpoint

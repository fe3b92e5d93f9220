#pragma once

#include <cstddef>
#include <string>

#include "domain/json.hpp"

namespace dsdash::endpoint {

/// Which page of a list is wanted. Lists are ordered by name, and NextToken (made by
/// make_page_token) holds the last name of the page before.
struct PageLimit {
    std::string after;  ///< empty: the first page
    std::size_t items_max = 0;
};

/// Reads Limit (1-100; 100 when absent) and NextToken. malformed_input for a token that was not
/// made for `scope`.
Result<PageLimit> read_page_limit(const json::object& input, std::string_view scope);

}  // namespace dsdash::endpoint

#pragma once

#include <string>
#include <string_view>

#include "domain/result.hpp"

/// NextToken: opaque to clients, who must hand back what they were given.
namespace dsdash::endpoint {

/// A token for the page that starts behind `position`. `scope` is what the position means something
/// in: the operation, and those of its parameters that order the list.
[[nodiscard]] std::string make_page_token(std::string_view scope, std::string_view position);

/// The position in `token`; malformed_input when it was not made for `scope`.
Result<std::string> read_page_token(std::string_view scope, std::string_view token);

}  // namespace dsdash::endpoint

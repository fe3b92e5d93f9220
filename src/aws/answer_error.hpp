#pragma once

#include <string>
#include <string_view>

#include "domain/result.hpp"
#include "http/message.hpp"

namespace dsdash::aws {

/// The error that an answer of a status other than 2xx reports, in whichever shape: JSON ("__type",
/// with or without a prefix before '#', or "code"; "message" or "Message"), XML (<Code>,
/// <Message>), the header x-amzn-ErrorType, or none of them (a proxy's HTML page).
[[nodiscard]] Error read_error(const http::Response& response);

/// The content of the first <name> element, with entities resolved; empty when there is none. For
/// the flat XML of the query services.
[[nodiscard]] std::string xml_element(std::string_view xml, std::string_view name);

}  // namespace dsdash::aws

#include "dashboard/conditional.hpp"

#include <fmt/format.h>

#include <functional>

namespace dsdash::dashboard {

namespace {

// The tags a client sends back are ours; a quoted 64-bit number is never part of another one.
bool names_tag(std::string_view if_none_match, std::string_view tag) {
    return if_none_match == "*" || if_none_match.find(tag) != std::string_view::npos;
}

}  // namespace

http::Response answer_conditionally(const http::Request& request, http::Response response) {
    if (response.status != 200 || response.stream) return response;
    const std::string tag = fmt::format("\"{:016x}\"", std::hash<std::string>{}(response.body));
    // Weak (RFC 9110, 8.8.1): the body may be compressed on its way, and the tag stays the same.
    response.headers.add("ETag", "W/" + tag);
    const auto if_none_match = request.headers.find("If-None-Match");
    if (if_none_match && names_tag(*if_none_match, tag)) {
        response.status = 304;
        response.body.clear();
    }
    return response;
}

}  // namespace dsdash::dashboard

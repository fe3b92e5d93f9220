#include "aws/answer_error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "domain/json.hpp"

namespace dsdash::aws {

namespace {

struct CodeKind {
    std::string_view part;  ///< of the error code
    ErrorKind kind;
};

/// The first that fits counts. The throttling codes are those that AWS's SDKs retry.
constexpr std::array kCodeKinds = {
    CodeKind{"Throttl", ErrorKind::throttled},
    CodeKind{"TooManyRequests", ErrorKind::throttled},
    CodeKind{"ProvisionedThroughputExceeded", ErrorKind::throttled},
    CodeKind{"RequestLimitExceeded", ErrorKind::throttled},
    CodeKind{"BandwidthLimitExceeded", ErrorKind::throttled},
    CodeKind{"SlowDown", ErrorKind::throttled},
    CodeKind{"PriorRequestNotComplete", ErrorKind::throttled},
    CodeKind{"TransactionInProgress", ErrorKind::throttled},
    CodeKind{"RequestTimeout", ErrorKind::timed_out},
    CodeKind{"AccessDenied", ErrorKind::denied},
    CodeKind{"Unauthorized", ErrorKind::denied},
    CodeKind{"UnrecognizedClient", ErrorKind::denied},
    CodeKind{"InvalidClientTokenId", ErrorKind::denied},
    CodeKind{"Signature", ErrorKind::denied},
    CodeKind{"MissingAuthenticationToken", ErrorKind::denied},
    CodeKind{"ExpiredToken", ErrorKind::denied},
    CodeKind{"NotFound", ErrorKind::not_found},
    CodeKind{"DoesNotExist", ErrorKind::not_found},
    CodeKind{"NonExistent", ErrorKind::not_found},
    CodeKind{"AlreadyExists", ErrorKind::conflict},
    CodeKind{"Conflict", ErrorKind::conflict},
    CodeKind{"ConditionalCheckFailed", ErrorKind::conflict},
    CodeKind{"ConcurrentModification", ErrorKind::conflict},
    CodeKind{"ResourceInUse", ErrorKind::conflict},
};

ErrorKind kind_of_status(int status) {
    switch (status) {
        case 401:
        case 403:
            return ErrorKind::denied;
        case 404:
            return ErrorKind::not_found;
        case 408:
            return ErrorKind::timed_out;
        case 409:
            return ErrorKind::conflict;
        case 429:
            return ErrorKind::throttled;
        case 503:
            return ErrorKind::unreachable;
        default:
            return status >= 500 ? ErrorKind::internal : ErrorKind::malformed_input;
    }
}

ErrorKind kind_of(std::string_view code, int status) {
    const auto found = std::ranges::find_if(
        kCodeKinds, [&](const CodeKind& entry) { return code.contains(entry.part); });
    return found == kCodeKinds.end() ? kind_of_status(status) : found->kind;
}

/// "com.amazonaws.dynamodb.v20120810#Name" and "Name:http://internal…" are both Name.
std::string bare_code(std::string_view code) {
    code = code.substr(0, code.find(':'));
    const auto hash = code.rfind('#');
    return std::string(hash == std::string_view::npos ? code : code.substr(hash + 1));
}

std::string member(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains({name.data(), name.size()});
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

std::string first_filled(std::initializer_list<std::string> texts) {
    const auto found = std::ranges::find_if_not(texts, &std::string::empty);
    return found == texts.end() ? std::string{} : *found;
}

}  // namespace

Error read_error(const http::Response& response) {
    const auto object = parse_json_object(response.body).value_or(json::object{});
    const auto header = response.headers.find("x-amzn-ErrorType").value_or("");
    Error error;
    error.code = bare_code(
        first_filled({member(object, "__type"), std::string(header), member(object, "code"),
                      member(object, "Code"), xml_element(response.body, "Code")}));
    error.message = first_filled({member(object, "message"), member(object, "Message"),
                                  xml_element(response.body, "Message"),
                                  fmt::format("the service answered HTTP {}", response.status)});
    error.kind = kind_of(error.code, response.status);
    return error;
}

std::string xml_element(std::string_view xml, std::string_view name) {
    const auto open = fmt::format("<{}>", name);
    const auto begin = xml.find(open);
    const auto end = xml.find(fmt::format("</{}>", name), begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) {
        return {};
    }
    auto content = xml.substr(begin + open.size(), end - begin - open.size());
    static constexpr std::array<std::pair<std::string_view, char>, 5> kEntities = {
        {{"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}, {"&amp;", '&'}}};
    std::string text;
    while (!content.empty()) {
        const auto entity = std::ranges::find_if(
            kEntities, [&](const auto& candidate) { return content.starts_with(candidate.first); });
        const bool plain = entity == kEntities.end();
        text.push_back(plain ? content.front() : entity->second);
        content.remove_prefix(plain ? 1 : entity->first.size());
    }
    return text;
}

}  // namespace dsdash::aws

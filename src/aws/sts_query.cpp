#include "aws/sts_query.hpp"

#include <fmt/format.h>

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include "aws/answer_error.hpp"

namespace dsdash::aws {

http::Request make_sts_request(std::string_view operation,
                               const std::vector<std::pair<std::string, std::string>>& parameters) {
    http::Request request;
    request.method = "POST";
    request.headers.add("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    request.body = fmt::format("Action={}&Version=2011-06-15", operation);
    for (const auto& [name, value] : parameters) {
        request.body +=
            fmt::format("&{}={}", name, boost::urls::encode(value, boost::urls::unreserved_chars));
    }
    return request;
}

Result<json::object> read_caller_identity(const http::Response& response) {
    json::object output;
    for (const auto* name : {"UserId", "Account", "Arn"}) {
        output[name] = xml_element(response.body, name);
    }
    if (output["Account"].as_string().empty()) {
        return fail(ErrorKind::internal, "it names no account");
    }
    return output;
}

}  // namespace dsdash::aws

#include "endpoint/query_protocol.hpp"

#include <fmt/format.h>

#include <boost/url/parse_query.hpp>

namespace dsdash::endpoint::query_protocol {

namespace {

constexpr std::string_view kXmlNamespace = "https://sts.amazonaws.com/doc/2011-06-15/";
constexpr std::string_view kVersion = "2011-06-15";

std::string escape_xml(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        switch (c) {
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '&':
                escaped += "&amp;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            default:
                escaped += c;
        }
    }
    return escaped;
}

http::Response render(int status, std::string body) {
    http::Response response;
    response.status = status;
    response.headers.add("Content-Type", "text/xml");
    response.body = std::move(body);
    return response;
}

}  // namespace

std::optional<AwsCall> read_call(const http::Request& request) {
    const auto type = request.headers.find("Content-Type").value_or("");
    if (request.method != "POST" || request.path() != "/" ||
        !type.starts_with("application/x-www-form-urlencoded")) {
        return std::nullopt;
    }
    AwsCall call{Protocol::query, nullptr, {}};
    const auto form = read_input(request);
    if (form && form->contains("Version") && form->at("Version") == json::value(kVersion)) {
        call.service = &sts_service();
    }
    if (form && form->contains("Action")) {
        call.operation = json::value_to<std::string>(form->at("Action"));
    }
    return call;
}

Result<json::object> read_input(const http::Request& request) {
    if (request.body.empty()) return json::object{};
    const auto parameters = boost::urls::parse_query(request.body);
    if (!parameters) {
        return fail(ErrorKind::malformed_input, "the body is not a form", "SerializationException");
    }
    boost::urls::encoding_opts form;
    form.space_as_plus = true;
    json::object input;
    for (const auto& parameter : *parameters) {
        input[parameter.key.decode(form)] = parameter.value.decode(form);
    }
    return input;
}

http::Response render_output(const AwsCall& call, const json::object& output,
                             std::string_view request_id) {
    std::string fields;
    for (const auto& [name, value] : output) {
        fields += fmt::format("<{0}>{1}</{0}>", std::string_view(name),
                              escape_xml(json::value_to<std::string>(value)));
    }
    return render(200, fmt::format("<{0}Response xmlns=\"{1}\"><{0}Result>{2}</{0}Result>"
                                   "<ResponseMetadata><RequestId>{3}</RequestId></ResponseMetadata>"
                                   "</{0}Response>\n",
                                   call.operation, kXmlNamespace, fields, request_id));
}

http::Response render_error(const WireError& error, std::string_view request_id) {
    constexpr int kServerFault = 500;
    return render(error.status,
                  fmt::format("<ErrorResponse xmlns=\"{}\"><Error><Type>{}</Type><Code>{}</Code>"
                              "<Message>{}</Message></Error><RequestId>{}</RequestId>"
                              "</ErrorResponse>\n",
                              kXmlNamespace, error.status < kServerFault ? "Sender" : "Receiver",
                              escape_xml(error.code), escape_xml(error.message), request_id));
}

}  // namespace dsdash::endpoint::query_protocol

#include "aws/credentials/credentials_document.hpp"

#include <fmt/format.h>

#include "aws/answer_error.hpp"
#include "domain/json.hpp"

namespace dsdash::aws {

namespace {

std::unexpected<Error> incomplete(std::string_view member) {
    return fail(ErrorKind::internal,
                fmt::format("the answer with the credentials has no usable {}", member));
}

/// "" when it is absent or no string.
std::string text_of(const json::object& object, std::string_view member) {
    const auto text = optional_string(object, member);
    return text && *text ? **text : std::string();
}

Result<Credentials> make_credentials(std::string key, std::string secret, std::string token,
                                     const std::string& expiration) {
    if (key.empty()) {
        return incomplete("AccessKeyId");
    }
    if (secret.empty()) {
        return incomplete("SecretAccessKey");
    }
    Credentials credentials{std::move(key), SecretKey(std::move(secret)), std::move(token)};
    if (!expiration.empty()) {
        const auto time = parse_iso8601(expiration);
        if (!time) {
            return incomplete("Expiration");
        }
        credentials.expiration = *time;
    }
    return credentials;
}

}  // namespace

Result<Credentials> parse_credentials_document(std::string_view text) {
    const auto object = parse_json_object(text);
    if (!object) {
        return fail(ErrorKind::internal, "the answer with the credentials is no JSON object");
    }
    auto token = text_of(*object, "SessionToken");
    if (token.empty()) {
        token = text_of(*object, "Token");
    }
    return make_credentials(text_of(*object, "AccessKeyId"), text_of(*object, "SecretAccessKey"),
                            std::move(token), text_of(*object, "Expiration"));
}

Result<Credentials> parse_sts_credentials(std::string_view xml) {
    auto token = xml_element(xml, "SessionToken");
    if (token.empty()) {
        return incomplete("SessionToken");
    }
    return make_credentials(xml_element(xml, "AccessKeyId"), xml_element(xml, "SecretAccessKey"),
                            std::move(token), xml_element(xml, "Expiration"));
}

}  // namespace dsdash::aws

#include "aws/authorization.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dsdash::aws {

namespace {

std::string_view trim(std::string_view text) {
    constexpr std::string_view kBlank = " \t";
    const auto begin = text.find_first_not_of(kBlank);
    if (begin == std::string_view::npos) {
        return {};
    }
    return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const auto end = std::min(text.find(separator, begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

std::unexpected<Error> incomplete(std::string message) {
    return fail(ErrorKind::denied, std::move(message), "IncompleteSignatureException");
}

std::unexpected<Error> invalid(std::string message) {
    return fail(ErrorKind::denied, std::move(message), "InvalidSignatureException");
}

struct Parameters {
    std::string_view credential;
    std::string_view signed_headers;
    std::string_view signature;
};

Result<Parameters> split_parameters(std::string_view text) {
    Parameters parameters;
    const std::array<std::pair<std::string_view, std::string_view*>, 3> known = {
        std::pair{std::string_view("Credential"), &parameters.credential},
        std::pair{std::string_view("SignedHeaders"), &parameters.signed_headers},
        std::pair{std::string_view("Signature"), &parameters.signature}};
    for (const auto part : split(text, ',')) {
        const auto equals = part.find('=');
        const auto name = trim(part.substr(0, equals));
        const auto found =
            std::ranges::find(known, name, [](const auto& parameter) { return parameter.first; });
        if (equals == std::string_view::npos || found == known.end()) {
            return incomplete(
                "Authorization header holds something that is not Credential, "
                "SignedHeaders or Signature.");
        }
        if (!found->second->empty()) {
            return incomplete(fmt::format("Authorization header holds '{}' twice.", name));
        }
        *found->second = trim(part.substr(equals + 1));
    }
    std::string missing;
    for (const auto& [name, value] : known) {
        if (value->empty()) {
            missing += fmt::format("Authorization header requires '{}' parameter. ", name);
        }
    }
    if (!missing.empty()) {
        missing.pop_back();
        return incomplete(std::move(missing));
    }
    return parameters;
}

/// Credential=<access key id>/<date>/<region>/<service>/aws4_request
Result<void> read_credential(std::string_view text, Authorization& authorization) {
    constexpr std::size_t kParts = 5;
    const auto parts = split(text, '/');
    if (parts.size() != kParts || std::ranges::any_of(parts, &std::string_view::empty)) {
        return incomplete(
            "Credential must have exactly 5 slash-delimited elements, e.g. "
            "keyid/date/region/service/term.");
    }
    if (parts[4] != kScopeTerminator) {
        return invalid(fmt::format("Credential should be scoped with a valid terminator: '{}'.",
                                   kScopeTerminator));
    }
    authorization.access_key_id = parts[0];
    authorization.scope = {std::string(parts[1]), std::string(parts[2]), std::string(parts[3])};
    return {};
}

Result<void> read_signed_headers(std::string_view text, Authorization& authorization) {
    for (const auto name : split(text, ';')) {
        authorization.signed_headers.emplace_back(name);
    }
    const auto& names = authorization.signed_headers;
    const bool lower = std::ranges::none_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
    const bool sorted = std::ranges::adjacent_find(names, std::greater_equal{}) == names.end();
    if (!lower || !sorted || names.front().empty()) {
        return incomplete("SignedHeaders must be names in lower case, sorted, each once.");
    }
    return {};
}

bool is_signature(std::string_view text) {
    constexpr std::size_t kDigits = 64;
    return text.size() == kDigits && std::ranges::all_of(text, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

}  // namespace

std::string format_authorization(const Authorization& authorization) {
    return fmt::format("{} Credential={}/{}, SignedHeaders={}, Signature={}", kAlgorithm,
                       authorization.access_key_id, authorization.scope.text(),
                       fmt::join(authorization.signed_headers, ";"), authorization.signature);
}

Result<Authorization> parse_authorization(std::string_view field) {
    field = trim(field);
    if (!field.starts_with(kAlgorithm) ||
        (field.size() > kAlgorithm.size() && field[kAlgorithm.size()] != ' ')) {
        return incomplete(
            fmt::format("Unsupported AWS 'algorithm': only {} is accepted.", kAlgorithm));
    }
    const auto parameters = split_parameters(field.substr(kAlgorithm.size()));
    if (!parameters) {
        return std::unexpected(parameters.error());
    }
    Authorization authorization;
    if (auto read = read_credential(parameters->credential, authorization); !read) {
        return std::unexpected(std::move(read.error()));
    }
    if (auto read = read_signed_headers(parameters->signed_headers, authorization); !read) {
        return std::unexpected(std::move(read.error()));
    }
    if (!is_signature(parameters->signature)) {
        return incomplete("Signature must be 64 hexadecimal digits in lower case.");
    }
    authorization.signature = parameters->signature;
    return authorization;
}

}  // namespace dsdash::aws

#include "dashboard/api/query_parameters.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/url/params_view.hpp>
#include <boost/url/parse_query.hpp>
#include <charconv>

#include "domain/json_text.hpp"

namespace dsdash::dashboard {

namespace {

bool is_utf8(std::string_view text) {
    std::string quoted;
    append_json_string(quoted, text);
    return check_json(quoted).has_value();
}

/// "parameter points: <what>"
std::unexpected<Error> bad_parameter(std::string_view name, std::string_view what) {
    return fail(ErrorKind::malformed_input, fmt::format("parameter {}: {}", name, what));
}

std::unexpected<Error> unknown_parameter(std::string_view name,
                                         std::span<const std::string_view> known) {
    if (known.empty()) return bad_parameter(name, "unknown; none is taken here");
    return bad_parameter(name, fmt::format("unknown; known are {}", fmt::join(known, ", ")));
}

}  // namespace

Result<QueryParameters> QueryParameters::parse(std::string_view query,
                                               std::span<const std::string_view> known) {
    QueryParameters parameters;
    if (query.empty()) return parameters;
    const auto encoded = boost::urls::parse_query(query);
    if (!encoded) return fail(ErrorKind::malformed_input, "the query is not percent-encoded");
    const boost::urls::encoding_opts form_encoding(/*space_as_plus=*/true);
    for (const auto& parameter : boost::urls::params_view(*encoded, form_encoding)) {
        if (!is_utf8(parameter.key) || !is_utf8(parameter.value)) {
            return fail(ErrorKind::malformed_input, "the query is not UTF-8");
        }
        if (std::ranges::find(known, parameter.key) == known.end()) {
            return unknown_parameter(parameter.key, known);
        }
        if (!parameters.values_.emplace(parameter.key, parameter.value).second) {
            return bad_parameter(parameter.key, "given twice");
        }
    }
    return parameters;
}

std::optional<std::string> QueryParameters::text(std::string_view name) const {
    const auto found = values_.find(name);
    if (found == values_.end() || found->second.empty()) return std::nullopt;
    return found->second;
}

Result<std::string> QueryParameters::required_text(std::string_view name) const {
    const auto value = text(name);
    if (!value) return bad_parameter(name, "missing");
    return *value;
}

Result<AccountId> QueryParameters::required_account(std::string_view name) const {
    const auto value = required_text(name);
    if (!value) return std::unexpected(value.error());
    const auto account = AccountId::parse(*value);
    if (!account) return bad_parameter(name, "must be the 12 digits of an account id");
    return *account;
}

Result<std::optional<TimePoint>> QueryParameters::time(std::string_view name) const {
    const auto value = text(name);
    if (!value) return std::nullopt;
    const auto moment = parse_iso8601(*value);
    if (!moment) return bad_parameter(name, "must be a time such as 2026-11-23T12:00:00Z");
    return *moment;
}

Result<std::optional<std::size_t>> QueryParameters::count(std::string_view name, std::size_t min,
                                                          std::size_t max) const {
    const auto value = text(name);
    if (!value) return std::nullopt;
    std::size_t number = 0;
    const char* const end = value->data() + value->size();
    const auto [stopped, error] = std::from_chars(value->data(), end, number);
    if (error != std::errc{} || stopped != end || number < min || number > max) {
        return bad_parameter(name, fmt::format("must be a whole number from {} to {}", min, max));
    }
    return number;
}

}  // namespace dsdash::dashboard

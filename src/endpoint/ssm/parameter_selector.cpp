#include "endpoint/ssm/parameter_selector.hpp"

#include <fmt/format.h>

#include <charconv>

#include "domain/arn.hpp"

namespace dsdash::endpoint {

namespace {

std::unexpected<Error> no_such_parameter(std::string_view text) {
    return fail(ErrorKind::not_found, fmt::format("Parameter {} not found.", text),
                "ParameterNotFound");
}

std::optional<std::int64_t> version_of(std::string_view selector) {
    std::int64_t version = 0;
    const char* end = selector.data() + selector.size();
    const auto [stopped, error] = std::from_chars(selector.data() + 1, end, version);
    if (error != std::errc() || stopped != end) return {};
    return version;
}

using Found = Result<std::optional<embedded::StoredParameter>>;

Found find_current(CallContext& context, std::string_view name) {
    if (!name.starts_with("arn:")) return context.account.parameters().find(name);
    auto arn = Arn::parse(name);
    constexpr std::string_view kResource = "parameter/";
    if (!arn || arn->service != "ssm" || arn->region != context.account.region().text() ||
        arn->account != context.account.id().text() || !arn->resource.starts_with(kResource)) {
        return std::nullopt;
    }
    // The ARNs of "a" and "/a" are the same.
    const std::string rest = arn->resource.substr(kResource.size());
    if (rest.find('/') == std::string::npos) {
        auto plain = context.account.parameters().find(rest);
        if (!plain || *plain) return plain;
    }
    return context.account.parameters().find("/" + rest);
}

}  // namespace

SelectedName split_selector(std::string_view text) {
    // The colons of an ARN come before its resource.
    std::size_t from = 0;
    for (int colon = 0; text.starts_with("arn:") && colon < 5; ++colon) {
        from = text.find(':', from);
        if (from == std::string_view::npos) return {text, {}};
        ++from;
    }
    const std::size_t colon = text.find(':', from);
    if (colon == std::string_view::npos) return {text, {}};
    return {text.substr(0, colon), text.substr(colon)};
}

Result<SelectedParameter> find_selected(CallContext& context, std::string_view text) {
    const SelectedName selected = split_selector(text);
    auto current = find_current(context, selected.name);
    if (!current) return std::unexpected(current.error());
    if (!*current) return no_such_parameter(text);
    if (selected.selector.empty()) return SelectedParameter{**std::move(current), {}};
    // A selector that is no number names a label, and no version has one here.
    if (const auto version = version_of(selected.selector)) {
        auto older = context.account.parameters().find((*current)->name, version);
        if (!older) return std::unexpected(older.error());
        if (*older) return SelectedParameter{**std::move(older), std::string(selected.selector)};
    }
    return fail(ErrorKind::not_found,
                fmt::format("Systems Manager could not find version {} of {}. Verify the version "
                            "and try again.",
                            selected.selector.substr(1), selected.name),
                "ParameterVersionNotFound");
}

}  // namespace dsdash::endpoint

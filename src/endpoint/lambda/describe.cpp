#include <fmt/format.h>

#include "domain/arn.hpp"
#include "endpoint/lambda/operations.hpp"

namespace dsdash::endpoint {

namespace {

/// "2026-11-23T12:00:00.000+0000", Lambda's own form of a time.
std::string format_last_modified(TimePoint time) {
    std::string text = format_iso8601(time);
    text.pop_back();  // the Z
    return text + ".000+0000";
}

/// Functions are part of this program: there is no code to tell a size or a place of.
json::object render_function(const CallContext& context, const embedded::FunctionRecord& function) {
    json::object rendered{{"FunctionName", function.name},
                          {"FunctionArn", function_arn(context.account.region(),
                                                       context.account.id(), function.name)},
                          {"Runtime", "provided.al2023"},
                          {"Role", function.role_arn},
                          {"Handler", function.handler},
                          {"Description", function.description},
                          {"Timeout", function.timeout_s},
                          {"MemorySize", function.memory_mb},
                          {"LastModified", format_last_modified(function.last_modified)},
                          {"Version", "$LATEST"},
                          {"PackageType", "Zip"},
                          {"State", "Active"},
                          {"LastUpdateStatus", "Successful"}};
    auto& variables = rendered["Environment"].emplace_object()["Variables"].emplace_object();
    for (const auto& [name, value] : function.environment) variables[name] = value;
    return rendered;
}

/// MaxItems: 1-10,000, of which a page holds 50 (API reference, ListFunctions).
Result<std::size_t> read_items_max(const json::object& input) {
    constexpr std::int64_t kMaxItems = 10'000;
    constexpr std::int64_t kPageMax = 50;
    auto items = optional_integer(input, "MaxItems");
    if (!items) return std::unexpected(std::move(items.error()));
    const auto items_max = items->value_or(kPageMax);
    if (items_max < 1 || items_max > kMaxItems) {
        return fail(
            ErrorKind::malformed_input,
            fmt::format("MaxItems must lie between 1 and {}, not {}", kMaxItems, items_max));
    }
    return static_cast<std::size_t>(std::min(items_max, kPageMax));
}

}  // namespace

Result<json::object> list_functions(CallContext& context, const json::object& input) {
    auto items_max = read_items_max(input);
    if (!items_max) return std::unexpected(std::move(items_max.error()));
    auto marker = optional_string(input, "Marker");
    if (!marker) return std::unexpected(std::move(marker.error()));
    auto functions = context.account.functions().list();
    if (!functions) return std::unexpected(std::move(functions.error()));
    std::erase_if(*functions,
                  [&](const auto& function) { return function.name <= marker->value_or(""); });

    json::object output;
    if (functions->size() > *items_max) {
        functions->resize(*items_max);
        output["NextMarker"] = functions->back().name;
    }
    auto& rendered = output["Functions"].emplace_array();
    for (const auto& function : *functions) {
        rendered.emplace_back(render_function(context, function));
    }
    return output;
}

Result<json::object> get_function(CallContext& context, const json::object& input) {
    auto function = find_function(context, input);
    if (!function) return std::unexpected(std::move(function.error()));
    return json::object{{"Configuration", render_function(context, *function)},
                        {"Tags", json::object{}}};
}

}  // namespace dsdash::endpoint

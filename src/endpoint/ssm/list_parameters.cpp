#include <fmt/format.h>

#include "embedded/parameters/parameter_rules.hpp"
#include "endpoint/page_token.hpp"
#include "endpoint/ssm/operations.hpp"
#include "endpoint/ssm/parameter_filters.hpp"
#include "endpoint/ssm/parameter_json.hpp"

namespace dsdash::endpoint {

namespace {

using embedded::ParameterQuery;
using embedded::StoredParameter;

constexpr std::int64_t kByPathResultsMax = 10;
constexpr std::int64_t kDescribeResultsMax = 50;

/// Reads MaxResults and NextToken into `query`; `scope` as in make_page_token().
Result<void> read_page(const json::object& input, std::string_view scope, std::int64_t results_max,
                       ParameterQuery& query) {
    auto results = optional_integer(input, "MaxResults");
    if (!results) return std::unexpected(results.error());
    const std::int64_t size = results->value_or(results_max);
    if (size < 1 || size > results_max) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("MaxResults must lie between 1 and {}, not {}", results_max, size));
    }
    query.size_max = static_cast<std::size_t>(size);
    auto token = optional_string(input, "NextToken");
    if (!token) return std::unexpected(token.error());
    if (!*token) return {};
    auto position = read_page_token(scope, **token);
    if (!position) {
        return fail(ErrorKind::malformed_input, "The specified token isn't valid.",
                    "InvalidNextToken");
    }
    query.after = *std::move(position);
    return {};
}

using Render = json::object (*)(const CallContext&, const StoredParameter&);

Result<json::object> list_page(CallContext& context, const ParameterQuery& query,
                               std::string_view scope, Render render) {
    auto page = context.account.parameters().list(query);
    if (!page) return std::unexpected(page.error());
    json::array parameters;
    for (const StoredParameter& parameter : page->parameters) {
        parameters.push_back(render(context, parameter));
    }
    json::object output{{"Parameters", std::move(parameters)}};
    if (page->has_more) {
        output["NextToken"] = make_page_token(scope, page->parameters.back().name);
    }
    return output;
}

}  // namespace

Result<json::object> get_parameters_by_path(CallContext& context, const json::object& input) {
    auto path = required_string(input, "Path");
    if (!path) return std::unexpected(path.error());
    if (auto checked = embedded::check_parameter_path(*path); !checked) {
        return std::unexpected(checked.error());
    }
    if (!path->ends_with('/')) *path += '/';
    auto recursive = optional_bool(input, "Recursive");
    if (!recursive) return std::unexpected(recursive.error());
    auto filter = read_parameter_filters(input, FilterUse::by_path);
    if (!filter) return std::unexpected(filter.error());

    ParameterQuery query;
    query.path = *path;
    query.matches = [&](const StoredParameter& parameter) {
        const bool is_child = parameter.name.find('/', path->size()) == std::string::npos;
        return (recursive->value_or(false) || is_child) && (*filter)(parameter);
    };
    const std::string scope = "GetParametersByPath " + *path;
    if (auto page = read_page(input, scope, kByPathResultsMax, query); !page) {
        return std::unexpected(page.error());
    }
    return list_page(context, query, scope, render_parameter);
}

Result<json::object> describe_parameters(CallContext& context, const json::object& input) {
    auto filter = read_parameter_filters(input, FilterUse::describe);
    if (!filter) return std::unexpected(filter.error());
    auto shared = optional_bool(input, "Shared");
    if (!shared) return std::unexpected(shared.error());
    // No other account shares parameters with this one.
    if (shared->value_or(false)) return json::object{{"Parameters", json::array()}};

    ParameterQuery query;
    query.matches = *std::move(filter);
    constexpr std::string_view kScope = "DescribeParameters";
    if (auto page = read_page(input, kScope, kDescribeResultsMax, query); !page) {
        return std::unexpected(page.error());
    }
    return list_page(context, query, kScope, render_parameter_metadata);
}

}  // namespace dsdash::endpoint

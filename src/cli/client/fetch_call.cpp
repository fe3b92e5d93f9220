#include "cli/client/fetch_call.hpp"

#include <fmt/format.h>

#include "cli/client/answer_fields.hpp"
#include "cli/client/function_call.hpp"
#include "domain/contract.hpp"

namespace dsdash::cli {

Result<Fetch> ask_for_new_data(AwsApi& api) {
    const auto text = invoke_function(api, contract::kRefreshFunction, "{}");
    if (!text) {
        return std::unexpected(text.error());
    }
    const auto answer = parse_json_object(*text);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    const auto date = parse_extraction_date(text_at(*answer, "FetchDate"));
    if (!date) {
        return fail(ErrorKind::internal,
                    fmt::format("{} answered without a FetchDate", contract::kRefreshFunction));
    }
    Fetch fetch{.fetch_id = text_at(*answer, "FetchId"), .date = *date, .spokes = {}};
    for (const auto* spoke : objects_at(*answer, "Spokes")) {
        fetch.spokes.push_back({text_at(*spoke, "AccountId"), text_at(*spoke, "ProjectName"),
                                text_at(*spoke, "Environment")});
    }
    return fetch;
}

}  // namespace dsdash::cli

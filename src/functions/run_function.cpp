#include "functions/run_function.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "functions/archive.hpp"
#include "functions/connection.hpp"
#include "functions/extraction.hpp"
#include "functions/refresh.hpp"

namespace dsdash::functions {

namespace {

using Run = Result<json::object> (*)(std::string_view payload, Services& services);

struct Handler {
    std::string_view name;
    Run run;
};

constexpr std::array kHandlers{
    Handler{kArchiveHandler, run_archive},
    Handler{"connection", run_connection},
    Handler{"extraction", run_extraction},
    Handler{"refresh", run_refresh},
};

}  // namespace

bool has_function(std::string_view handler) {
    return std::ranges::find(kHandlers, handler, &Handler::name) != kHandlers.end();
}

Result<std::string> run_function(std::string_view handler, std::string_view payload,
                                 Services& services) {
    const auto* const found = std::ranges::find(kHandlers, handler, &Handler::name);
    if (found == kHandlers.end()) {
        return fail(ErrorKind::not_found, fmt::format("there is no handler \"{}\"", handler));
    }
    if (payload.size() > kPayloadBytesMax) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("the payload has {} bytes; at most {} are allowed", payload.size(),
                                kPayloadBytesMax),
                    "RequestTooLargeException");
    }
    auto answer = found->run(payload.empty() ? "{}" : payload, services);
    if (!answer) return std::unexpected(std::move(answer.error()));
    return json::serialize(*answer);
}

}  // namespace dsdash::functions

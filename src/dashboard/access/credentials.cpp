#include "dashboard/access/credentials.hpp"

#include <fmt/format.h>

#include "dashboard/access/sessions.hpp"

namespace dsdash::dashboard {

namespace {

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::optional<std::string_view> bearer_token(const http::Request& request) {
    const auto field = request.headers.find("Authorization");
    if (!field) return std::nullopt;
    const auto space = field->find(' ');
    if (space == std::string_view::npos || request.headers.count("Authorization") > 1 ||
        !http::equals_ignoring_case(field->substr(0, space), "Bearer")) {
        return "";
    }
    return trimmed(field->substr(space));
}

std::optional<std::string_view> session_cookie(const http::Request& request) {
    std::optional<std::string_view> found;
    for (const auto& [name, value] : request.headers.fields()) {
        if (!http::equals_ignoring_case(name, "Cookie")) continue;
        for (std::string_view rest = value; !rest.empty();) {
            const auto end = std::min(rest.find(';'), rest.size());
            const auto pair = trimmed(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
            const auto equals = pair.find('=');
            if (pair.substr(0, equals) != kSessionCookie || equals == pair.npos) continue;
            if (found) return std::nullopt;
            found = pair.substr(equals + 1);
        }
    }
    return found;
}

// Strict: no other site's page has its requests carry it. Secure, and not seen by scripts.
std::string set_session_cookie(std::string_view id) {
    const auto life =
        id.empty() ? std::chrono::seconds(0) : std::chrono::seconds(Sessions::kLifeMax);
    return fmt::format("{}={}; Path=/; Max-Age={}; HttpOnly; Secure; SameSite=Strict",
                       kSessionCookie, id, life.count());
}

}  // namespace dsdash::dashboard

#include "http/http_date.hpp"

#include <ctime>
#include <string>

namespace dsdash::http {

std::optional<TimePoint> parse_http_date(std::string_view text) {
    const std::string terminated(text);
    std::tm parts{};
    const char* const end = ::strptime(terminated.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
    if (end == nullptr || *end != '\0') {
        return std::nullopt;
    }
    return TimePoint(std::chrono::seconds(::timegm(&parts)));
}

}  // namespace dsdash::http

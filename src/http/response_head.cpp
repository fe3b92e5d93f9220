#include "http/response_head.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace dsdash::http {

namespace {

struct Reason {
    int status;
    std::string_view text;
};

constexpr std::array kReasons = {
    Reason{200, "OK"},
    Reason{202, "Accepted"},
    Reason{204, "No Content"},
    Reason{301, "Moved Permanently"},
    Reason{302, "Found"},
    Reason{303, "See Other"},
    Reason{304, "Not Modified"},
    Reason{400, "Bad Request"},
    Reason{401, "Unauthorized"},
    Reason{403, "Forbidden"},
    Reason{404, "Not Found"},
    Reason{405, "Method Not Allowed"},
    Reason{409, "Conflict"},
    Reason{413, "Content Too Large"},
    Reason{417, "Expectation Failed"},
    Reason{421, "Misdirected Request"},
    Reason{429, "Too Many Requests"},
    Reason{431, "Request Header Fields Too Large"},
    Reason{500, "Internal Server Error"},
    Reason{501, "Not Implemented"},
    Reason{503, "Service Unavailable"},
    Reason{504, "Gateway Timeout"},
};

// The text may be left out (RFC 9112 section 4): so an unlisted status is no error.
std::string_view reason_of(int status) {
    const auto found = std::ranges::find(kReasons, status, &Reason::status);
    return found == kReasons.end() ? std::string_view{} : found->text;
}

void append_field_value(std::string& head, std::string_view value) {
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        head.push_back(byte < ' ' || byte == 0x7F ? ' ' : c);
    }
}

}  // namespace

std::string format_response_head(const Response& response, bool keep_alive, std::string_view date) {
    std::string head;
    constexpr std::size_t kUsualSize = 512;
    head.reserve(kUsualSize);
    fmt::format_to(std::back_inserter(head), "HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status,
                   reason_of(response.status), date);
    for (const auto& [name, value] : response.headers.fields()) {
        head.append(name).append(": ");
        append_field_value(head, value);
        head.append("\r\n");
    }
    // RFC 9110 section 8.6: 204 has none, and 304 would have to repeat that of a 200. The end of a
    // stream is the end of its connection.
    const bool has_length = response.status != 204 && response.status != 304 && !response.stream;
    if (has_length) {
        fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", response.body.size());
    }
    if (!keep_alive) {
        head.append("Connection: close\r\n");
    }
    head.append("\r\n");
    return head;
}

std::string format_http_date(std::int64_t epoch_seconds) {
    static constexpr std::array<std::string_view, 7> kDays = {"Sun", "Mon", "Tue", "Wed",
                                                              "Thu", "Fri", "Sat"};
    static constexpr std::array<std::string_view, 12> kMonths = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::chrono::sys_seconds time{std::chrono::seconds(epoch_seconds)};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    return fmt::format(
        "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
        kDays.at(std::chrono::weekday(day).c_encoding()), static_cast<unsigned>(date.day()),
        kMonths.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
        clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace dsdash::http

#include "dashboard/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <stdexcept>

namespace dsdash::dashboard {

namespace {

// A packet holds about 1,400 bytes: less than that gains nothing.
constexpr std::size_t kBytesMin = 1'400;
// zlib.h, deflateInit2: 15 bits of window, 16 more for a gzip header.
constexpr int kGzipWindowBits = 15 + 16;
constexpr int kMemoryLevel = 8;

}  // namespace

bool accepts_gzip(const http::Request& request) {
    std::string accepted(request.headers.find("Accept-Encoding").value_or(""));
    std::erase_if(accepted, [](char c) { return c == ' ' || c == '\t'; });
    for (std::string_view rest = accepted; !rest.empty();) {
        const auto end = std::min(rest.find(','), rest.size());
        const auto coding = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const auto name = coding.substr(0, coding.find(';'));
        if (!http::equals_ignoring_case(name, "gzip")) continue;
        // A weight of zero, as "q=0" or "q=0.000", says that it is not wanted.
        const auto weight = coding.substr(name.size());
        return weight.empty() || weight.find_first_of("123456789") != std::string_view::npos;
    }
    return false;
}

std::string gzip(std::string_view text) {
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindowBits, kMemoryLevel,
                     Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::runtime_error("zlib has no memory");
    }
    std::string out(deflateBound(&stream, text.size()), '\0');
    std::string in(text);  // zlib's interface takes no const
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int ended = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    if (ended != Z_STREAM_END) throw std::logic_error("deflateBound() was too small");
    return out;
}

http::Response answer_compressed(const http::Request& request, http::Response response) {
    if (response.stream || (response.status != 200 && response.status != 304)) return response;
    // What a cache keeps for one client must not go to another one, compressed or not (RFC 9110,
    // 12.5.5); the 304 says the same as its 200 would.
    response.headers.add("Vary", "Accept-Encoding");
    if (response.body.size() < kBytesMin || !accepts_gzip(request)) return response;
    response.body = gzip(response.body);
    response.headers.add("Content-Encoding", "gzip");
    return response;
}

}  // namespace dsdash::dashboard

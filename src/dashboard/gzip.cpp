#include "dashboard/gzip.hpp"

#include <zlib.h>

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
    const auto accepted = request.headers.find("Accept-Encoding");
    return accepted && accepted->find("gzip") != std::string_view::npos &&
           accepted->find("gzip;q=0") == std::string_view::npos;
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
    if (response.status != 200 || response.stream || response.body.size() < kBytesMin ||
        response.headers.find("Content-Encoding") || !accepts_gzip(request)) {
        return response;
    }
    response.body = gzip(response.body);
    response.headers.add("Content-Encoding", "gzip");
    if (!response.headers.find("Vary")) response.headers.add("Vary", "Accept-Encoding");
    return response;
}

}  // namespace dsdash::dashboard

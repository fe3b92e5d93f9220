#include "dashboard/access/admitted_stream.hpp"

namespace dsdash::dashboard {

std::optional<std::string> AdmittedStream::next() {
    const auto now = std::chrono::steady_clock::now();
    if (now - checked_ >= kCheckInterval) {
        if (!gate_.still_admits(request_)) return std::nullopt;
        checked_ = now;
    }
    return stream_->next();
}

}  // namespace dsdash::dashboard

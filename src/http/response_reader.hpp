#pragma once

#include <memory>
#include <string_view>

#include "http/message.hpp"

namespace dsdash::http {

/// Takes the bytes of an answer as they come and gives back one response. Interim answers (100 to
/// 199) are skipped.
class ResponseReader {
  public:
    /// `to_head`: the answer to a HEAD request, which has no body whatever its header says.
    explicit ResponseReader(bool to_head);
    ~ResponseReader();

    enum class Progress { need_more, complete, malformed };

    Progress append(std::string_view bytes);
    /// The peer closed: completes an answer whose body ends there; malformed when it was cut.
    Progress append_end();
    [[nodiscard]] bool has_begun() const { return begun_; }
    /// Whether the connection may be used again; after complete.
    [[nodiscard]] bool keep_alive() const;
    Response take();

  private:
    class Parser;

    bool to_head_;
    bool begun_ = false;
    std::unique_ptr<Parser> parser_;
    std::string buffer_;
};

}  // namespace dsdash::http

#pragma once

#include <map>
#include <string>
#include <vector>

#include "http/message.hpp"

namespace dsdash::aws {

/// What a real client sent, and what is known about it. A file holds many: a title after "##### ",
/// then sections between ">>> NAME" and "<<< END".
struct Recording {
    std::string title;
    http::Request request;                        ///< its section REQUEST
    std::map<std::string, std::string> sections;  ///< all of them, as text
};

/// All recordings of the file at that path. One that cannot be read has none.
[[nodiscard]] std::vector<Recording> read_recordings(const std::string& path);

}  // namespace dsdash::aws

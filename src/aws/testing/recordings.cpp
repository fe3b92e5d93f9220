#include "aws/testing/recordings.hpp"

#include <fstream>
#include <sstream>

namespace dsdash::aws {

namespace {

std::string_view take_line(std::string_view& rest) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const auto line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return line;
}

http::Request read_request(std::string_view text) {
    http::Request request;
    const auto first = take_line(text);
    const auto target = first.find(' ') + 1;
    request.method = first.substr(0, target - 1);
    request.target = first.substr(target, first.rfind(' ') - target);
    for (auto line = take_line(text); !line.empty(); line = take_line(text)) {
        const auto colon = line.find(':');
        const auto value = std::min(line.find_first_not_of(' ', colon + 1), line.size());
        request.headers.add(std::string(line.substr(0, colon)), std::string(line.substr(value)));
    }
    request.body = text;
    return request;
}

}  // namespace

std::vector<Recording> read_recordings(const std::string& path) {
    std::ostringstream content;
    content << std::ifstream(path).rdbuf();
    const std::string text = content.str();
    std::vector<Recording> recordings;
    std::string title = path;
    constexpr std::string_view kTitle = "##### ";
    constexpr std::string_view kSection = ">>> ";
    constexpr std::string_view kEnd = "\n<<< END";
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto line = take_line(rest);
        if (line.starts_with(kTitle)) {
            title = line.substr(kTitle.size());
        } else if (line.starts_with(kSection)) {
            const auto name = std::string(line.substr(kSection.size()));
            const auto section = std::string(rest.substr(0, rest.find(kEnd)));
            if (name == "REQUEST") {
                recordings.push_back({title, read_request(section), {}});
            }
            recordings.back().sections[name] = section;
            rest.remove_prefix(std::min(section.size() + 1, rest.size()));
        }
    }
    return recordings;
}

}  // namespace dsdash::aws

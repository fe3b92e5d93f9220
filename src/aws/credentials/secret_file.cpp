#include "aws/credentials/secret_file.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace dsdash::aws {

namespace {

constexpr std::size_t kBytesMax = 64 * 1024;

}  // namespace

Result<std::string> read_secret_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return fail(ErrorKind::not_found, fmt::format("cannot read {}", path.string()));
    }
    std::string text(kBytesMax + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    text.erase(text.find_last_not_of(" \t\r\n") + 1);
    if (text.empty() || text.size() > kBytesMax || text.contains('\n')) {
        return fail(ErrorKind::malformed_input,
                    fmt::format("{} holds no single token", path.string()));
    }
    return text;
}

}  // namespace dsdash::aws

#include "cli/file_text.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace dsdash::cli {

Result<std::string> read_file(const std::filesystem::path& path, std::uintmax_t bytes_max) {
    std::error_code error;
    const auto bytes = std::filesystem::file_size(path, error);
    if (error) {
        return fail(ErrorKind::unreachable, fmt::format("{}: {}", path.string(), error.message()));
    }
    if (bytes > bytes_max) {
        return fail(ErrorKind::unreachable,
                    fmt::format("{} has more than {} bytes", path.string(), bytes_max));
    }
    std::ifstream in(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in.is_open() || in.bad()) {
        return fail(ErrorKind::unreachable, "cannot read " + path.string());
    }
    return text;
}

Result<void> write_file(const std::filesystem::path& path, std::string_view text) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (out) return {};
    return fail(ErrorKind::unreachable, "cannot write " + path.string());
}

}  // namespace dsdash::cli

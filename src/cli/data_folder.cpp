#include "cli/data_folder.hpp"

namespace dsdash::cli {

Result<std::string> data_folder(const std::string& option, const Environment& environment) {
    if (!option.empty()) {
        return option;
    }
    if (const auto folder = environment("DSDASH_DATA"); folder && !folder->empty()) {
        return *folder;
    }
    auto error = fail(ErrorKind::malformed_input, "no data folder is given");
    error.error().hint = "give --data DIR, or set DSDASH_DATA";
    return error;
}

}  // namespace dsdash::cli

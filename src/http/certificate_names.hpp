#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "domain/result.hpp"

namespace dsdash::http {

/// The hosts that the first certificate of a PEM file is for (its subject alternative names): DNS
/// names in lower case, of which the first label may be "*", and IP addresses. Its common name does
/// not count, as it does not for clients. Errors as load_server_tls.
Result<std::vector<std::string>> certificate_names(const std::filesystem::path& certificate);

}  // namespace dsdash::http

#pragma once

#include "domain/result.hpp"

namespace dsdash::cli {

/// `error` with a hint that names the permission that is missing, or says that credentials have
/// expired; as it is when it was not denied, or has a hint already.
[[nodiscard]] Error with_permission_hint(Error error);

}  // namespace dsdash::cli

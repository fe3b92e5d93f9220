#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "aws/sigv4.hpp"
#include "domain/result.hpp"

namespace dsdash::aws {

/// The Authorization field of Signature Version 4.
struct Authorization {
    std::string access_key_id;
    CredentialScope scope;
    std::vector<std::string> signed_headers;  ///< lower case, sorted
    std::string signature;                    ///< 64 hexadecimal digits, lower case
};

[[nodiscard]] std::string format_authorization(const Authorization& authorization);

/// Reads the field as AWS does: parameters in any order, separated by commas with or without white
/// space. Errors are denied with AWS's code and words (IncompleteSignatureException, and
/// InvalidSignatureException for a scope that is none); they repeat nothing of the field but names.
Result<Authorization> parse_authorization(std::string_view field);

}  // namespace dsdash::aws

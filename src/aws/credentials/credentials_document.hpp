#pragma once

#include <string_view>

#include "aws/credentials.hpp"
#include "domain/result.hpp"

namespace dsdash::aws {

/// What credential_process, a container's endpoint and an instance's metadata service answer:
/// {"AccessKeyId","SecretAccessKey","SessionToken" or "Token","Expiration"?} in JSON. internal when
/// it is something else; the message names the member and repeats nothing of the text.
Result<Credentials> parse_credentials_document(std::string_view text);

/// The <Credentials> of STS's answers in XML. internal when one is missing.
Result<Credentials> parse_sts_credentials(std::string_view xml);

}  // namespace dsdash::aws

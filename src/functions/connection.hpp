#pragma once

#include "functions/services.hpp"

namespace dsdash::functions {

/// ds-dashboard-connection: makes the account's cross-account configuration equal to the parameters
/// /monitors/<hub> and /monitored_projects/<project>/<environment>. `payload` is one of
///   {"action":"EBPut"}       who may put events on this bus (on both sides first)
///   {"action":"EBRule"}      the rules that forward to the others (on both sides then)
///   {"action":"Disconnect"}  takes both away again; with "account" for that one only
/// Answers {"Action","Accounts":[{"AccountId","Role":"hub"|"spoke","Result":"created"|"unchanged"|
/// "removed"|"failed"|"postponed","Message"?}],"Postponed":<how many>,"InvalidParameters":[{"Name",
/// "Message"}]}. Each may be repeated; what failed for one account did not stop the others. What
/// the function's time did not suffice for is postponed: the same payload goes on from there.
Result<json::object> run_connection(std::string_view payload, Services& services);

}  // namespace dsdash::functions

#include "stack/cdk/intrinsics.hpp"

#include <boost/algorithm/string/replace.hpp>

namespace dsdash::cdk {

namespace {

// No account and no Region of AWS's is called so.
constexpr const char* kAnyAccount = "000000000000";
constexpr const char* kAnyRegion = "region-of-the-stack";
constexpr const char* kArnInAnyPartition = "arn:aws:";

}  // namespace

json::value reference_to(std::string_view logical_id) {
    return json::object{{"Ref", logical_id}};
}

json::value get_att(std::string_view logical_id, std::string_view attribute) {
    json::array arguments;
    arguments.emplace_back(logical_id);
    arguments.emplace_back(attribute);
    return json::object{{"Fn::GetAtt", std::move(arguments)}};
}

json::value sub(std::string_view text) {
    return json::object{{"Fn::Sub", text}};
}

stack::StackContext for_any_account(std::map<std::string, std::string> values) {
    return {AccountId::parse(kAnyAccount).value(), Region::parse(kAnyRegion).value(),
            std::move(values)};
}

json::value in_this_account(std::string_view text) {
    std::string escaped(text);
    boost::replace_all(escaped, "${", "${!");
    auto replaced = escaped;
    if (replaced.starts_with(kArnInAnyPartition)) {
        boost::replace_first(replaced, kArnInAnyPartition, "arn:${AWS::Partition}:");
    }
    boost::replace_all(replaced, kAnyAccount, "${AWS::AccountId}");
    boost::replace_all(replaced, kAnyRegion, "${AWS::Region}");
    if (replaced == escaped) return json::string(text);
    return sub(replaced);
}

}  // namespace dsdash::cdk

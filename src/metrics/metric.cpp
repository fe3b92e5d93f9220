#include "metrics/metric.hpp"

#include <boost/algorithm/string/replace.hpp>

namespace dsdash::metrics {

std::vector<IamPermission> Metric::get_iam_permissions(const AccountId& account,
                                                       const Region& region,
                                                       const Settings& /*settings*/) const {
    auto permissions = description_.iam_permissions;
    for (auto& permission : permissions) {
        boost::replace_all(permission.resource, "**ACCOUNT_ID**", account.text());
        boost::replace_all(permission.resource, "**REGION**", region.text());
    }
    return permissions;
}

}  // namespace dsdash::metrics

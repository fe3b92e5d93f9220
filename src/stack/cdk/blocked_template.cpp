#include "stack/cdk/blocked_template.hpp"

namespace dsdash::cdk {

/// A template without resources would be worse than none: the CDK CLI takes it for the wish to
/// delete the stack. This one has a resource that needs nothing, and a parameter that no value
/// fits.
json::object render_blocked_template() {
    const json::object parameter{{"Type", "String"},
                                 {"Description", "cdk synth tells what has to be mended first"},
                                 {"AllowedPattern", "(?!)"}};
    const json::object resource{{"Type", "AWS::CloudFormation::WaitConditionHandle"}};
    return {{"AWSTemplateFormatVersion", "2010-09-09"},
            {"Parameters", json::object{{"CannotBeDeployed", parameter}}},
            {"Resources", json::object{{"Nothing", resource}}}};
}

}  // namespace dsdash::cdk

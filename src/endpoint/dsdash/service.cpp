#include <array>

#include "endpoint/dsdash/operations.hpp"

namespace dsdash::endpoint {

namespace {

constexpr std::array kOperations{
    OperationEntry{"DeployStack", deploy_stack},
    OperationEntry{"DestroyStack", destroy_stack},
    OperationEntry{"DescribeStacks", describe_stacks},
    OperationEntry{"ListDeadLetters", list_dead_letters},
    OperationEntry{"ReplayDeadLetters", replay_dead_letters},
    OperationEntry{"StartJob", start_job},
    OperationEntry{"HeartbeatJob", heartbeat_job},
    OperationEntry{"FinishJob", finish_job},
    OperationEntry{"RegisterEndpoint", register_endpoint},
    OperationEntry{"DeregisterEndpoint", deregister_endpoint},
};

}  // namespace

const Service& dsdash_service() {
    static constexpr Service kService{"dsdash", "DsDash", "1.1", "", kOperations};
    return kService;
}

}  // namespace dsdash::endpoint

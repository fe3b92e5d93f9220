#include <array>

#include "endpoint/lambda/operations.hpp"

namespace dsdash::endpoint {

namespace {

constexpr std::array kOperations{
    OperationEntry{"Invoke", invoke_function, arn_of_named_function, "lambda:InvokeFunction"},
    OperationEntry{"ListFunctions", list_functions},
    OperationEntry{"GetFunction", get_function, arn_of_named_function},
};

}  // namespace

const Service& lambda_service() {
    static constexpr Service kService{"lambda", "", "1.1", "", kOperations};
    return kService;
}

}  // namespace dsdash::endpoint

// The operations that can be called by name, as the service models have them:
// names, types, minima, what is required, in the models' order. scripts/operations
// writes the table.
#ifndef CROSSLOG_SRC_LOGS_OPERATION_TABLE_H_
#define CROSSLOG_SRC_LOGS_OPERATION_TABLE_H_

#include <span>

#include "crosslog/operations.h"

namespace crosslog::logs {

// In alphabetical order.
[[nodiscard]] std::span<const Operation> operation_table() noexcept;

}  // namespace crosslog::logs

#endif  // CROSSLOG_SRC_LOGS_OPERATION_TABLE_H_

// The commands of Logs Insights that look at all records at once: statistics, order, and
// what comes twice. Records are given newest first.
#ifndef CROSSLOG_SRC_SANDBOX_INSIGHTS_ROWS_H_
#define CROSSLOG_SRC_SANDBOX_INSIGHTS_ROWS_H_

#include <vector>

#include "sandbox/insights_query.h"
#include "sandbox/insights_value.h"

namespace crosslog::sandbox {

// stats: a record for each group.
[[nodiscard]] std::vector<QueryRecord> grouped(const QueryCommand& command,
                                               const std::vector<QueryRecord>& records);
void sort_records(const QueryCommand& command, std::vector<QueryRecord>& records);
void drop_repeated(const QueryCommand& command, std::vector<QueryRecord>& records);  // dedup

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_INSIGHTS_ROWS_H_

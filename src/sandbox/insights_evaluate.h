// Expressions of Logs Insights over one record. A field that is missing, or that an
// operator cannot take, makes no value; it is never an error.
#ifndef CROSSLOG_SRC_SANDBOX_INSIGHTS_EVALUATE_H_
#define CROSSLOG_SRC_SANDBOX_INSIGHTS_EVALUATE_H_

#include "sandbox/insights_query.h"
#include "sandbox/insights_value.h"

namespace crosslog::sandbox {

[[nodiscard]] MaybeValue evaluate(const Expression& expression, const QueryRecord& record);

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_INSIGHTS_EVALUATE_H_

// The values of Logs Insights: texts, some of which are numbers or times, and the fields
// that a message brings.
#ifndef CROSSLOG_SRC_SANDBOX_INSIGHTS_VALUE_H_
#define CROSSLOG_SRC_SANDBOX_INSIGHTS_VALUE_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace crosslog::sandbox {

// A time is kept in milliseconds and shown as "2023-11-14 22:13:20.000".
struct QueryValue {
  std::string text;
  bool is_time = false;
};
using MaybeValue = std::optional<QueryValue>;
using QueryRecord = std::map<std::string, QueryValue, std::less<>>;

[[nodiscard]] MaybeValue text_value(std::string text);
[[nodiscard]] MaybeValue number_value(double value);
[[nodiscard]] MaybeValue truth(bool value);
[[nodiscard]] bool is_true(const MaybeValue& value);

// Numbers by size, all else by bytes: below 0, 0, above 0.
[[nodiscard]] int compare_values(const QueryValue& left, const QueryValue& right);

// What the service finds in a JSON message: "user.id", "tags.0".
void discover_fields(std::string_view message, QueryRecord& record);
[[nodiscard]] std::string query_time(std::int64_t milliseconds);

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_INSIGHTS_VALUE_H_

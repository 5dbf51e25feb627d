// Logs Insights QL, as much of it as tests of a reader need: SOURCE, fields, display,
// filter, parse, stats, sort, dedup, limit. A query is read once and fed with records,
// newest first; nothing here knows of groups or of time that passes.
#ifndef CROSSLOG_SRC_SANDBOX_INSIGHTS_H_
#define CROSSLOG_SRC_SANDBOX_INSIGHTS_H_

#include <cstdint>
#include <expected>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sandbox/pattern_regex.h"

namespace crosslog::sandbox {

struct QueryError {
  std::string message;
  std::size_t start = 0, end = 0;  // in the text
};

// A time is kept in milliseconds and shown as "2023-11-14 22:13:20.000".
struct QueryValue {
  std::string text;
  bool is_time = false;
};
using QueryRecord = std::map<std::string, QueryValue, std::less<>>;
using QueryRow = std::vector<std::pair<std::string, std::string>>;  // field and value, missing ones left out

struct Expression;  // in insights.cc

struct QueryColumn {
  std::string name;
  std::shared_ptr<const Expression> value;
};

struct QueryCommand {
  enum class Kind { fields, display, filter, parse, stats, sort, dedup, limit };
  Kind kind = Kind::fields;
  std::vector<QueryColumn> columns;  // fields, display, dedup; stats: the groups; filter, parse: one
  std::vector<QueryColumn> aggregates;
  std::vector<bool> descending;  // sort, for each column
  std::size_t limit = 0;
  std::optional<PatternRegex> regex;  // parse /.../
  std::string glob;                   // parse "..."
  std::vector<std::string> names;     // parse ... as
};

class InsightsQuery {
 public:
  [[nodiscard]] static std::expected<InsightsQuery, QueryError> make(std::string_view text);

  // Whether a record passes all filters before the first command that needs all records;
  // the record gets the fields that the commands up to there make.
  [[nodiscard]] bool admit(QueryRecord& record) const;
  // The rows that the rest of the query makes of admitted records, newest first; those
  // beyond `limit` are left out.
  [[nodiscard]] std::vector<QueryRow> run(std::vector<QueryRecord> records, std::size_t limit) const;

  // SOURCE logGroups(namePrefix: [...]); nullopt without it.
  [[nodiscard]] const std::optional<std::vector<std::string>>& sources() const { return sources_; }
  [[nodiscard]] bool has(QueryCommand::Kind kind) const;
  // No command needs more than one record at a time.
  [[nodiscard]] bool is_of_single_records() const;

 private:
  std::vector<QueryCommand> commands_;
  std::optional<std::vector<std::string>> sources_;
};

// What the service finds in a JSON message: "user.id", "tags.0".
void discover_fields(std::string_view message, QueryRecord& record);
[[nodiscard]] std::string query_time(std::int64_t milliseconds);

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_INSIGHTS_H_

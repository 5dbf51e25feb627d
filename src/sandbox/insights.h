// Logs Insights QL, as much of it as tests of a reader need: SOURCE, fields, display,
// filter, parse, stats, sort, dedup, limit. A query is read once and fed with records,
// newest first; nothing here knows of groups or of time that passes.
#ifndef CROSSLOG_SRC_SANDBOX_INSIGHTS_H_
#define CROSSLOG_SRC_SANDBOX_INSIGHTS_H_

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sandbox/insights_query.h"
#include "sandbox/insights_value.h"

namespace crosslog::sandbox {

using QueryRow = std::vector<std::pair<std::string, std::string>>;  // field and value, missing ones left out

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
  [[nodiscard]] bool has(CommandKind kind) const;
  // No command needs more than one record at a time.
  [[nodiscard]] bool is_of_single_records() const;

 private:
  std::vector<QueryCommand> commands_;
  std::optional<std::vector<std::string>> sources_;
};

}  // namespace crosslog::sandbox

#endif  // CROSSLOG_SRC_SANDBOX_INSIGHTS_H_

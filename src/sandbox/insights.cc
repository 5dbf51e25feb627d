#include "sandbox/insights.h"

#include <algorithm>
#include <utility>

#include "sandbox/insights_evaluate.h"
#include "sandbox/insights_rows.h"
#include "sandbox/text.h"

namespace crosslog::sandbox {
namespace {

void parse_glob(const QueryCommand& command, const std::string& text, QueryRecord& record) {
  const auto pieces = split(command.glob, '*');
  std::vector<std::string> found;
  auto at = text.find(pieces[0]);
  if (at == std::string::npos) return;
  at += pieces[0].size();
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    const bool to_end = i + 1 == pieces.size() && pieces[i].empty();
    const auto end = to_end ? text.size() : text.find(pieces[i], at);
    if (end == std::string::npos) return;
    found.push_back(text.substr(at, end - at));
    at = end + pieces[i].size();
  }
  for (std::size_t i = 0; i < found.size(); ++i)
    record[command.names[i]] = {found[i], false};
}

void apply_parse(const QueryCommand& command, QueryRecord& record) {
  const auto value = evaluate(*command.columns[0].value, record);
  if (!value) return;
  if (!command.regex) return parse_glob(command, value->text, record);
  for (auto& [name, text] : command.regex->groups(value->text))
    record[name] = {std::move(text), false};
}

// What one record alone decides; false: it is left out.
bool applies(const QueryCommand& command, QueryRecord& record) {
  if (command.kind == CommandKind::filter) return is_true(evaluate(*command.columns[0].value, record));
  if (command.kind == CommandKind::parse) apply_parse(command, record);
  if (command.kind == CommandKind::fields || command.kind == CommandKind::display)
    for (const auto& column : command.columns)
      if (column.value->kind != Expression::Kind::field || column.name != column.value->text)
        if (auto value = evaluate(*column.value, record)) record[column.name] = std::move(*value);
  return true;
}

bool needs_all(const QueryCommand& command) {
  return command.kind == CommandKind::stats || command.kind == CommandKind::sort ||
         command.kind == CommandKind::dedup || command.kind == CommandKind::limit;
}

void add_names(std::vector<std::string>& names, const std::vector<QueryColumn>& columns) {
  for (const auto& column : columns)
    if (std::ranges::find(names, column.name) == names.end()) names.push_back(column.name);
}

// The names of the columns that are shown in the end.
std::vector<std::string> shown_names(const std::vector<QueryCommand>& commands) {
  std::vector<std::string> names;
  for (const auto& command : commands) {
    if (command.kind == CommandKind::stats || command.kind == CommandKind::display) names.clear();
    if (command.kind == CommandKind::stats || command.kind == CommandKind::display ||
        command.kind == CommandKind::fields) {
      add_names(names, command.columns);
      add_names(names, command.aggregates);
    }
  }
  if (names.empty()) names = {"@timestamp", "@message"};
  return names;
}

}  // namespace

std::expected<InsightsQuery, QueryError> InsightsQuery::make(std::string_view text) {
  InsightsQuery out;
  auto commands = read_query(text, out.sources_);
  if (!commands) return std::unexpected(commands.error());
  out.commands_ = std::move(*commands);
  return out;
}

bool InsightsQuery::has(CommandKind kind) const {
  return std::ranges::find(commands_, kind, &QueryCommand::kind) != commands_.end();
}

bool InsightsQuery::is_of_single_records() const {
  return std::ranges::none_of(commands_, needs_all);
}

bool InsightsQuery::admit(QueryRecord& record) const {
  for (const auto& command : commands_) {
    if (needs_all(command)) return true;
    if (!applies(command, record)) return false;
  }
  return true;
}

std::vector<QueryRow> InsightsQuery::run(std::vector<QueryRecord> records, std::size_t limit) const {
  const auto first = std::ranges::find_if(commands_, needs_all);
  for (auto at = first; at != commands_.end(); ++at) {
    const QueryCommand& command = *at;
    if (command.kind == CommandKind::stats)
      records = grouped(command, records);
    else if (command.kind == CommandKind::sort)
      sort_records(command, records);
    else if (command.kind == CommandKind::dedup)
      drop_repeated(command, records);
    else if (command.kind == CommandKind::limit)
      records.resize(std::min(records.size(), command.limit));
    else
      std::erase_if(records, [&](QueryRecord& record) { return !applies(command, record); });
  }
  if (records.size() > limit) records.resize(limit);
  const auto names = shown_names(commands_);
  std::vector<QueryRow> out;
  for (const auto& record : records) {
    QueryRow row;
    for (const auto& name : names)
      if (const auto found = record.find(name); found != record.end())
        row.emplace_back(name, found->second.is_time ? query_time(to_int(found->second.text).value_or(0))
                                                     : found->second.text);
    if (const auto pointer = record.find("@ptr"); pointer != record.end() && !has(CommandKind::stats))
      row.emplace_back("@ptr", pointer->second.text);
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace crosslog::sandbox

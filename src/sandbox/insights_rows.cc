#include "sandbox/insights_rows.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <utility>

#include "sandbox/insights_evaluate.h"
#include "sandbox/text.h"

namespace crosslog::sandbox {
namespace {

MaybeValue aggregate(const Expression& e, const std::vector<const QueryRecord*>& group) {
  if (e.kind == Expression::Kind::call && e.text == "count" && e.parts.empty())
    return text_value(std::to_string(group.size()));
  if (e.kind != Expression::Kind::call || e.parts.empty()) return std::nullopt;
  std::vector<QueryValue> values;
  std::vector<double> numbers;
  for (const auto* record : group) {
    const auto value = evaluate(*e.parts[0], *record);
    if (!value) continue;
    if (const auto number = to_number(value->text)) numbers.push_back(*number);
    values.push_back(*value);
  }
  if (e.text == "count") return text_value(std::to_string(values.size()));
  if (e.text == "count_distinct") {
    std::set<std::string> distinct;
    for (const auto& value : values)
      distinct.insert(value.text);
    return text_value(std::to_string(distinct.size()));
  }
  if (values.empty()) return std::nullopt;
  // Records come newest first.
  if (e.text == "latest") return values.front();
  if (e.text == "earliest") return values.back();
  if (e.text == "min" || e.text == "max") {
    auto best = values.front();
    for (const auto& value : values)
      if (e.text == "min" ? compare_values(value, best) < 0 : compare_values(value, best) > 0) best = value;
    return text_value(best.text);
  }
  if (numbers.empty()) return std::nullopt;
  double sum = 0, squares = 0;
  for (const double number : numbers) {
    sum += number;
    squares += number * number;
  }
  const auto count = static_cast<double>(numbers.size());
  if (e.text == "sum") return number_value(sum);
  if (e.text == "avg") return number_value(sum / count);
  if (e.text == "stddev")
    return number_value(std::sqrt(std::max(0.0, squares / count - (sum / count) * (sum / count))));
  if (e.text != "pct") return std::nullopt;
  std::ranges::sort(numbers);
  const double share = std::clamp(to_number(e.parts[1]->text).value_or(50), 0.0, 100.0) / 100;
  return number_value(numbers[static_cast<std::size_t>(std::lround(share * (count - 1)))]);
}

// Behind stats a column goes by its text: sort count(*).
MaybeValue value_under(const QueryColumn& column, const QueryRecord& record) {
  const auto found = record.find(column.name);
  return found != record.end() ? MaybeValue(found->second) : evaluate(*column.value, record);
}

}  // namespace

std::vector<QueryRecord> grouped(const QueryCommand& command, const std::vector<QueryRecord>& records) {
  std::map<std::vector<std::string>, std::vector<const QueryRecord*>> groups;
  std::map<std::vector<std::string>, QueryRecord> heads;
  if (command.columns.empty()) groups[{}] = {};
  for (const auto& record : records) {
    std::vector<std::string> key;
    QueryRecord head;
    for (const auto& column : command.columns) {
      const auto value = evaluate(*column.value, record);
      key.push_back(value ? "=" + value->text : "");
      if (value) head[column.name] = *value;
    }
    heads.try_emplace(key, std::move(head));
    groups[std::move(key)].push_back(&record);
  }
  std::vector<QueryRecord> out;
  for (const auto& [key, members] : groups) {
    QueryRecord record = heads[key];
    for (const auto& column : command.aggregates)
      if (auto value = aggregate(*column.value, members)) record[column.name] = std::move(*value);
    out.push_back(std::move(record));
  }
  return out;
}

// Missing values come last, whatever the direction.
void sort_records(const QueryCommand& command, std::vector<QueryRecord>& records) {
  const auto before = [&](const QueryRecord& a, const QueryRecord& b) {
    for (std::size_t i = 0; i < command.columns.size(); ++i) {
      const auto left = value_under(command.columns[i], a), right = value_under(command.columns[i], b);
      if (left.has_value() != right.has_value()) return left.has_value();
      const int order = left ? compare_values(*left, *right) : 0;
      if (order != 0) return command.descending[i] ? order > 0 : order < 0;
    }
    return false;
  };
  std::vector<std::size_t> order(records.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
    if (before(records[a], records[b])) return true;
    return !before(records[b], records[a]) && a < b;
  });
  std::vector<QueryRecord> sorted;
  sorted.reserve(records.size());
  for (const std::size_t i : order)
    sorted.push_back(std::move(records[i]));
  records = std::move(sorted);
}

void drop_repeated(const QueryCommand& command, std::vector<QueryRecord>& records) {
  std::set<std::vector<std::string>> seen;
  std::erase_if(records, [&](const QueryRecord& record) {
    std::vector<std::string> key;
    for (const auto& column : command.columns) {
      const auto value = evaluate(*column.value, record);
      if (!value) return false;  // records without the field are kept
      key.push_back(value->text);
    }
    return !seen.insert(std::move(key)).second;
  });
}

}  // namespace crosslog::sandbox

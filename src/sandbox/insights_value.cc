#include "sandbox/insights_value.h"

#include <algorithm>
#include <boost/json.hpp>
#include <cmath>
#include <utility>

#include "sandbox/text.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxFields = 200;

std::string from_number(double value) {
  if (std::floor(value) == value && std::fabs(value) < 1e15)
    return std::to_string(static_cast<std::int64_t>(value));
  std::string out = std::to_string(value);
  out.erase(out.find_last_not_of('0') + 1);
  if (out.ends_with('.')) out.pop_back();
  return out;
}

void flatten(const json::value& value, const std::string& name, QueryRecord& record) {
  if (record.size() >= kMaxFields || value.is_null()) return;
  if (value.is_object()) {
    for (const auto& [key, inner] : value.get_object())
      flatten(inner, name.empty() ? std::string(key) : name + "." + std::string(key), record);
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.get_array().size(); ++i)
      flatten(value.get_array()[i], name + "." + std::to_string(i), record);
  } else {
    record[name] = {value.is_string()   ? std::string(value.get_string())
                    : value.is_bool()   ? (value.get_bool() ? "1" : "0")
                    : value.is_double() ? from_number(value.get_double())
                                        : json::serialize(value),
                    false};
  }
}

}  // namespace

MaybeValue text_value(std::string text) {
  return QueryValue{std::move(text), false};
}

MaybeValue number_value(double value) {
  return text_value(from_number(value));
}

MaybeValue truth(bool value) {
  return text_value(value ? "1" : "0");
}

bool is_true(const MaybeValue& value) {
  return value && value->text != "0" && value->text != "false" && !value->text.empty();
}

int compare_values(const QueryValue& left, const QueryValue& right) {
  const auto a = to_number(left.text), b = to_number(right.text);
  if (a && b) return *a < *b ? -1 : *a > *b ? 1 : 0;
  return left.text.compare(right.text) < 0 ? -1 : left.text == right.text ? 0 : 1;
}

std::string query_time(std::int64_t given) {
  constexpr std::int64_t kLast = 253402300799999;  // of the year 9999
  const std::int64_t milliseconds = std::clamp<std::int64_t>(given, 0, kLast);
  const Time time{std::chrono::milliseconds(milliseconds)};
  std::string out = iso_time(time);  // 2023-11-14T22:13:20Z
  out[10] = ' ';
  out.back() = '.';
  append_padded(out, static_cast<std::uint64_t>(milliseconds % 1000), 3);
  return out;
}

void discover_fields(std::string_view message, QueryRecord& record) {
  if (!strip(message).starts_with('{')) return;
  json::error_code error;
  const auto document = json::parse(json::string_view(message.data(), message.size()), error);
  if (!error) flatten(document, "", record);
}

}  // namespace crosslog::sandbox

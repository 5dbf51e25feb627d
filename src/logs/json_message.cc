#include "logs/json_message.h"

#include <limits>

#include "base/text.h"
#include "wire/json_repair.h"

namespace crosslog::logs {
namespace {

constexpr JsonLimits kLimits{.max_bytes = 32u << 20, .max_depth = 32};

std::unexpected<Error> not_an_answer(std::string reason) {
  return fail(Errc::protocol, "The answer is not what the operation documents", {std::move(reason)});
}

// JSON has no number for these; AWS sends the names.
std::optional<double> named_number(const std::string* name) {
  if (name == nullptr) return std::nullopt;
  if (*name == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (*name == "Infinity") return std::numeric_limits<double>::infinity();
  if (*name == "-Infinity") return -std::numeric_limits<double>::infinity();
  return std::nullopt;
}

}  // namespace

HttpRequest make_post(std::string_view operation, const Document& input, const Endpoint& endpoint) {
  HttpRequest request;
  request.method = "POST";
  request.origin = endpoint.origin;
  request.path = endpoint.path;
  request.headers = {{"content-type", "application/x-amz-json-1.1"},
                     {"x-amz-target", "Logs_20140328." + std::string(operation)}};
  request.body = write_json(input);
  request.allow_plain_http = endpoint.allow_plain_http;
  return request;
}

void set_if(Document& input, std::string_view name, const std::vector<std::string>& values) {
  if (!values.empty()) input.set(name, Document::List(values.begin(), values.end()));
}

Result<Answer> parse_answer(std::string_view body) {
  if (base::trim(body).empty()) return Answer{.object = Document(Document::Map{})};
  Answer answer;
  auto parsed = parse_json(body, kLimits);
  if (!parsed && body.size() <= kLimits.max_bytes) {
    const auto repaired = wire::repair_json(body);
    answer.repairs = repaired.repairs;
    if (answer.repairs > 0) parsed = parse_json(repaired.text, kLimits);
  }
  if (!parsed)
    return not_an_answer(parsed.error().hints.empty() ? parsed.error().message : parsed.error().hints[0]);
  answer.object = std::move(*parsed);
  return answer;
}

void Reader::refuse(std::string_view kind) {
  if (fault_.empty()) fault_ = (path_.empty() ? "The answer" : path_) + " is not " + std::string(kind) + ".";
}

Result<void> Reader::finish() const {
  if (!fault_.empty()) return not_an_answer(fault_);
  return {};
}

void Reader::element(const Document& from, std::string& value) {
  if (from.string() == nullptr) return refuse("a text");
  value = *from.string();
}

void Reader::element(const Document& from, std::int64_t& value) {
  if (from.integer() == nullptr) return refuse("an integer");
  value = *from.integer();
}

void Reader::element(const Document& from, bool& value) {
  if (from.boolean() == nullptr) return refuse("true or false");
  value = *from.boolean();
}

void Reader::element(const Document& from, double& value) {
  const auto named = named_number(from.string());
  if (from.number() != nullptr) {
    value = *from.number();
  } else if (from.integer() != nullptr) {
    value = static_cast<double>(*from.integer());
  } else if (named) {
    value = *named;
  } else {
    refuse("a number");
  }
}

void Reader::element(const Document& from, std::vector<std::pair<std::string, std::string>>& values) {
  if (from.map() == nullptr) return refuse("an object");
  for (const auto& [name, value] : *from.map()) {
    if (value.is_null()) continue;
    if (value.string() == nullptr) return refuse("a map of texts");
    values.emplace_back(name, *value.string());
  }
}

}  // namespace crosslog::logs

#include "sandbox/faults.h"

#include "sandbox/text.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

// Reads one rule; remembers the first member that is wrong.
struct RuleReader {
  const json::object& rule;
  std::string error;

  void fail(std::string_view name, std::string_view what) {
    if (error.empty()) error = "\"" + std::string(name) + "\" " + std::string(what);
  }
  std::optional<std::uint64_t> number(std::string_view name, const json::value& value) {
    if (value.is_int64() && value.get_int64() >= 0) return static_cast<std::uint64_t>(value.get_int64());
    fail(name, "must be a number from 0");
    return std::nullopt;
  }
  std::string text(std::string_view name, const json::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    fail(name, "must be a string");
    return {};
  }
  bool flag(std::string_view name, const json::value& value) {
    if (value.is_bool()) return value.get_bool();
    fail(name, "must be true or false");
    return false;
  }
};

void read_error(RuleReader& in, const json::value& value, Fault& out) {
  if (!value.is_object()) return in.fail("error", "must be an object");
  AwsError error;
  for (const auto& [name, member] : value.get_object()) {
    if (name == "code")
      error.code = in.text(name, member);
    else if (name == "message")
      error.message = in.text(name, member);
    else if (name == "form")
      error.form = in.text(name, member);
    else if (name == "status")
      error.status = static_cast<int>(in.number(name, member).value_or(400));
    else
      in.fail(name, "is no member of an error");
  }
  if (error.code.empty()) in.fail("error", "needs a code");
  out.error = std::move(error);
}

void read_headers(RuleReader& in, const json::value& value, Fault& out) {
  if (!value.is_object()) return in.fail("headers", "must be an object");
  for (const auto& [name, member] : value.get_object())
    out.headers.emplace_back(name, member.is_null() ? std::nullopt : std::optional(in.text(name, member)));
}

void read_replace(RuleReader& in, const json::value& value, Fault& out) {
  if (!value.is_object()) return in.fail("replace", "must be an object of texts and what stands for them");
  for (const auto& [from, to] : value.get_object())
    if (!from.empty()) out.replace.emplace_back(from, in.text(from, to));
}

void read_remove(RuleReader& in, const json::value& value, Fault& out) {
  if (!value.is_array()) return in.fail("remove", "must be a list of names");
  for (const auto& name : value.get_array())
    out.remove.push_back(in.text("remove", name));
}

void read_body(RuleReader& in, std::string_view name, const json::value& value, Fault& out) {
  if (name == "body") out.body = in.text(name, value);
  if (name == "body_hex") out.body = from_hex(in.text(name, value));
  if (name == "body_base64") out.body = from_base64(in.text(name, value));
  if (!out.body) in.fail(name, "cannot be decoded");
}

// The members that say how the answer travels. False: not one of them.
bool read_delivery(RuleReader& in, std::string_view name, const json::value& value, Delivery& out) {
  if (name == "delay_ms")
    out.delay = std::chrono::milliseconds(in.number(name, value).value_or(0));
  else if (name == "drip")
    out.bytes_per_second = in.number(name, value).value_or(0);
  else if (name == "cut_after")
    out.cut_after = in.number(name, value);
  else if (name == "cut_body_after")
    out.cut_body_after = in.number(name, value);
  else if (name == "reset")
    out.reset = in.flag(name, value);
  else if (name == "close")
    out.no_answer = in.flag(name, value);
  else if (name == "hang")
    out.hang = in.flag(name, value);
  else if (name == "close_after")
    out.close_after = in.flag(name, value);
  else if (name == "chunked")
    out.chunk_bytes = static_cast<std::size_t>(in.number(name, value).value_or(0));
  else if (name == "trailer")
    out.trailer = in.flag(name, value);
  else if (name == "content_length")
    out.claimed_length = in.number(name, value);
  else if (name == "huge")
    out.filler_bytes = in.number(name, value).value_or(0);
  else if (name == "endless")
    out.endless = in.flag(name, value);
  else
    return false;
  return true;
}

bool read_match(RuleReader& in, std::string_view name, const json::value& value, FaultMatch& out) {
  if (name == "service")
    out.service = in.text(name, value);
  else if (name == "operation" || name == "path")
    out.operation = in.text(name, value);
  else if (name == "method")
    out.method = in.text(name, value);
  else if (name == "skip")
    out.skip = in.number(name, value).value_or(0);
  else if (name == "count")
    out.count = in.number(name, value);
  else
    return false;
  return true;
}

void read_action(RuleReader& in, std::string_view name, const json::value& value, Fault& out) {
  if (name == "error")
    read_error(in, value, out);
  else if (name == "throttle")
    out.throttle = in.flag(name, value);
  else if (name == "body" || name == "body_hex" || name == "body_base64")
    read_body(in, name, value, out);
  else if (name == "status")
    out.status = static_cast<int>(in.number(name, value).value_or(200));
  else if (name == "headers")
    read_headers(in, value, out);
  else if (name == "replace")
    read_replace(in, value, out);
  else if (name == "merge" && value.is_object())
    out.merge = value.get_object();
  else if (name == "remove")
    read_remove(in, value, out);
  else if (name == "truncate")
    out.truncate = in.number(name, value);
  else if (name == "ascii_json")
    out.ascii_json = in.flag(name, value);
  else if (name == "expire_session")
    out.expire_session = in.flag(name, value);
  else if (name == "expire_tokens")
    out.expire_tokens = in.flag(name, value);
  else if (name == "empty_page")
    out.empty_page = in.flag(name, value);
  else if (name == "same_token")
    out.same_token = in.flag(name, value);
  else if (name == "html" && in.flag(name, value))
    out.body =
        "<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><h1>Please sign "
        "in</h1></body></html>\n",
    out.headers.emplace_back("Content-Type", "text/html");
  else if (name == "empty" && in.flag(name, value))
    out.body = "";
  else if (name == "gzip" && in.flag(name, value))
    out.headers.emplace_back("Content-Encoding", "gzip");
  else if (name == "redirect")
    out.status = out.status.value_or(302), out.body = "",
    out.headers.emplace_back("Location", in.text(name, value));
  else
    in.fail(name, "is no member of a rule");
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

void change_json(const Fault& fault, std::string& body) {
  json::error_code error;
  json::value value = json::parse(body, error);
  if (error || !value.is_object()) return;
  for (const auto& [name, member] : fault.merge)
    value.get_object()[name] = member;
  for (const auto& name : fault.remove)
    value.get_object().erase(name);
  body = json::serialize(value);
}

// Rewrites each non-ASCII character of a JSON text as an escape.
std::string ascii_only(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    auto end = i;
    while (end < text.size() && static_cast<unsigned char>(text[end]) >= 0x80)
      ++end;
    if (end == i) {
      out += text[i++];
      continue;
    }
    std::string quoted;
    append_json(quoted, text.substr(i, end - i), true);
    out.append(quoted, 1, quoted.size() - 2);
    i = end;
  }
  return out;
}

void change(const Fault& fault, Response& response) {
  if (fault.body) response.body = *fault.body;
  if (fault.status) response.status = *fault.status;
  if (!fault.merge.empty() || !fault.remove.empty()) change_json(fault, response.body);
  for (const auto& [from, to] : fault.replace)
    replace_all(response.body, from, to);
  if (fault.ascii_json) response.body = ascii_only(response.body);
  if (fault.truncate && *fault.truncate < response.body.size()) response.body.resize(*fault.truncate);
  for (const auto& [name, value] : fault.headers) {
    if (value)
      response.set(name, *value);
    else
      response.erase(name);
  }
}

}  // namespace

std::expected<std::vector<Fault>, std::string> read_faults(const json::value& script) {
  const json::array one{script};
  if (!script.is_array() && !script.is_object())
    return std::unexpected<std::string>("a fault script is a list of rules");
  std::vector<Fault> out;
  for (const auto& rule : script.is_array() ? script.get_array() : one) {
    const std::string where = "rule " + std::to_string(out.size() + 1) + ": ";
    if (!rule.is_object()) return std::unexpected(where + "must be an object");
    RuleReader in{rule.get_object(), {}};
    Fault fault;
    for (const auto& [name, value] : rule.get_object()) {
      if (!read_match(in, name, value, fault.match) && !read_delivery(in, name, value, fault.delivery))
        read_action(in, name, value, fault);
    }
    if (!in.error.empty()) return std::unexpected(where + in.error);
    out.push_back(std::move(fault));
  }
  return out;
}

void FaultScript::add(std::vector<Fault> faults) {
  for (auto& fault : faults)
    faults_.push_back(std::move(fault));
}

const Fault* FaultScript::next(std::string_view service, std::string_view operation,
                               std::string_view method) {
  const Fault* acting = nullptr;
  for (auto& fault : faults_) {
    const auto& match = fault.match;
    if (!match.service.empty() && match.service != service) continue;
    if (!match.method.empty() && match.method != method) continue;
    // Paths match by their beginning, operations by their name.
    if (!match.operation.empty() && match.operation != operation &&
        !((service == "imds" || service == "container") && operation.starts_with(match.operation)))
      continue;
    const auto number = fault.seen++;
    const bool in_turn = number >= match.skip && (!match.count || number - match.skip < *match.count);
    if (in_turn && acting == nullptr) acting = &fault;
  }
  return acting;
}

json::array FaultScript::counts() const {
  json::array out;
  for (const auto& fault : faults_)
    out.push_back(json::object{{"seen", fault.seen}});
  return out;
}

void apply_fault(const Fault* fault, Exchange& exchange) {
  if (fault == nullptr) return;
  change(*fault, exchange.response);
  exchange.delivery = fault->delivery;
}

int seen_status(const Exchange& exchange) {
  return exchange.delivery.no_answer || exchange.delivery.hang ? 0 : exchange.response.status;
}

}  // namespace crosslog::sandbox

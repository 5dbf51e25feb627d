// Operations that are a function of their parameters, and those of which only the form
// is emulated: what they answer stands in the seed.
#include <algorithm>

#include "sandbox/filter_pattern.h"
#include "sandbox/logs.h"
#include "sandbox/service_model.h"

namespace crosslog::sandbox {

namespace json = boost::json;

namespace {

// A parameter that leaves items out, and the item's member that it looks at.
struct ListFilter {
  std::string_view operation, parameter, member;
  bool prefix;
};
constexpr ListFilter kFilters[] = {
    {"DescribeMetricFilters", "logGroupName", "logGroupName", false},
    {"DescribeMetricFilters", "filterNamePrefix", "filterName", true},
    {"DescribeSubscriptionFilters", "logGroupName", "logGroupName", false},
    {"DescribeSubscriptionFilters", "filterNamePrefix", "filterName", true},
    {"DescribeQueryDefinitions", "queryDefinitionNamePrefix", "name", true},
    {"DescribeDestinations", "DestinationNamePrefix", "destinationName", true},
    {"DescribeExportTasks", "taskId", "taskId", false},
    {"DescribeAccountPolicies", "policyType", "policyType", false},
    {"DescribeAccountPolicies", "policyName", "policyName", false},
    {"DescribeLookupTables", "lookupTableNamePrefix", "lookupTableName", true},
    {"ListIntegrations", "integrationNamePrefix", "integrationName", true},
};

bool is_wanted(const LogsCall& call, const json::object& item) {
  return std::ranges::all_of(kFilters, [&](const ListFilter& filter) {
    const auto wanted = filter.operation == call.operation ? call.text(filter.parameter) : std::nullopt;
    if (!wanted) return true;
    const auto* member = item.if_contains(filter.member);
    if (member == nullptr || !member->is_string()) return false;
    const std::string_view text = member->get_string();
    return filter.prefix ? text.starts_with(*wanted) : text == *wanted;
  });
}

// The seed's list in its own order, a page at a time.
Body page_of_answer(const LogsCall& call, const json::object& answer, std::string_view list) {
  std::vector<Listed> items;
  std::size_t number = 0;
  if (const auto* given = answer.if_contains(list); given != nullptr && given->is_array())
    for (const auto& item : given->get_array()) {
      std::string key;
      append_padded(key, number++, 9);
      if (item.is_object() && is_wanted(call, item.get_object())) items.push_back({key, item.get_object()});
    }
  const std::string_view limit = call.has("maxResults") ? "maxResults" : "limit";
  return page_of(call, std::move(items), list, limit, 50);
}

bool names_a_missing_group(const LogsCall& call) {
  const auto* name = call.in.if_contains("logGroupName");
  return name != nullptr && name->is_string() &&
         call.state.world.find_group({call.caller.account(), call.region, std::string(name->get_string())}) ==
             nullptr;
}

}  // namespace

Body test_metric_filter(const LogsCall& call) {
  if (auto allowed = authorize_account(call); !allowed) return Failure(allowed.error());
  const auto pattern = FilterPattern::make(*call.text("filterPattern"));
  if (!pattern) return invalid(pattern.error());
  json::array matches;
  std::int64_t number = 0;
  for (const auto& message : call.texts("logEventMessages")) {
    ++number;
    if (!pattern->matches(message)) continue;
    json::object values;
    for (const auto& [name, value] : pattern->extracted(message))
      values[name] = value;
    matches.push_back(json::object{
        {"eventMessage", message}, {"eventNumber", number}, {"extractedValues", std::move(values)}});
  }
  return json::serialize(json::object{{"matches", std::move(matches)}});
}

Body seeded_answer(const LogsCall& call, const json::object& operation) {
  if (auto allowed = authorize_account(call); !allowed) return Failure(allowed.error());
  if (names_a_missing_group(call) && has_error(operation, "ResourceNotFoundException"))
    return not_found("The specified log group does not exist.");
  const auto* answer = call.state.world.answers.if_contains(call.operation);
  static const json::object kNothing;
  if (const auto* list = operation.if_contains("list"))
    return page_of_answer(call, answer != nullptr ? answer->get_object() : kNothing, list->get_string());
  if (answer != nullptr) return json::serialize(*answer);
  std::string_view code = "ValidationException";
  for (const std::string_view known : {"InvalidParameterException", "ResourceNotFoundException"})
    if (has_error(operation, known)) code = known;
  return Failure(AwsError{
      400,
      std::string(code),
      "crosslog-sandbox does not emulate " + call.operation + "; a seed can give its answer in \"answers\".",
      {}});
}

}  // namespace crosslog::sandbox

#include "logs/operation_table.h"

#include <array>

namespace crosslog::logs {
namespace {

using enum Shape::Type;

// AWS Security Token Service, 2011-06-15.
namespace sts {

constexpr Shape kArnType{.name = "arnType", .type = string, .min = 20};
constexpr Shape kRoleSessionNameType{.name = "roleSessionNameType", .type = string, .min = 2};
constexpr Shape kSessionPolicyType{.name = "unrestrictedSessionPolicyDocumentType", .type = string, .min = 1};
constexpr Shape kRoleDurationSecondsType{.name = "roleDurationSecondsType", .type = integer, .min = 900};
constexpr Shape kTagKeyType{.name = "tagKeyType", .type = string, .min = 1};
constexpr Shape kTagValueType{.name = "tagValueType", .type = string, .min = 0};
constexpr Shape kExternalIdType{.name = "externalIdType", .type = string, .min = 2};
constexpr Shape kSerialNumberType{.name = "serialNumberType", .type = string, .min = 9};
constexpr Shape kTokenCodeType{.name = "tokenCodeType", .type = string, .min = 6};
constexpr Shape kSourceIdentityType{.name = "sourceIdentityType", .type = string, .min = 2};
constexpr Shape kContextAssertionType{.name = "contextAssertionType", .type = string, .min = 4};
constexpr Shape kAccessKeyIdType{.name = "accessKeyIdType", .type = string, .min = 16};
constexpr Shape kAccessKeySecretType{.name = "accessKeySecretType", .type = string};
constexpr Shape kTokenType{.name = "tokenType", .type = string};
constexpr Shape kDateType{.name = "dateType", .type = timestamp};
constexpr Shape kAssumedRoleIdType{.name = "assumedRoleIdType", .type = string, .min = 2};
constexpr Shape kNonNegativeIntegerType{.name = "nonNegativeIntegerType", .type = integer, .min = 0};
constexpr Shape kUserIdType{.name = "userIdType", .type = string};
constexpr Shape kAccountType{.name = "accountType", .type = string};

constexpr std::array kPolicyDescriptorTypeMembers{ShapeMember{"arn", &kArnType}};
constexpr Shape kPolicyDescriptorType{
    .name = "PolicyDescriptorType", .type = structure, .members = kPolicyDescriptorTypeMembers};
constexpr Shape kPolicyDescriptorListType{
    .name = "policyDescriptorListType", .type = list, .element = &kPolicyDescriptorType};

constexpr std::array kTagMembers{ShapeMember{"Key", &kTagKeyType, true},
                                 ShapeMember{"Value", &kTagValueType, true}};
constexpr Shape kTag{.name = "Tag", .type = structure, .members = kTagMembers};
constexpr Shape kTagListType{.name = "tagListType", .type = list, .element = &kTag};
constexpr Shape kTagKeyListType{.name = "tagKeyListType", .type = list, .element = &kTagKeyType};

constexpr std::array kProvidedContextMembers{ShapeMember{"ProviderArn", &kArnType},
                                             ShapeMember{"ContextAssertion", &kContextAssertionType}};
constexpr Shape kProvidedContext{
    .name = "ProvidedContext", .type = structure, .members = kProvidedContextMembers};
constexpr Shape kProvidedContextsListType{
    .name = "ProvidedContextsListType", .type = list, .min = 1, .element = &kProvidedContext};

constexpr std::array kAssumeRoleRequestMembers{
    ShapeMember{"RoleArn", &kArnType, true},
    ShapeMember{"RoleSessionName", &kRoleSessionNameType, true},
    ShapeMember{"PolicyArns", &kPolicyDescriptorListType},
    ShapeMember{"Policy", &kSessionPolicyType},
    ShapeMember{"DurationSeconds", &kRoleDurationSecondsType},
    ShapeMember{"Tags", &kTagListType},
    ShapeMember{"TransitiveTagKeys", &kTagKeyListType},
    ShapeMember{"ExternalId", &kExternalIdType},
    ShapeMember{"SerialNumber", &kSerialNumberType},
    ShapeMember{"TokenCode", &kTokenCodeType},
    ShapeMember{"SourceIdentity", &kSourceIdentityType},
    ShapeMember{"ProvidedContexts", &kProvidedContextsListType},
};
constexpr Shape kAssumeRoleRequest{
    .name = "AssumeRoleRequest", .type = structure, .members = kAssumeRoleRequestMembers};

constexpr std::array kCredentialsMembers{
    ShapeMember{"AccessKeyId", &kAccessKeyIdType, true},
    ShapeMember{"SecretAccessKey", &kAccessKeySecretType, true},
    ShapeMember{"SessionToken", &kTokenType, true},
    ShapeMember{"Expiration", &kDateType, true},
};
constexpr Shape kCredentials{.name = "Credentials", .type = structure, .members = kCredentialsMembers};

constexpr std::array kAssumedRoleUserMembers{ShapeMember{"AssumedRoleId", &kAssumedRoleIdType, true},
                                             ShapeMember{"Arn", &kArnType, true}};
constexpr Shape kAssumedRoleUser{
    .name = "AssumedRoleUser", .type = structure, .members = kAssumedRoleUserMembers};

constexpr std::array kAssumeRoleResponseMembers{
    ShapeMember{"Credentials", &kCredentials},
    ShapeMember{"AssumedRoleUser", &kAssumedRoleUser},
    ShapeMember{"PackedPolicySize", &kNonNegativeIntegerType},
    ShapeMember{"SourceIdentity", &kSourceIdentityType},
};
constexpr Shape kAssumeRoleResponse{
    .name = "AssumeRoleResponse", .type = structure, .members = kAssumeRoleResponseMembers};

constexpr Shape kGetCallerIdentityRequest{.name = "GetCallerIdentityRequest", .type = structure};

constexpr std::array kGetCallerIdentityResponseMembers{ShapeMember{"UserId", &kUserIdType},
                                                       ShapeMember{"Account", &kAccountType},
                                                       ShapeMember{"Arn", &kArnType}};
constexpr Shape kGetCallerIdentityResponse{
    .name = "GetCallerIdentityResponse", .type = structure, .members = kGetCallerIdentityResponseMembers};

}  // namespace sts

// Amazon CloudWatch Logs, 2014-03-28.
namespace cloudwatch {

constexpr Shape kLogGroupName{.name = "LogGroupName", .type = string, .min = 1};
constexpr Shape kLogGroupIdentifier{.name = "LogGroupIdentifier", .type = string, .min = 1};
constexpr Shape kLogStreamName{.name = "LogStreamName", .type = string, .min = 1};
constexpr Shape kTimestamp{.name = "Timestamp", .type = long_integer, .min = 0};
constexpr Shape kNextToken{.name = "NextToken", .type = string, .min = 1};
constexpr Shape kEventsLimit{.name = "EventsLimit", .type = integer, .min = 1};
constexpr Shape kStartFromHead{.name = "StartFromHead", .type = boolean};
constexpr Shape kUnmask{.name = "Unmask", .type = boolean};
constexpr Shape kEventMessage{.name = "EventMessage", .type = string, .min = 1};

constexpr std::array kGetLogEventsRequestMembers{
    ShapeMember{"logGroupName", &kLogGroupName},
    ShapeMember{"logGroupIdentifier", &kLogGroupIdentifier},
    ShapeMember{"logStreamName", &kLogStreamName, true},
    ShapeMember{"startTime", &kTimestamp},
    ShapeMember{"endTime", &kTimestamp},
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"limit", &kEventsLimit},
    ShapeMember{"startFromHead", &kStartFromHead},
    ShapeMember{"unmask", &kUnmask},
};
constexpr Shape kGetLogEventsRequest{
    .name = "GetLogEventsRequest", .type = structure, .members = kGetLogEventsRequestMembers};

constexpr std::array kOutputLogEventMembers{ShapeMember{"timestamp", &kTimestamp},
                                            ShapeMember{"message", &kEventMessage},
                                            ShapeMember{"ingestionTime", &kTimestamp}};
constexpr Shape kOutputLogEvent{
    .name = "OutputLogEvent", .type = structure, .members = kOutputLogEventMembers};
constexpr Shape kOutputLogEvents{.name = "OutputLogEvents", .type = list, .element = &kOutputLogEvent};

constexpr std::array kGetLogEventsResponseMembers{ShapeMember{"events", &kOutputLogEvents},
                                                  ShapeMember{"nextForwardToken", &kNextToken},
                                                  ShapeMember{"nextBackwardToken", &kNextToken}};
constexpr Shape kGetLogEventsResponse{
    .name = "GetLogEventsResponse", .type = structure, .members = kGetLogEventsResponseMembers};

}  // namespace cloudwatch

constexpr std::array kOperations{
    Operation{.service = Service::sts,
              .name = "AssumeRole",
              .summary = "Temporary credentials of a role, in this or another account",
              .input = &sts::kAssumeRoleRequest,
              .output = &sts::kAssumeRoleResponse},
    Operation{.service = Service::sts,
              .name = "GetCallerIdentity",
              .summary = "Who the credentials belong to: user id, account and ARN",
              .input = &sts::kGetCallerIdentityRequest,
              .output = &sts::kGetCallerIdentityResponse},
    Operation{.service = Service::logs,
              .name = "GetLogEvents",
              .summary = "The events of one log stream, newest page first unless told otherwise",
              .input = &cloudwatch::kGetLogEventsRequest,
              .output = &cloudwatch::kGetLogEventsResponse},
};

}  // namespace

std::span<const Operation> operation_table() noexcept {
  return kOperations;
}

}  // namespace crosslog::logs

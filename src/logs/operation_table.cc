// Made by scripts/operations from the service models (botocore's, Apache-2.0): do
// not edit. Shapes come before their users; those that hold themselves are
// declared first.
#include "logs/operation_table.h"

#include <array>

// clang-format off
namespace crosslog::logs {

using enum Shape::Type;

// AWS Security Token Service, 2011-06-15.
namespace sts {

constexpr Shape kArnType{.name = "arnType", .type = string, .min = 20};
constexpr Shape kRoleSessionNameType{.name = "roleSessionNameType", .type = string, .min = 2};
constexpr std::array kPolicyDescriptorTypeMembers{
    ShapeMember{"arn", &kArnType}};
constexpr Shape kPolicyDescriptorType{.name = "PolicyDescriptorType", .type = structure, .members = kPolicyDescriptorTypeMembers};
constexpr Shape kPolicyDescriptorListType{.name = "policyDescriptorListType", .type = list, .element = &kPolicyDescriptorType};
constexpr Shape kUnrestrictedSessionPolicyDocumentType{.name = "unrestrictedSessionPolicyDocumentType", .type = string, .min = 1};
constexpr Shape kRoleDurationSecondsType{.name = "roleDurationSecondsType", .type = integer, .min = 900};
constexpr Shape kTagKeyType{.name = "tagKeyType", .type = string, .min = 1};
constexpr Shape kTagValueType{.name = "tagValueType", .type = string, .min = 0};
constexpr std::array kTagMembers{
    ShapeMember{"Key", &kTagKeyType, true},
    ShapeMember{"Value", &kTagValueType, true}};
constexpr Shape kTag{.name = "Tag", .type = structure, .members = kTagMembers};
constexpr Shape kTagListType{.name = "tagListType", .type = list, .element = &kTag};
constexpr Shape kTagKeyListType{.name = "tagKeyListType", .type = list, .element = &kTagKeyType};
constexpr Shape kExternalIdType{.name = "externalIdType", .type = string, .min = 2};
constexpr Shape kSerialNumberType{.name = "serialNumberType", .type = string, .min = 9};
constexpr Shape kTokenCodeType{.name = "tokenCodeType", .type = string, .min = 6};
constexpr Shape kSourceIdentityType{.name = "sourceIdentityType", .type = string, .min = 2};
constexpr Shape kContextAssertionType{.name = "contextAssertionType", .type = string, .min = 4};
constexpr std::array kProvidedContextMembers{
    ShapeMember{"ProviderArn", &kArnType},
    ShapeMember{"ContextAssertion", &kContextAssertionType}};
constexpr Shape kProvidedContext{.name = "ProvidedContext", .type = structure, .members = kProvidedContextMembers};
constexpr Shape kProvidedContextsListType{.name = "ProvidedContextsListType", .type = list, .min = 1, .element = &kProvidedContext};
constexpr std::array kAssumeRoleRequestMembers{
    ShapeMember{"RoleArn", &kArnType, true},
    ShapeMember{"RoleSessionName", &kRoleSessionNameType, true},
    ShapeMember{"PolicyArns", &kPolicyDescriptorListType},
    ShapeMember{"Policy", &kUnrestrictedSessionPolicyDocumentType},
    ShapeMember{"DurationSeconds", &kRoleDurationSecondsType},
    ShapeMember{"Tags", &kTagListType},
    ShapeMember{"TransitiveTagKeys", &kTagKeyListType},
    ShapeMember{"ExternalId", &kExternalIdType},
    ShapeMember{"SerialNumber", &kSerialNumberType},
    ShapeMember{"TokenCode", &kTokenCodeType},
    ShapeMember{"SourceIdentity", &kSourceIdentityType},
    ShapeMember{"ProvidedContexts", &kProvidedContextsListType}};
constexpr Shape kAssumeRoleRequest{.name = "AssumeRoleRequest", .type = structure, .members = kAssumeRoleRequestMembers};
constexpr Shape kAccessKeyIdType{.name = "accessKeyIdType", .type = string, .min = 16};
constexpr Shape kAccessKeySecretType{.name = "accessKeySecretType", .type = string};
constexpr Shape kTokenType{.name = "tokenType", .type = string};
constexpr Shape kDateType{.name = "dateType", .type = timestamp};
constexpr std::array kCredentialsMembers{
    ShapeMember{"AccessKeyId", &kAccessKeyIdType, true},
    ShapeMember{"SecretAccessKey", &kAccessKeySecretType, true},
    ShapeMember{"SessionToken", &kTokenType, true},
    ShapeMember{"Expiration", &kDateType, true}};
constexpr Shape kCredentials{.name = "Credentials", .type = structure, .members = kCredentialsMembers};
constexpr Shape kAssumedRoleIdType{.name = "assumedRoleIdType", .type = string, .min = 2};
constexpr std::array kAssumedRoleUserMembers{
    ShapeMember{"AssumedRoleId", &kAssumedRoleIdType, true},
    ShapeMember{"Arn", &kArnType, true}};
constexpr Shape kAssumedRoleUser{.name = "AssumedRoleUser", .type = structure, .members = kAssumedRoleUserMembers};
constexpr Shape kNonNegativeIntegerType{.name = "nonNegativeIntegerType", .type = integer, .min = 0};
constexpr std::array kAssumeRoleResponseMembers{
    ShapeMember{"Credentials", &kCredentials},
    ShapeMember{"AssumedRoleUser", &kAssumedRoleUser},
    ShapeMember{"PackedPolicySize", &kNonNegativeIntegerType},
    ShapeMember{"SourceIdentity", &kSourceIdentityType}};
constexpr Shape kAssumeRoleResponse{.name = "AssumeRoleResponse", .type = structure, .members = kAssumeRoleResponseMembers};
constexpr Shape kGetCallerIdentityRequest{.name = "GetCallerIdentityRequest", .type = structure};
constexpr Shape kUserIdType{.name = "userIdType", .type = string};
constexpr Shape kAccountType{.name = "accountType", .type = string};
constexpr std::array kGetCallerIdentityResponseMembers{
    ShapeMember{"UserId", &kUserIdType},
    ShapeMember{"Account", &kAccountType},
    ShapeMember{"Arn", &kArnType}};
constexpr Shape kGetCallerIdentityResponse{.name = "GetCallerIdentityResponse", .type = structure, .members = kGetCallerIdentityResponseMembers};

}  // namespace sts

// Amazon CloudWatch Logs, 2014-03-28.
namespace cloudwatch_logs {

extern const Shape kLogFieldType;
extern const Shape kLogFieldsList;
constexpr std::array kPolicyTypeValues{
    std::string_view("DATA_PROTECTION_POLICY"),
    std::string_view("SUBSCRIPTION_FILTER_POLICY"),
    std::string_view("FIELD_INDEX_POLICY"),
    std::string_view("TRANSFORMER_POLICY"),
    std::string_view("METRIC_EXTRACTION_POLICY")};
constexpr Shape kPolicyType{.name = "PolicyType", .type = string, .values = kPolicyTypeValues};
constexpr Shape kPolicyName{.name = "PolicyName", .type = string};
constexpr Shape kAccountId{.name = "AccountId", .type = string, .min = 12};
constexpr Shape kAccountIds{.name = "AccountIds", .type = list, .min = 0, .element = &kAccountId};
constexpr Shape kNextToken{.name = "NextToken", .type = string, .min = 1};
constexpr std::array kDescribeAccountPoliciesRequestMembers{
    ShapeMember{"policyType", &kPolicyType, true},
    ShapeMember{"policyName", &kPolicyName},
    ShapeMember{"accountIdentifiers", &kAccountIds},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeAccountPoliciesRequest{.name = "DescribeAccountPoliciesRequest", .type = structure, .members = kDescribeAccountPoliciesRequestMembers};
constexpr Shape kAccountPolicyDocument{.name = "AccountPolicyDocument", .type = string};
constexpr Shape kTimestamp{.name = "Timestamp", .type = long_integer, .min = 0};
constexpr std::array kScopeValues{
    std::string_view("ALL")};
constexpr Shape kScope{.name = "Scope", .type = string, .values = kScopeValues};
constexpr Shape kSelectionCriteria{.name = "SelectionCriteria", .type = string};
constexpr std::array kAccountPolicyMembers{
    ShapeMember{"policyName", &kPolicyName},
    ShapeMember{"policyDocument", &kAccountPolicyDocument},
    ShapeMember{"lastUpdatedTime", &kTimestamp},
    ShapeMember{"policyType", &kPolicyType},
    ShapeMember{"scope", &kScope},
    ShapeMember{"selectionCriteria", &kSelectionCriteria},
    ShapeMember{"accountId", &kAccountId}};
constexpr Shape kAccountPolicy{.name = "AccountPolicy", .type = structure, .members = kAccountPolicyMembers};
constexpr Shape kAccountPolicies{.name = "AccountPolicies", .type = list, .element = &kAccountPolicy};
constexpr std::array kDescribeAccountPoliciesResponseMembers{
    ShapeMember{"accountPolicies", &kAccountPolicies},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeAccountPoliciesResponse{.name = "DescribeAccountPoliciesResponse", .type = structure, .members = kDescribeAccountPoliciesResponseMembers};
constexpr Shape kService{.name = "Service", .type = string, .min = 1};
constexpr Shape kLogType{.name = "LogType", .type = string, .min = 1};
constexpr Shape kLogTypes{.name = "LogTypes", .type = list, .min = 1, .element = &kLogType};
constexpr Shape kResourceType{.name = "ResourceType", .type = string, .min = 1};
constexpr Shape kResourceTypes{.name = "ResourceTypes", .type = list, .min = 1, .element = &kResourceType};
constexpr std::array kDeliveryDestinationTypeValues{
    std::string_view("S3"),
    std::string_view("CWL"),
    std::string_view("FH"),
    std::string_view("XRAY")};
constexpr Shape kDeliveryDestinationType{.name = "DeliveryDestinationType", .type = string, .values = kDeliveryDestinationTypeValues};
constexpr Shape kDeliveryDestinationTypes{.name = "DeliveryDestinationTypes", .type = list, .min = 1, .element = &kDeliveryDestinationType};
constexpr Shape kDescribeLimit{.name = "DescribeLimit", .type = integer, .min = 1};
constexpr std::array kDescribeConfigurationTemplatesRequestMembers{
    ShapeMember{"service", &kService},
    ShapeMember{"logTypes", &kLogTypes},
    ShapeMember{"resourceTypes", &kResourceTypes},
    ShapeMember{"deliveryDestinationTypes", &kDeliveryDestinationTypes},
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"limit", &kDescribeLimit}};
constexpr Shape kDescribeConfigurationTemplatesRequest{.name = "DescribeConfigurationTemplatesRequest", .type = structure, .members = kDescribeConfigurationTemplatesRequestMembers};
constexpr Shape kFieldHeader{.name = "FieldHeader", .type = string, .min = 1};
constexpr Shape kRecordFields{.name = "RecordFields", .type = list, .min = 0, .element = &kFieldHeader};
constexpr Shape kFieldDelimiter{.name = "FieldDelimiter", .type = string, .min = 0};
constexpr Shape kDeliverySuffixPath{.name = "DeliverySuffixPath", .type = string, .min = 1};
constexpr Shape kBoolean{.name = "Boolean", .type = boolean};
constexpr std::array kS3DeliveryConfigurationMembers{
    ShapeMember{"suffixPath", &kDeliverySuffixPath},
    ShapeMember{"enableHiveCompatiblePath", &kBoolean}};
constexpr Shape kS3DeliveryConfiguration{.name = "S3DeliveryConfiguration", .type = structure, .members = kS3DeliveryConfigurationMembers};
constexpr std::array kConfigurationTemplateDeliveryConfigValuesMembers{
    ShapeMember{"recordFields", &kRecordFields},
    ShapeMember{"fieldDelimiter", &kFieldDelimiter},
    ShapeMember{"s3DeliveryConfiguration", &kS3DeliveryConfiguration}};
constexpr Shape kConfigurationTemplateDeliveryConfigValues{.name = "ConfigurationTemplateDeliveryConfigValues", .type = structure, .members = kConfigurationTemplateDeliveryConfigValuesMembers};
constexpr std::array kRecordFieldMembers{
    ShapeMember{"name", &kFieldHeader},
    ShapeMember{"mandatory", &kBoolean}};
constexpr Shape kRecordField{.name = "RecordField", .type = structure, .members = kRecordFieldMembers};
constexpr Shape kAllowedFields{.name = "AllowedFields", .type = list, .element = &kRecordField};
constexpr std::array kOutputFormatValues{
    std::string_view("json"),
    std::string_view("plain"),
    std::string_view("w3c"),
    std::string_view("raw"),
    std::string_view("parquet")};
constexpr Shape kOutputFormat{.name = "OutputFormat", .type = string, .values = kOutputFormatValues};
constexpr Shape kOutputFormats{.name = "OutputFormats", .type = list, .element = &kOutputFormat};
constexpr Shape kAllowedActionForAllowVendedLogsDeliveryForResource{.name = "AllowedActionForAllowVendedLogsDeliveryForResource", .type = string};
constexpr Shape kAllowedFieldDelimiters{.name = "AllowedFieldDelimiters", .type = list, .element = &kFieldDelimiter};
constexpr Shape kDeliverySourceConfigurationSchemaField{.name = "DeliverySourceConfigurationSchemaField", .type = string, .min = 1};
constexpr std::array kDeliverySourceConfigurationSchemaValueTypeValues{
    std::string_view("string"),
    std::string_view("boolean"),
    std::string_view("int"),
    std::string_view("double"),
    std::string_view("long")};
constexpr Shape kDeliverySourceConfigurationSchemaValueType{.name = "DeliverySourceConfigurationSchemaValueType", .type = string, .values = kDeliverySourceConfigurationSchemaValueTypeValues};
constexpr Shape kDeliverySourceConfigurationSupportedValues{.name = "DeliverySourceConfigurationSupportedValues", .type = list, .element = &kDeliverySourceConfigurationSchemaField};
constexpr Shape kDeliverySourceConfigurationNumericValue{.name = "DeliverySourceConfigurationNumericValue", .type = floating};
constexpr std::array kDeliverySourceConfigurationSchemaMembers{
    ShapeMember{"keyName", &kDeliverySourceConfigurationSchemaField, true},
    ShapeMember{"valueType", &kDeliverySourceConfigurationSchemaValueType, true},
    ShapeMember{"defaultValue", &kDeliverySourceConfigurationSchemaField, true},
    ShapeMember{"supportedValues", &kDeliverySourceConfigurationSupportedValues},
    ShapeMember{"minValue", &kDeliverySourceConfigurationNumericValue},
    ShapeMember{"maxValue", &kDeliverySourceConfigurationNumericValue}};
constexpr Shape kDeliverySourceConfigurationSchema{.name = "DeliverySourceConfigurationSchema", .type = structure, .members = kDeliverySourceConfigurationSchemaMembers};
constexpr Shape kDeliverySourceConfigurationSchemas{.name = "DeliverySourceConfigurationSchemas", .type = list, .element = &kDeliverySourceConfigurationSchema};
constexpr Shape kS3TablesDatasourceName{.name = "S3TablesDatasourceName", .type = string, .min = 1};
constexpr Shape kS3TablesDatasourceType{.name = "S3TablesDatasourceType", .type = string, .min = 1};
constexpr std::array kS3TablesIntegrationMembers{
    ShapeMember{"datasourceName", &kS3TablesDatasourceName},
    ShapeMember{"datasourceType", &kS3TablesDatasourceType}};
constexpr Shape kS3TablesIntegration{.name = "S3TablesIntegration", .type = structure, .members = kS3TablesIntegrationMembers};
constexpr std::array kConfigurationTemplateMembers{
    ShapeMember{"service", &kService},
    ShapeMember{"logType", &kLogType},
    ShapeMember{"resourceType", &kResourceType},
    ShapeMember{"deliveryDestinationType", &kDeliveryDestinationType},
    ShapeMember{"defaultDeliveryConfigValues", &kConfigurationTemplateDeliveryConfigValues},
    ShapeMember{"allowedFields", &kAllowedFields},
    ShapeMember{"allowedOutputFormats", &kOutputFormats},
    ShapeMember{"allowedActionForAllowVendedLogsDeliveryForResource", &kAllowedActionForAllowVendedLogsDeliveryForResource},
    ShapeMember{"allowedFieldDelimiters", &kAllowedFieldDelimiters},
    ShapeMember{"allowedSuffixPathFields", &kRecordFields},
    ShapeMember{"deliverySourceConfiguration", &kDeliverySourceConfigurationSchemas},
    ShapeMember{"s3TablesIntegration", &kS3TablesIntegration}};
constexpr Shape kConfigurationTemplate{.name = "ConfigurationTemplate", .type = structure, .members = kConfigurationTemplateMembers};
constexpr Shape kConfigurationTemplates{.name = "ConfigurationTemplates", .type = list, .element = &kConfigurationTemplate};
constexpr std::array kDescribeConfigurationTemplatesResponseMembers{
    ShapeMember{"configurationTemplates", &kConfigurationTemplates},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeConfigurationTemplatesResponse{.name = "DescribeConfigurationTemplatesResponse", .type = structure, .members = kDescribeConfigurationTemplatesResponseMembers};
constexpr std::array kDescribeDeliveriesRequestMembers{
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"limit", &kDescribeLimit}};
constexpr Shape kDescribeDeliveriesRequest{.name = "DescribeDeliveriesRequest", .type = structure, .members = kDescribeDeliveriesRequestMembers};
constexpr Shape kDeliveryId{.name = "DeliveryId", .type = string, .min = 1};
constexpr Shape kArn{.name = "Arn", .type = string};
constexpr Shape kDeliverySourceName{.name = "DeliverySourceName", .type = string, .min = 1};
constexpr Shape kTagValue{.name = "TagValue", .type = string};
constexpr Shape kTags{.name = "Tags", .type = map, .min = 1, .element = &kTagValue};
constexpr std::array kDeliveryMembers{
    ShapeMember{"id", &kDeliveryId},
    ShapeMember{"arn", &kArn},
    ShapeMember{"deliverySourceName", &kDeliverySourceName},
    ShapeMember{"deliveryDestinationArn", &kArn},
    ShapeMember{"deliveryDestinationType", &kDeliveryDestinationType},
    ShapeMember{"recordFields", &kRecordFields},
    ShapeMember{"fieldDelimiter", &kFieldDelimiter},
    ShapeMember{"s3DeliveryConfiguration", &kS3DeliveryConfiguration},
    ShapeMember{"tags", &kTags}};
constexpr Shape kDelivery{.name = "Delivery", .type = structure, .members = kDeliveryMembers};
constexpr Shape kDeliveries{.name = "Deliveries", .type = list, .element = &kDelivery};
constexpr std::array kDescribeDeliveriesResponseMembers{
    ShapeMember{"deliveries", &kDeliveries},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeDeliveriesResponse{.name = "DescribeDeliveriesResponse", .type = structure, .members = kDescribeDeliveriesResponseMembers};
constexpr std::array kDescribeDeliveryDestinationsRequestMembers{
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"limit", &kDescribeLimit}};
constexpr Shape kDescribeDeliveryDestinationsRequest{.name = "DescribeDeliveryDestinationsRequest", .type = structure, .members = kDescribeDeliveryDestinationsRequestMembers};
constexpr Shape kDeliveryDestinationName{.name = "DeliveryDestinationName", .type = string, .min = 1};
constexpr std::array kDeliveryDestinationConfigurationMembers{
    ShapeMember{"destinationResourceArn", &kArn, true}};
constexpr Shape kDeliveryDestinationConfiguration{.name = "DeliveryDestinationConfiguration", .type = structure, .members = kDeliveryDestinationConfigurationMembers};
constexpr std::array kDeliveryDestinationMembers{
    ShapeMember{"name", &kDeliveryDestinationName},
    ShapeMember{"arn", &kArn},
    ShapeMember{"deliveryDestinationType", &kDeliveryDestinationType},
    ShapeMember{"outputFormat", &kOutputFormat},
    ShapeMember{"deliveryDestinationConfiguration", &kDeliveryDestinationConfiguration},
    ShapeMember{"tags", &kTags}};
constexpr Shape kDeliveryDestination{.name = "DeliveryDestination", .type = structure, .members = kDeliveryDestinationMembers};
constexpr Shape kDeliveryDestinations{.name = "DeliveryDestinations", .type = list, .element = &kDeliveryDestination};
constexpr std::array kDescribeDeliveryDestinationsResponseMembers{
    ShapeMember{"deliveryDestinations", &kDeliveryDestinations},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeDeliveryDestinationsResponse{.name = "DescribeDeliveryDestinationsResponse", .type = structure, .members = kDescribeDeliveryDestinationsResponseMembers};
constexpr std::array kDescribeDeliverySourcesRequestMembers{
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"limit", &kDescribeLimit}};
constexpr Shape kDescribeDeliverySourcesRequest{.name = "DescribeDeliverySourcesRequest", .type = structure, .members = kDescribeDeliverySourcesRequestMembers};
constexpr Shape kResourceArns{.name = "ResourceArns", .type = list, .element = &kArn};
constexpr Shape kDeliverySourceConfigurationValue{.name = "DeliverySourceConfigurationValue", .type = string, .min = 1};
constexpr Shape kDeliverySourceConfiguration{.name = "DeliverySourceConfiguration", .type = map, .element = &kDeliverySourceConfigurationValue};
constexpr std::array kDeliverySourceStatusValues{
    std::string_view("ACTIVE"),
    std::string_view("INACTIVE")};
constexpr Shape kDeliverySourceStatus{.name = "DeliverySourceStatus", .type = string, .values = kDeliverySourceStatusValues};
constexpr std::array kDeliverySourceStatusReasonValues{
    std::string_view("RESOURCE_DELETED")};
constexpr Shape kDeliverySourceStatusReason{.name = "DeliverySourceStatusReason", .type = string, .values = kDeliverySourceStatusReasonValues};
constexpr std::array kDeliverySourceMembers{
    ShapeMember{"name", &kDeliverySourceName},
    ShapeMember{"arn", &kArn},
    ShapeMember{"resourceArns", &kResourceArns},
    ShapeMember{"service", &kService},
    ShapeMember{"logType", &kLogType},
    ShapeMember{"tags", &kTags},
    ShapeMember{"deliverySourceConfiguration", &kDeliverySourceConfiguration},
    ShapeMember{"status", &kDeliverySourceStatus},
    ShapeMember{"statusReason", &kDeliverySourceStatusReason}};
constexpr Shape kDeliverySource{.name = "DeliverySource", .type = structure, .members = kDeliverySourceMembers};
constexpr Shape kDeliverySources{.name = "DeliverySources", .type = list, .element = &kDeliverySource};
constexpr std::array kDescribeDeliverySourcesResponseMembers{
    ShapeMember{"deliverySources", &kDeliverySources},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeDeliverySourcesResponse{.name = "DescribeDeliverySourcesResponse", .type = structure, .members = kDescribeDeliverySourcesResponseMembers};
constexpr Shape kDestinationName{.name = "DestinationName", .type = string, .min = 1};
constexpr std::array kDescribeDestinationsRequestMembers{
    ShapeMember{"DestinationNamePrefix", &kDestinationName},
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"limit", &kDescribeLimit}};
constexpr Shape kDescribeDestinationsRequest{.name = "DescribeDestinationsRequest", .type = structure, .members = kDescribeDestinationsRequestMembers};
constexpr Shape kTargetArn{.name = "TargetArn", .type = string, .min = 1};
constexpr Shape kRoleArn{.name = "RoleArn", .type = string, .min = 1};
constexpr Shape kAccessPolicy{.name = "AccessPolicy", .type = string, .min = 1};
constexpr std::array kDestinationMembers{
    ShapeMember{"destinationName", &kDestinationName},
    ShapeMember{"targetArn", &kTargetArn},
    ShapeMember{"roleArn", &kRoleArn},
    ShapeMember{"accessPolicy", &kAccessPolicy},
    ShapeMember{"arn", &kArn},
    ShapeMember{"creationTime", &kTimestamp}};
constexpr Shape kDestination{.name = "Destination", .type = structure, .members = kDestinationMembers};
constexpr Shape kDestinations{.name = "Destinations", .type = list, .element = &kDestination};
constexpr std::array kDescribeDestinationsResponseMembers{
    ShapeMember{"destinations", &kDestinations},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeDestinationsResponse{.name = "DescribeDestinationsResponse", .type = structure, .members = kDescribeDestinationsResponseMembers};
constexpr Shape kExportTaskId{.name = "ExportTaskId", .type = string, .min = 1};
constexpr std::array kExportTaskStatusCodeValues{
    std::string_view("CANCELLED"),
    std::string_view("COMPLETED"),
    std::string_view("FAILED"),
    std::string_view("PENDING"),
    std::string_view("PENDING_CANCEL"),
    std::string_view("RUNNING")};
constexpr Shape kExportTaskStatusCode{.name = "ExportTaskStatusCode", .type = string, .values = kExportTaskStatusCodeValues};
constexpr std::array kDescribeExportTasksRequestMembers{
    ShapeMember{"taskId", &kExportTaskId},
    ShapeMember{"statusCode", &kExportTaskStatusCode},
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"limit", &kDescribeLimit}};
constexpr Shape kDescribeExportTasksRequest{.name = "DescribeExportTasksRequest", .type = structure, .members = kDescribeExportTasksRequestMembers};
constexpr Shape kExportTaskName{.name = "ExportTaskName", .type = string, .min = 1};
constexpr Shape kLogGroupName{.name = "LogGroupName", .type = string, .min = 1};
constexpr Shape kExportDestinationBucket{.name = "ExportDestinationBucket", .type = string, .min = 1};
constexpr Shape kExportDestinationPrefix{.name = "ExportDestinationPrefix", .type = string};
constexpr Shape kExportTaskStatusMessage{.name = "ExportTaskStatusMessage", .type = string};
constexpr std::array kExportTaskStatusMembers{
    ShapeMember{"code", &kExportTaskStatusCode},
    ShapeMember{"message", &kExportTaskStatusMessage}};
constexpr Shape kExportTaskStatus{.name = "ExportTaskStatus", .type = structure, .members = kExportTaskStatusMembers};
constexpr std::array kExportTaskExecutionInfoMembers{
    ShapeMember{"creationTime", &kTimestamp},
    ShapeMember{"completionTime", &kTimestamp}};
constexpr Shape kExportTaskExecutionInfo{.name = "ExportTaskExecutionInfo", .type = structure, .members = kExportTaskExecutionInfoMembers};
constexpr std::array kExportTaskMembers{
    ShapeMember{"taskId", &kExportTaskId},
    ShapeMember{"taskName", &kExportTaskName},
    ShapeMember{"logGroupName", &kLogGroupName},
    ShapeMember{"from", &kTimestamp},
    ShapeMember{"to", &kTimestamp},
    ShapeMember{"destination", &kExportDestinationBucket},
    ShapeMember{"destinationPrefix", &kExportDestinationPrefix},
    ShapeMember{"status", &kExportTaskStatus},
    ShapeMember{"executionInfo", &kExportTaskExecutionInfo}};
constexpr Shape kExportTask{.name = "ExportTask", .type = structure, .members = kExportTaskMembers};
constexpr Shape kExportTasks{.name = "ExportTasks", .type = list, .element = &kExportTask};
constexpr std::array kDescribeExportTasksResponseMembers{
    ShapeMember{"exportTasks", &kExportTasks},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeExportTasksResponse{.name = "DescribeExportTasksResponse", .type = structure, .members = kDescribeExportTasksResponseMembers};
constexpr Shape kLogGroupIdentifier{.name = "LogGroupIdentifier", .type = string, .min = 1};
constexpr Shape kDescribeFieldIndexesLogGroupIdentifiers{.name = "DescribeFieldIndexesLogGroupIdentifiers", .type = list, .min = 1, .element = &kLogGroupIdentifier};
constexpr std::array kIndexCategoryValues{
    std::string_view("DEFAULT"),
    std::string_view("CUSTOM"),
    std::string_view("AUTO"),
    std::string_view("INACTIVE")};
constexpr Shape kIndexCategory{.name = "IndexCategory", .type = string, .values = kIndexCategoryValues};
constexpr Shape kIndexCategories{.name = "IndexCategories", .type = list, .element = &kIndexCategory};
constexpr std::array kDescribeFieldIndexesRequestMembers{
    ShapeMember{"logGroupIdentifiers", &kDescribeFieldIndexesLogGroupIdentifiers, true},
    ShapeMember{"indexCategories", &kIndexCategories},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeFieldIndexesRequest{.name = "DescribeFieldIndexesRequest", .type = structure, .members = kDescribeFieldIndexesRequestMembers};
constexpr Shape kFieldIndexName{.name = "FieldIndexName", .type = string, .min = 1};
constexpr std::array kIndexTypeValues{
    std::string_view("FACET"),
    std::string_view("FIELD_INDEX")};
constexpr Shape kIndexType{.name = "IndexType", .type = string, .values = kIndexTypeValues};
constexpr std::array kFieldIndexMembers{
    ShapeMember{"logGroupIdentifier", &kLogGroupIdentifier},
    ShapeMember{"fieldIndexName", &kFieldIndexName},
    ShapeMember{"lastScanTime", &kTimestamp},
    ShapeMember{"firstEventTime", &kTimestamp},
    ShapeMember{"lastEventTime", &kTimestamp},
    ShapeMember{"type", &kIndexType},
    ShapeMember{"indexCategory", &kIndexCategory}};
constexpr Shape kFieldIndex{.name = "FieldIndex", .type = structure, .members = kFieldIndexMembers};
constexpr Shape kFieldIndexes{.name = "FieldIndexes", .type = list, .element = &kFieldIndex};
constexpr std::array kDescribeFieldIndexesResponseMembers{
    ShapeMember{"fieldIndexes", &kFieldIndexes},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeFieldIndexesResponse{.name = "DescribeFieldIndexesResponse", .type = structure, .members = kDescribeFieldIndexesResponseMembers};
constexpr Shape kImportId{.name = "ImportId", .type = string, .min = 1};
constexpr std::array kImportStatusValues{
    std::string_view("IN_PROGRESS"),
    std::string_view("CANCELLED"),
    std::string_view("COMPLETED"),
    std::string_view("FAILED")};
constexpr Shape kImportStatus{.name = "ImportStatus", .type = string, .values = kImportStatusValues};
constexpr Shape kImportStatusList{.name = "ImportStatusList", .type = list, .element = &kImportStatus};
constexpr std::array kDescribeImportTaskBatchesRequestMembers{
    ShapeMember{"importId", &kImportId, true},
    ShapeMember{"batchImportStatus", &kImportStatusList},
    ShapeMember{"limit", &kDescribeLimit},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeImportTaskBatchesRequest{.name = "DescribeImportTaskBatchesRequest", .type = structure, .members = kDescribeImportTaskBatchesRequestMembers};
constexpr Shape kBatchId{.name = "BatchId", .type = string, .min = 1};
constexpr Shape kErrorMessage{.name = "ErrorMessage", .type = string};
constexpr std::array kImportBatchMembers{
    ShapeMember{"batchId", &kBatchId, true},
    ShapeMember{"status", &kImportStatus, true},
    ShapeMember{"errorMessage", &kErrorMessage}};
constexpr Shape kImportBatch{.name = "ImportBatch", .type = structure, .members = kImportBatchMembers};
constexpr Shape kImportBatchList{.name = "ImportBatchList", .type = list, .element = &kImportBatch};
constexpr std::array kDescribeImportTaskBatchesResponseMembers{
    ShapeMember{"importSourceArn", &kArn},
    ShapeMember{"importId", &kImportId},
    ShapeMember{"importBatches", &kImportBatchList},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeImportTaskBatchesResponse{.name = "DescribeImportTaskBatchesResponse", .type = structure, .members = kDescribeImportTaskBatchesResponseMembers};
constexpr std::array kDescribeImportTasksRequestMembers{
    ShapeMember{"importId", &kImportId},
    ShapeMember{"importStatus", &kImportStatus},
    ShapeMember{"importSourceArn", &kArn},
    ShapeMember{"limit", &kDescribeLimit},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeImportTasksRequest{.name = "DescribeImportTasksRequest", .type = structure, .members = kDescribeImportTasksRequestMembers};
constexpr Shape kStoredBytes{.name = "StoredBytes", .type = long_integer, .min = 0};
constexpr std::array kImportStatisticsMembers{
    ShapeMember{"bytesImported", &kStoredBytes}};
constexpr Shape kImportStatistics{.name = "ImportStatistics", .type = structure, .members = kImportStatisticsMembers};
constexpr std::array kImportFilterMembers{
    ShapeMember{"startEventTime", &kTimestamp},
    ShapeMember{"endEventTime", &kTimestamp}};
constexpr Shape kImportFilter{.name = "ImportFilter", .type = structure, .members = kImportFilterMembers};
constexpr std::array kImportMembers{
    ShapeMember{"importId", &kImportId},
    ShapeMember{"importSourceArn", &kArn},
    ShapeMember{"importStatus", &kImportStatus},
    ShapeMember{"importDestinationArn", &kArn},
    ShapeMember{"importStatistics", &kImportStatistics},
    ShapeMember{"importFilter", &kImportFilter},
    ShapeMember{"creationTime", &kTimestamp},
    ShapeMember{"lastUpdatedTime", &kTimestamp},
    ShapeMember{"errorMessage", &kErrorMessage}};
constexpr Shape kImport{.name = "Import", .type = structure, .members = kImportMembers};
constexpr Shape kImportList{.name = "ImportList", .type = list, .element = &kImport};
constexpr std::array kDescribeImportTasksResponseMembers{
    ShapeMember{"imports", &kImportList},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeImportTasksResponse{.name = "DescribeImportTasksResponse", .type = structure, .members = kDescribeImportTasksResponseMembers};
constexpr Shape kDescribeIndexPoliciesLogGroupIdentifiers{.name = "DescribeIndexPoliciesLogGroupIdentifiers", .type = list, .min = 1, .element = &kLogGroupIdentifier};
constexpr std::array kDescribeIndexPoliciesRequestMembers{
    ShapeMember{"logGroupIdentifiers", &kDescribeIndexPoliciesLogGroupIdentifiers, true},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeIndexPoliciesRequest{.name = "DescribeIndexPoliciesRequest", .type = structure, .members = kDescribeIndexPoliciesRequestMembers};
constexpr Shape kPolicyDocument{.name = "PolicyDocument", .type = string, .min = 1};
constexpr std::array kIndexSourceValues{
    std::string_view("ACCOUNT"),
    std::string_view("LOG_GROUP")};
constexpr Shape kIndexSource{.name = "IndexSource", .type = string, .values = kIndexSourceValues};
constexpr std::array kIndexPolicyMembers{
    ShapeMember{"logGroupIdentifier", &kLogGroupIdentifier},
    ShapeMember{"lastUpdateTime", &kTimestamp},
    ShapeMember{"policyDocument", &kPolicyDocument},
    ShapeMember{"policyName", &kPolicyName},
    ShapeMember{"source", &kIndexSource}};
constexpr Shape kIndexPolicy{.name = "IndexPolicy", .type = structure, .members = kIndexPolicyMembers};
constexpr Shape kIndexPolicies{.name = "IndexPolicies", .type = list, .element = &kIndexPolicy};
constexpr std::array kDescribeIndexPoliciesResponseMembers{
    ShapeMember{"indexPolicies", &kIndexPolicies},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeIndexPoliciesResponse{.name = "DescribeIndexPoliciesResponse", .type = structure, .members = kDescribeIndexPoliciesResponseMembers};
constexpr Shape kLogGroupNamePattern{.name = "LogGroupNamePattern", .type = string, .min = 0};
constexpr Shape kIncludeLinkedAccounts{.name = "IncludeLinkedAccounts", .type = boolean};
constexpr std::array kLogGroupClassValues{
    std::string_view("STANDARD"),
    std::string_view("INFREQUENT_ACCESS"),
    std::string_view("DELIVERY")};
constexpr Shape kLogGroupClass{.name = "LogGroupClass", .type = string, .values = kLogGroupClassValues};
constexpr Shape kDescribeLogGroupsLogGroupIdentifiers{.name = "DescribeLogGroupsLogGroupIdentifiers", .type = list, .min = 1, .element = &kLogGroupIdentifier};
constexpr std::array kDescribeLogGroupsRequestMembers{
    ShapeMember{"accountIdentifiers", &kAccountIds},
    ShapeMember{"logGroupNamePrefix", &kLogGroupName},
    ShapeMember{"logGroupNamePattern", &kLogGroupNamePattern},
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"limit", &kDescribeLimit},
    ShapeMember{"includeLinkedAccounts", &kIncludeLinkedAccounts},
    ShapeMember{"logGroupClass", &kLogGroupClass},
    ShapeMember{"logGroupIdentifiers", &kDescribeLogGroupsLogGroupIdentifiers}};
constexpr Shape kDescribeLogGroupsRequest{.name = "DescribeLogGroupsRequest", .type = structure, .members = kDescribeLogGroupsRequestMembers};
constexpr Shape kDays{.name = "Days", .type = integer};
constexpr Shape kFilterCount{.name = "FilterCount", .type = integer};
constexpr Shape kKmsKeyId{.name = "KmsKeyId", .type = string};
constexpr std::array kDataProtectionStatusValues{
    std::string_view("ACTIVATED"),
    std::string_view("DELETED"),
    std::string_view("ARCHIVED"),
    std::string_view("DISABLED")};
constexpr Shape kDataProtectionStatus{.name = "DataProtectionStatus", .type = string, .values = kDataProtectionStatusValues};
constexpr std::array kInheritedPropertyValues{
    std::string_view("ACCOUNT_DATA_PROTECTION")};
constexpr Shape kInheritedProperty{.name = "InheritedProperty", .type = string, .values = kInheritedPropertyValues};
constexpr Shape kInheritedProperties{.name = "InheritedProperties", .type = list, .element = &kInheritedProperty};
constexpr Shape kDeletionProtectionEnabled{.name = "DeletionProtectionEnabled", .type = boolean};
constexpr Shape kBearerTokenAuthenticationEnabled{.name = "BearerTokenAuthenticationEnabled", .type = boolean};
constexpr std::array kLogGroupMembers{
    ShapeMember{"logGroupName", &kLogGroupName},
    ShapeMember{"creationTime", &kTimestamp},
    ShapeMember{"retentionInDays", &kDays},
    ShapeMember{"metricFilterCount", &kFilterCount},
    ShapeMember{"arn", &kArn},
    ShapeMember{"storedBytes", &kStoredBytes},
    ShapeMember{"kmsKeyId", &kKmsKeyId},
    ShapeMember{"dataProtectionStatus", &kDataProtectionStatus},
    ShapeMember{"inheritedProperties", &kInheritedProperties},
    ShapeMember{"logGroupClass", &kLogGroupClass},
    ShapeMember{"logGroupArn", &kArn},
    ShapeMember{"deletionProtectionEnabled", &kDeletionProtectionEnabled},
    ShapeMember{"bearerTokenAuthenticationEnabled", &kBearerTokenAuthenticationEnabled}};
constexpr Shape kLogGroup{.name = "LogGroup", .type = structure, .members = kLogGroupMembers};
constexpr Shape kLogGroups{.name = "LogGroups", .type = list, .element = &kLogGroup};
constexpr std::array kDescribeLogGroupsResponseMembers{
    ShapeMember{"logGroups", &kLogGroups},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeLogGroupsResponse{.name = "DescribeLogGroupsResponse", .type = structure, .members = kDescribeLogGroupsResponseMembers};
constexpr Shape kLogStreamName{.name = "LogStreamName", .type = string, .min = 1};
constexpr std::array kOrderByValues{
    std::string_view("LogStreamName"),
    std::string_view("LastEventTime")};
constexpr Shape kOrderBy{.name = "OrderBy", .type = string, .values = kOrderByValues};
constexpr Shape kDescending{.name = "Descending", .type = boolean};
constexpr std::array kDescribeLogStreamsRequestMembers{
    ShapeMember{"logGroupName", &kLogGroupName},
    ShapeMember{"logGroupIdentifier", &kLogGroupIdentifier},
    ShapeMember{"logStreamNamePrefix", &kLogStreamName},
    ShapeMember{"orderBy", &kOrderBy},
    ShapeMember{"descending", &kDescending},
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"limit", &kDescribeLimit}};
constexpr Shape kDescribeLogStreamsRequest{.name = "DescribeLogStreamsRequest", .type = structure, .members = kDescribeLogStreamsRequestMembers};
constexpr Shape kSequenceToken{.name = "SequenceToken", .type = string, .min = 1};
constexpr std::array kLogStreamMembers{
    ShapeMember{"logStreamName", &kLogStreamName},
    ShapeMember{"creationTime", &kTimestamp},
    ShapeMember{"firstEventTimestamp", &kTimestamp},
    ShapeMember{"lastEventTimestamp", &kTimestamp},
    ShapeMember{"lastIngestionTime", &kTimestamp},
    ShapeMember{"uploadSequenceToken", &kSequenceToken},
    ShapeMember{"arn", &kArn},
    ShapeMember{"storedBytes", &kStoredBytes}};
constexpr Shape kLogStream{.name = "LogStream", .type = structure, .members = kLogStreamMembers};
constexpr Shape kLogStreams{.name = "LogStreams", .type = list, .element = &kLogStream};
constexpr std::array kDescribeLogStreamsResponseMembers{
    ShapeMember{"logStreams", &kLogStreams},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeLogStreamsResponse{.name = "DescribeLogStreamsResponse", .type = structure, .members = kDescribeLogStreamsResponseMembers};
constexpr Shape kLookupTableName{.name = "LookupTableName", .type = string, .min = 1};
constexpr Shape kDescribeLookupTablesMaxResults{.name = "DescribeLookupTablesMaxResults", .type = integer};
constexpr std::array kDescribeLookupTablesRequestMembers{
    ShapeMember{"lookupTableNamePrefix", &kLookupTableName},
    ShapeMember{"maxResults", &kDescribeLookupTablesMaxResults},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeLookupTablesRequest{.name = "DescribeLookupTablesRequest", .type = structure, .members = kDescribeLookupTablesRequestMembers};
constexpr Shape kLookupTableDescription{.name = "LookupTableDescription", .type = string, .min = 0};
constexpr Shape kString{.name = "String", .type = string};
constexpr Shape kTableFields{.name = "TableFields", .type = list, .element = &kString};
constexpr Shape kRecordsCount{.name = "RecordsCount", .type = long_integer, .min = 0};
constexpr std::array kLookupTableMembers{
    ShapeMember{"lookupTableArn", &kArn},
    ShapeMember{"lookupTableName", &kLookupTableName},
    ShapeMember{"description", &kLookupTableDescription},
    ShapeMember{"tableFields", &kTableFields},
    ShapeMember{"recordsCount", &kRecordsCount},
    ShapeMember{"sizeBytes", &kStoredBytes},
    ShapeMember{"lastUpdatedTime", &kTimestamp},
    ShapeMember{"kmsKeyId", &kKmsKeyId}};
constexpr Shape kLookupTable{.name = "LookupTable", .type = structure, .members = kLookupTableMembers};
constexpr Shape kLookupTables{.name = "LookupTables", .type = list, .element = &kLookupTable};
constexpr std::array kDescribeLookupTablesResponseMembers{
    ShapeMember{"lookupTables", &kLookupTables},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeLookupTablesResponse{.name = "DescribeLookupTablesResponse", .type = structure, .members = kDescribeLookupTablesResponseMembers};
constexpr Shape kFilterName{.name = "FilterName", .type = string, .min = 1};
constexpr Shape kMetricName{.name = "MetricName", .type = string};
constexpr Shape kMetricNamespace{.name = "MetricNamespace", .type = string};
constexpr std::array kDescribeMetricFiltersRequestMembers{
    ShapeMember{"logGroupName", &kLogGroupName},
    ShapeMember{"filterNamePrefix", &kFilterName},
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"limit", &kDescribeLimit},
    ShapeMember{"metricName", &kMetricName},
    ShapeMember{"metricNamespace", &kMetricNamespace}};
constexpr Shape kDescribeMetricFiltersRequest{.name = "DescribeMetricFiltersRequest", .type = structure, .members = kDescribeMetricFiltersRequestMembers};
constexpr Shape kFilterPattern{.name = "FilterPattern", .type = string, .min = 0};
constexpr Shape kMetricValue{.name = "MetricValue", .type = string};
constexpr Shape kDefaultValue{.name = "DefaultValue", .type = floating};
constexpr Shape kDimensionsValue{.name = "DimensionsValue", .type = string};
constexpr Shape kDimensions{.name = "Dimensions", .type = map, .element = &kDimensionsValue};
constexpr std::array kStandardUnitValues{
    std::string_view("Seconds"),
    std::string_view("Microseconds"),
    std::string_view("Milliseconds"),
    std::string_view("Bytes"),
    std::string_view("Kilobytes"),
    std::string_view("Megabytes"),
    std::string_view("Gigabytes"),
    std::string_view("Terabytes"),
    std::string_view("Bits"),
    std::string_view("Kilobits"),
    std::string_view("Megabits"),
    std::string_view("Gigabits"),
    std::string_view("Terabits"),
    std::string_view("Percent"),
    std::string_view("Count"),
    std::string_view("Bytes/Second"),
    std::string_view("Kilobytes/Second"),
    std::string_view("Megabytes/Second"),
    std::string_view("Gigabytes/Second"),
    std::string_view("Terabytes/Second"),
    std::string_view("Bits/Second"),
    std::string_view("Kilobits/Second"),
    std::string_view("Megabits/Second"),
    std::string_view("Gigabits/Second"),
    std::string_view("Terabits/Second"),
    std::string_view("Count/Second"),
    std::string_view("None")};
constexpr Shape kStandardUnit{.name = "StandardUnit", .type = string, .values = kStandardUnitValues};
constexpr std::array kMetricTransformationMembers{
    ShapeMember{"metricName", &kMetricName, true},
    ShapeMember{"metricNamespace", &kMetricNamespace, true},
    ShapeMember{"metricValue", &kMetricValue, true},
    ShapeMember{"defaultValue", &kDefaultValue},
    ShapeMember{"dimensions", &kDimensions},
    ShapeMember{"unit", &kStandardUnit}};
constexpr Shape kMetricTransformation{.name = "MetricTransformation", .type = structure, .members = kMetricTransformationMembers};
constexpr Shape kMetricTransformations{.name = "MetricTransformations", .type = list, .min = 1, .element = &kMetricTransformation};
constexpr Shape kApplyOnTransformedLogs{.name = "ApplyOnTransformedLogs", .type = boolean};
constexpr Shape kFieldSelectionCriteria{.name = "FieldSelectionCriteria", .type = string, .min = 0};
constexpr Shape kSystemField{.name = "SystemField", .type = string};
constexpr Shape kEmitSystemFields{.name = "EmitSystemFields", .type = list, .element = &kSystemField};
constexpr std::array kMetricFilterMembers{
    ShapeMember{"filterName", &kFilterName},
    ShapeMember{"filterPattern", &kFilterPattern},
    ShapeMember{"metricTransformations", &kMetricTransformations},
    ShapeMember{"creationTime", &kTimestamp},
    ShapeMember{"logGroupName", &kLogGroupName},
    ShapeMember{"applyOnTransformedLogs", &kApplyOnTransformedLogs},
    ShapeMember{"fieldSelectionCriteria", &kFieldSelectionCriteria},
    ShapeMember{"emitSystemFieldDimensions", &kEmitSystemFields}};
constexpr Shape kMetricFilter{.name = "MetricFilter", .type = structure, .members = kMetricFilterMembers};
constexpr Shape kMetricFilters{.name = "MetricFilters", .type = list, .element = &kMetricFilter};
constexpr std::array kDescribeMetricFiltersResponseMembers{
    ShapeMember{"metricFilters", &kMetricFilters},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeMetricFiltersResponse{.name = "DescribeMetricFiltersResponse", .type = structure, .members = kDescribeMetricFiltersResponseMembers};
constexpr std::array kQueryStatusValues{
    std::string_view("Scheduled"),
    std::string_view("Running"),
    std::string_view("Complete"),
    std::string_view("Failed"),
    std::string_view("Cancelled"),
    std::string_view("Timeout"),
    std::string_view("Unknown")};
constexpr Shape kQueryStatus{.name = "QueryStatus", .type = string, .values = kQueryStatusValues};
constexpr Shape kDescribeQueriesMaxResults{.name = "DescribeQueriesMaxResults", .type = integer, .min = 1};
constexpr std::array kQueryLanguageValues{
    std::string_view("CWLI"),
    std::string_view("SQL"),
    std::string_view("PPL")};
constexpr Shape kQueryLanguage{.name = "QueryLanguage", .type = string, .values = kQueryLanguageValues};
constexpr std::array kDescribeQueriesRequestMembers{
    ShapeMember{"logGroupName", &kLogGroupName},
    ShapeMember{"status", &kQueryStatus},
    ShapeMember{"maxResults", &kDescribeQueriesMaxResults},
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"queryLanguage", &kQueryLanguage}};
constexpr Shape kDescribeQueriesRequest{.name = "DescribeQueriesRequest", .type = structure, .members = kDescribeQueriesRequestMembers};
constexpr Shape kQueryId{.name = "QueryId", .type = string, .min = 1};
constexpr Shape kQueryString{.name = "QueryString", .type = string, .min = 0};
constexpr Shape kQueryDuration{.name = "QueryDuration", .type = long_integer};
constexpr Shape kBytesScannedValue{.name = "BytesScannedValue", .type = floating};
constexpr Shape kUserIdentity{.name = "UserIdentity", .type = string, .min = 1};
constexpr std::array kQueryInfoMembers{
    ShapeMember{"queryLanguage", &kQueryLanguage},
    ShapeMember{"queryId", &kQueryId},
    ShapeMember{"queryString", &kQueryString},
    ShapeMember{"status", &kQueryStatus},
    ShapeMember{"createTime", &kTimestamp},
    ShapeMember{"logGroupName", &kLogGroupName},
    ShapeMember{"queryDuration", &kQueryDuration},
    ShapeMember{"bytesScanned", &kBytesScannedValue},
    ShapeMember{"userIdentity", &kUserIdentity}};
constexpr Shape kQueryInfo{.name = "QueryInfo", .type = structure, .members = kQueryInfoMembers};
constexpr Shape kQueryInfoList{.name = "QueryInfoList", .type = list, .element = &kQueryInfo};
constexpr std::array kDescribeQueriesResponseMembers{
    ShapeMember{"queries", &kQueryInfoList},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeQueriesResponse{.name = "DescribeQueriesResponse", .type = structure, .members = kDescribeQueriesResponseMembers};
constexpr Shape kQueryDefinitionName{.name = "QueryDefinitionName", .type = string, .min = 1};
constexpr Shape kQueryListMaxResults{.name = "QueryListMaxResults", .type = integer, .min = 1};
constexpr std::array kDescribeQueryDefinitionsRequestMembers{
    ShapeMember{"queryLanguage", &kQueryLanguage},
    ShapeMember{"queryDefinitionNamePrefix", &kQueryDefinitionName},
    ShapeMember{"maxResults", &kQueryListMaxResults},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeQueryDefinitionsRequest{.name = "DescribeQueryDefinitionsRequest", .type = structure, .members = kDescribeQueryDefinitionsRequestMembers};
constexpr Shape kQueryDefinitionString{.name = "QueryDefinitionString", .type = string, .min = 1};
constexpr Shape kLogGroupNames{.name = "LogGroupNames", .type = list, .element = &kLogGroupName};
constexpr Shape kQueryParameterName{.name = "QueryParameterName", .type = string, .min = 1};
constexpr Shape kQueryParameterDefaultValue{.name = "QueryParameterDefaultValue", .type = string};
constexpr Shape kQueryParameterDescription{.name = "QueryParameterDescription", .type = string};
constexpr std::array kQueryParameterMembers{
    ShapeMember{"name", &kQueryParameterName, true},
    ShapeMember{"defaultValue", &kQueryParameterDefaultValue},
    ShapeMember{"description", &kQueryParameterDescription}};
constexpr Shape kQueryParameter{.name = "QueryParameter", .type = structure, .members = kQueryParameterMembers};
constexpr Shape kQueryParameterList{.name = "QueryParameterList", .type = list, .element = &kQueryParameter};
constexpr std::array kQueryDefinitionMembers{
    ShapeMember{"queryLanguage", &kQueryLanguage},
    ShapeMember{"queryDefinitionId", &kQueryId},
    ShapeMember{"name", &kQueryDefinitionName},
    ShapeMember{"queryString", &kQueryDefinitionString},
    ShapeMember{"lastModified", &kTimestamp},
    ShapeMember{"logGroupNames", &kLogGroupNames},
    ShapeMember{"parameters", &kQueryParameterList}};
constexpr Shape kQueryDefinition{.name = "QueryDefinition", .type = structure, .members = kQueryDefinitionMembers};
constexpr Shape kQueryDefinitionList{.name = "QueryDefinitionList", .type = list, .element = &kQueryDefinition};
constexpr std::array kDescribeQueryDefinitionsResponseMembers{
    ShapeMember{"queryDefinitions", &kQueryDefinitionList},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeQueryDefinitionsResponse{.name = "DescribeQueryDefinitionsResponse", .type = structure, .members = kDescribeQueryDefinitionsResponseMembers};
constexpr std::array kPolicyScopeValues{
    std::string_view("ACCOUNT"),
    std::string_view("RESOURCE")};
constexpr Shape kPolicyScope{.name = "PolicyScope", .type = string, .values = kPolicyScopeValues};
constexpr std::array kDescribeResourcePoliciesRequestMembers{
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"limit", &kDescribeLimit},
    ShapeMember{"resourceArn", &kArn},
    ShapeMember{"policyScope", &kPolicyScope}};
constexpr Shape kDescribeResourcePoliciesRequest{.name = "DescribeResourcePoliciesRequest", .type = structure, .members = kDescribeResourcePoliciesRequestMembers};
constexpr Shape kExpectedRevisionId{.name = "ExpectedRevisionId", .type = string, .min = 1};
constexpr std::array kResourcePolicyMembers{
    ShapeMember{"policyName", &kPolicyName},
    ShapeMember{"policyDocument", &kPolicyDocument},
    ShapeMember{"lastUpdatedTime", &kTimestamp},
    ShapeMember{"policyScope", &kPolicyScope},
    ShapeMember{"resourceArn", &kArn},
    ShapeMember{"revisionId", &kExpectedRevisionId}};
constexpr Shape kResourcePolicy{.name = "ResourcePolicy", .type = structure, .members = kResourcePolicyMembers};
constexpr Shape kResourcePolicies{.name = "ResourcePolicies", .type = list, .element = &kResourcePolicy};
constexpr std::array kDescribeResourcePoliciesResponseMembers{
    ShapeMember{"resourcePolicies", &kResourcePolicies},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeResourcePoliciesResponse{.name = "DescribeResourcePoliciesResponse", .type = structure, .members = kDescribeResourcePoliciesResponseMembers};
constexpr std::array kDescribeSubscriptionFiltersRequestMembers{
    ShapeMember{"logGroupName", &kLogGroupName, true},
    ShapeMember{"filterNamePrefix", &kFilterName},
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"limit", &kDescribeLimit}};
constexpr Shape kDescribeSubscriptionFiltersRequest{.name = "DescribeSubscriptionFiltersRequest", .type = structure, .members = kDescribeSubscriptionFiltersRequestMembers};
constexpr Shape kDestinationArn{.name = "DestinationArn", .type = string, .min = 1};
constexpr std::array kDistributionValues{
    std::string_view("Random"),
    std::string_view("ByLogStream")};
constexpr Shape kDistribution{.name = "Distribution", .type = string, .values = kDistributionValues};
constexpr std::array kSubscriptionFilterMembers{
    ShapeMember{"filterName", &kFilterName},
    ShapeMember{"logGroupName", &kLogGroupName},
    ShapeMember{"filterPattern", &kFilterPattern},
    ShapeMember{"destinationArn", &kDestinationArn},
    ShapeMember{"roleArn", &kRoleArn},
    ShapeMember{"distribution", &kDistribution},
    ShapeMember{"applyOnTransformedLogs", &kApplyOnTransformedLogs},
    ShapeMember{"creationTime", &kTimestamp},
    ShapeMember{"fieldSelectionCriteria", &kFieldSelectionCriteria},
    ShapeMember{"emitSystemFields", &kEmitSystemFields}};
constexpr Shape kSubscriptionFilter{.name = "SubscriptionFilter", .type = structure, .members = kSubscriptionFilterMembers};
constexpr Shape kSubscriptionFilters{.name = "SubscriptionFilters", .type = list, .element = &kSubscriptionFilter};
constexpr std::array kDescribeSubscriptionFiltersResponseMembers{
    ShapeMember{"subscriptionFilters", &kSubscriptionFilters},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kDescribeSubscriptionFiltersResponse{.name = "DescribeSubscriptionFiltersResponse", .type = structure, .members = kDescribeSubscriptionFiltersResponseMembers};
constexpr Shape kInputLogStreamNames{.name = "InputLogStreamNames", .type = list, .min = 1, .element = &kLogStreamName};
constexpr Shape kEventsLimit{.name = "EventsLimit", .type = integer, .min = 1};
constexpr Shape kStartFromHead{.name = "StartFromHead", .type = boolean};
constexpr Shape kInterleaved{.name = "Interleaved", .type = boolean};
constexpr Shape kUnmask{.name = "Unmask", .type = boolean};
constexpr std::array kFilterLogEventsRequestMembers{
    ShapeMember{"logGroupName", &kLogGroupName},
    ShapeMember{"logGroupIdentifier", &kLogGroupIdentifier},
    ShapeMember{"logStreamNames", &kInputLogStreamNames},
    ShapeMember{"logStreamNamePrefix", &kLogStreamName},
    ShapeMember{"startTime", &kTimestamp},
    ShapeMember{"endTime", &kTimestamp},
    ShapeMember{"filterPattern", &kFilterPattern},
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"limit", &kEventsLimit},
    ShapeMember{"startFromHead", &kStartFromHead},
    ShapeMember{"interleaved", &kInterleaved},
    ShapeMember{"unmask", &kUnmask}};
constexpr Shape kFilterLogEventsRequest{.name = "FilterLogEventsRequest", .type = structure, .members = kFilterLogEventsRequestMembers};
constexpr Shape kEventMessage{.name = "EventMessage", .type = string, .min = 1};
constexpr Shape kEventId{.name = "EventId", .type = string};
constexpr std::array kFilteredLogEventMembers{
    ShapeMember{"logStreamName", &kLogStreamName},
    ShapeMember{"timestamp", &kTimestamp},
    ShapeMember{"message", &kEventMessage},
    ShapeMember{"ingestionTime", &kTimestamp},
    ShapeMember{"eventId", &kEventId}};
constexpr Shape kFilteredLogEvent{.name = "FilteredLogEvent", .type = structure, .members = kFilteredLogEventMembers};
constexpr Shape kFilteredLogEvents{.name = "FilteredLogEvents", .type = list, .element = &kFilteredLogEvent};
constexpr Shape kLogStreamSearchedCompletely{.name = "LogStreamSearchedCompletely", .type = boolean};
constexpr std::array kSearchedLogStreamMembers{
    ShapeMember{"logStreamName", &kLogStreamName},
    ShapeMember{"searchedCompletely", &kLogStreamSearchedCompletely}};
constexpr Shape kSearchedLogStream{.name = "SearchedLogStream", .type = structure, .members = kSearchedLogStreamMembers};
constexpr Shape kSearchedLogStreams{.name = "SearchedLogStreams", .type = list, .element = &kSearchedLogStream};
constexpr std::array kFilterLogEventsResponseMembers{
    ShapeMember{"events", &kFilteredLogEvents},
    ShapeMember{"searchedLogStreams", &kSearchedLogStreams},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kFilterLogEventsResponse{.name = "FilterLogEventsResponse", .type = structure, .members = kFilterLogEventsResponseMembers};
constexpr std::array kGetDataProtectionPolicyRequestMembers{
    ShapeMember{"logGroupIdentifier", &kLogGroupIdentifier, true}};
constexpr Shape kGetDataProtectionPolicyRequest{.name = "GetDataProtectionPolicyRequest", .type = structure, .members = kGetDataProtectionPolicyRequestMembers};
constexpr Shape kDataProtectionPolicyDocument{.name = "DataProtectionPolicyDocument", .type = string};
constexpr std::array kGetDataProtectionPolicyResponseMembers{
    ShapeMember{"logGroupIdentifier", &kLogGroupIdentifier},
    ShapeMember{"policyDocument", &kDataProtectionPolicyDocument},
    ShapeMember{"lastUpdatedTime", &kTimestamp}};
constexpr Shape kGetDataProtectionPolicyResponse{.name = "GetDataProtectionPolicyResponse", .type = structure, .members = kGetDataProtectionPolicyResponseMembers};
constexpr std::array kGetDeliveryRequestMembers{
    ShapeMember{"id", &kDeliveryId, true}};
constexpr Shape kGetDeliveryRequest{.name = "GetDeliveryRequest", .type = structure, .members = kGetDeliveryRequestMembers};
constexpr std::array kGetDeliveryResponseMembers{
    ShapeMember{"delivery", &kDelivery}};
constexpr Shape kGetDeliveryResponse{.name = "GetDeliveryResponse", .type = structure, .members = kGetDeliveryResponseMembers};
constexpr std::array kGetDeliveryDestinationRequestMembers{
    ShapeMember{"name", &kDeliveryDestinationName, true}};
constexpr Shape kGetDeliveryDestinationRequest{.name = "GetDeliveryDestinationRequest", .type = structure, .members = kGetDeliveryDestinationRequestMembers};
constexpr std::array kGetDeliveryDestinationResponseMembers{
    ShapeMember{"deliveryDestination", &kDeliveryDestination}};
constexpr Shape kGetDeliveryDestinationResponse{.name = "GetDeliveryDestinationResponse", .type = structure, .members = kGetDeliveryDestinationResponseMembers};
constexpr std::array kGetDeliveryDestinationPolicyRequestMembers{
    ShapeMember{"deliveryDestinationName", &kDeliveryDestinationName, true}};
constexpr Shape kGetDeliveryDestinationPolicyRequest{.name = "GetDeliveryDestinationPolicyRequest", .type = structure, .members = kGetDeliveryDestinationPolicyRequestMembers};
constexpr Shape kDeliveryDestinationPolicy{.name = "DeliveryDestinationPolicy", .type = string, .min = 1};
constexpr std::array kPolicyMembers{
    ShapeMember{"deliveryDestinationPolicy", &kDeliveryDestinationPolicy}};
constexpr Shape kPolicy{.name = "Policy", .type = structure, .members = kPolicyMembers};
constexpr std::array kGetDeliveryDestinationPolicyResponseMembers{
    ShapeMember{"policy", &kPolicy}};
constexpr Shape kGetDeliveryDestinationPolicyResponse{.name = "GetDeliveryDestinationPolicyResponse", .type = structure, .members = kGetDeliveryDestinationPolicyResponseMembers};
constexpr std::array kGetDeliverySourceRequestMembers{
    ShapeMember{"name", &kDeliverySourceName, true}};
constexpr Shape kGetDeliverySourceRequest{.name = "GetDeliverySourceRequest", .type = structure, .members = kGetDeliverySourceRequestMembers};
constexpr std::array kGetDeliverySourceResponseMembers{
    ShapeMember{"deliverySource", &kDeliverySource}};
constexpr Shape kGetDeliverySourceResponse{.name = "GetDeliverySourceResponse", .type = structure, .members = kGetDeliverySourceResponseMembers};
constexpr Shape kIntegrationName{.name = "IntegrationName", .type = string, .min = 1};
constexpr std::array kGetIntegrationRequestMembers{
    ShapeMember{"integrationName", &kIntegrationName, true}};
constexpr Shape kGetIntegrationRequest{.name = "GetIntegrationRequest", .type = structure, .members = kGetIntegrationRequestMembers};
constexpr std::array kIntegrationTypeValues{
    std::string_view("OPENSEARCH")};
constexpr Shape kIntegrationType{.name = "IntegrationType", .type = string, .values = kIntegrationTypeValues};
constexpr std::array kIntegrationStatusValues{
    std::string_view("PROVISIONING"),
    std::string_view("ACTIVE"),
    std::string_view("FAILED")};
constexpr Shape kIntegrationStatus{.name = "IntegrationStatus", .type = string, .values = kIntegrationStatusValues};
constexpr Shape kOpenSearchDataSourceName{.name = "OpenSearchDataSourceName", .type = string, .min = 1};
constexpr std::array kOpenSearchResourceStatusTypeValues{
    std::string_view("ACTIVE"),
    std::string_view("NOT_FOUND"),
    std::string_view("ERROR")};
constexpr Shape kOpenSearchResourceStatusType{.name = "OpenSearchResourceStatusType", .type = string, .values = kOpenSearchResourceStatusTypeValues};
constexpr Shape kIntegrationStatusMessage{.name = "IntegrationStatusMessage", .type = string, .min = 1};
constexpr std::array kOpenSearchResourceStatusMembers{
    ShapeMember{"status", &kOpenSearchResourceStatusType},
    ShapeMember{"statusMessage", &kIntegrationStatusMessage}};
constexpr Shape kOpenSearchResourceStatus{.name = "OpenSearchResourceStatus", .type = structure, .members = kOpenSearchResourceStatusMembers};
constexpr std::array kOpenSearchDataSourceMembers{
    ShapeMember{"dataSourceName", &kOpenSearchDataSourceName},
    ShapeMember{"status", &kOpenSearchResourceStatus}};
constexpr Shape kOpenSearchDataSource{.name = "OpenSearchDataSource", .type = structure, .members = kOpenSearchDataSourceMembers};
constexpr Shape kOpenSearchApplicationEndpoint{.name = "OpenSearchApplicationEndpoint", .type = string, .min = 1};
constexpr Shape kOpenSearchApplicationId{.name = "OpenSearchApplicationId", .type = string, .min = 1};
constexpr std::array kOpenSearchApplicationMembers{
    ShapeMember{"applicationEndpoint", &kOpenSearchApplicationEndpoint},
    ShapeMember{"applicationArn", &kArn},
    ShapeMember{"applicationId", &kOpenSearchApplicationId},
    ShapeMember{"status", &kOpenSearchResourceStatus}};
constexpr Shape kOpenSearchApplication{.name = "OpenSearchApplication", .type = structure, .members = kOpenSearchApplicationMembers};
constexpr Shape kOpenSearchCollectionEndpoint{.name = "OpenSearchCollectionEndpoint", .type = string, .min = 1};
constexpr std::array kOpenSearchCollectionMembers{
    ShapeMember{"collectionEndpoint", &kOpenSearchCollectionEndpoint},
    ShapeMember{"collectionArn", &kArn},
    ShapeMember{"status", &kOpenSearchResourceStatus}};
constexpr Shape kOpenSearchCollection{.name = "OpenSearchCollection", .type = structure, .members = kOpenSearchCollectionMembers};
constexpr Shape kOpenSearchWorkspaceId{.name = "OpenSearchWorkspaceId", .type = string, .min = 1};
constexpr std::array kOpenSearchWorkspaceMembers{
    ShapeMember{"workspaceId", &kOpenSearchWorkspaceId},
    ShapeMember{"status", &kOpenSearchResourceStatus}};
constexpr Shape kOpenSearchWorkspace{.name = "OpenSearchWorkspace", .type = structure, .members = kOpenSearchWorkspaceMembers};
constexpr Shape kOpenSearchPolicyName{.name = "OpenSearchPolicyName", .type = string, .min = 1};
constexpr std::array kOpenSearchEncryptionPolicyMembers{
    ShapeMember{"policyName", &kOpenSearchPolicyName},
    ShapeMember{"status", &kOpenSearchResourceStatus}};
constexpr Shape kOpenSearchEncryptionPolicy{.name = "OpenSearchEncryptionPolicy", .type = structure, .members = kOpenSearchEncryptionPolicyMembers};
constexpr std::array kOpenSearchNetworkPolicyMembers{
    ShapeMember{"policyName", &kOpenSearchPolicyName},
    ShapeMember{"status", &kOpenSearchResourceStatus}};
constexpr Shape kOpenSearchNetworkPolicy{.name = "OpenSearchNetworkPolicy", .type = structure, .members = kOpenSearchNetworkPolicyMembers};
constexpr std::array kOpenSearchDataAccessPolicyMembers{
    ShapeMember{"policyName", &kOpenSearchPolicyName},
    ShapeMember{"status", &kOpenSearchResourceStatus}};
constexpr Shape kOpenSearchDataAccessPolicy{.name = "OpenSearchDataAccessPolicy", .type = structure, .members = kOpenSearchDataAccessPolicyMembers};
constexpr std::array kOpenSearchLifecyclePolicyMembers{
    ShapeMember{"policyName", &kOpenSearchPolicyName},
    ShapeMember{"status", &kOpenSearchResourceStatus}};
constexpr Shape kOpenSearchLifecyclePolicy{.name = "OpenSearchLifecyclePolicy", .type = structure, .members = kOpenSearchLifecyclePolicyMembers};
constexpr std::array kOpenSearchIntegrationDetailsMembers{
    ShapeMember{"dataSource", &kOpenSearchDataSource},
    ShapeMember{"application", &kOpenSearchApplication},
    ShapeMember{"collection", &kOpenSearchCollection},
    ShapeMember{"workspace", &kOpenSearchWorkspace},
    ShapeMember{"encryptionPolicy", &kOpenSearchEncryptionPolicy},
    ShapeMember{"networkPolicy", &kOpenSearchNetworkPolicy},
    ShapeMember{"accessPolicy", &kOpenSearchDataAccessPolicy},
    ShapeMember{"lifecyclePolicy", &kOpenSearchLifecyclePolicy}};
constexpr Shape kOpenSearchIntegrationDetails{.name = "OpenSearchIntegrationDetails", .type = structure, .members = kOpenSearchIntegrationDetailsMembers};
constexpr std::array kIntegrationDetailsMembers{
    ShapeMember{"openSearchIntegrationDetails", &kOpenSearchIntegrationDetails}};
constexpr Shape kIntegrationDetails{.name = "IntegrationDetails", .type = structure, .members = kIntegrationDetailsMembers};
constexpr std::array kGetIntegrationResponseMembers{
    ShapeMember{"integrationName", &kIntegrationName},
    ShapeMember{"integrationType", &kIntegrationType},
    ShapeMember{"integrationStatus", &kIntegrationStatus},
    ShapeMember{"integrationDetails", &kIntegrationDetails}};
constexpr Shape kGetIntegrationResponse{.name = "GetIntegrationResponse", .type = structure, .members = kGetIntegrationResponseMembers};
constexpr Shape kAnomalyDetectorArn{.name = "AnomalyDetectorArn", .type = string, .min = 1};
constexpr std::array kGetLogAnomalyDetectorRequestMembers{
    ShapeMember{"anomalyDetectorArn", &kAnomalyDetectorArn, true}};
constexpr Shape kGetLogAnomalyDetectorRequest{.name = "GetLogAnomalyDetectorRequest", .type = structure, .members = kGetLogAnomalyDetectorRequestMembers};
constexpr Shape kDetectorName{.name = "DetectorName", .type = string, .min = 1};
constexpr Shape kLogGroupArn{.name = "LogGroupArn", .type = string, .min = 1};
constexpr Shape kLogGroupArnList{.name = "LogGroupArnList", .type = list, .element = &kLogGroupArn};
constexpr std::array kEvaluationFrequencyValues{
    std::string_view("ONE_MIN"),
    std::string_view("FIVE_MIN"),
    std::string_view("TEN_MIN"),
    std::string_view("FIFTEEN_MIN"),
    std::string_view("THIRTY_MIN"),
    std::string_view("ONE_HOUR")};
constexpr Shape kEvaluationFrequency{.name = "EvaluationFrequency", .type = string, .values = kEvaluationFrequencyValues};
constexpr std::array kAnomalyDetectorStatusValues{
    std::string_view("INITIALIZING"),
    std::string_view("TRAINING"),
    std::string_view("ANALYZING"),
    std::string_view("FAILED"),
    std::string_view("DELETED"),
    std::string_view("PAUSED")};
constexpr Shape kAnomalyDetectorStatus{.name = "AnomalyDetectorStatus", .type = string, .values = kAnomalyDetectorStatusValues};
constexpr Shape kEpochMillis{.name = "EpochMillis", .type = long_integer, .min = 0};
constexpr Shape kAnomalyVisibilityTime{.name = "AnomalyVisibilityTime", .type = long_integer, .min = 7};
constexpr std::array kGetLogAnomalyDetectorResponseMembers{
    ShapeMember{"detectorName", &kDetectorName},
    ShapeMember{"logGroupArnList", &kLogGroupArnList},
    ShapeMember{"evaluationFrequency", &kEvaluationFrequency},
    ShapeMember{"filterPattern", &kFilterPattern},
    ShapeMember{"anomalyDetectorStatus", &kAnomalyDetectorStatus},
    ShapeMember{"kmsKeyId", &kKmsKeyId},
    ShapeMember{"creationTimeStamp", &kEpochMillis},
    ShapeMember{"lastModifiedTimeStamp", &kEpochMillis},
    ShapeMember{"anomalyVisibilityTime", &kAnomalyVisibilityTime}};
constexpr Shape kGetLogAnomalyDetectorResponse{.name = "GetLogAnomalyDetectorResponse", .type = structure, .members = kGetLogAnomalyDetectorResponseMembers};
constexpr std::array kGetLogEventsRequestMembers{
    ShapeMember{"logGroupName", &kLogGroupName},
    ShapeMember{"logGroupIdentifier", &kLogGroupIdentifier},
    ShapeMember{"logStreamName", &kLogStreamName, true},
    ShapeMember{"startTime", &kTimestamp},
    ShapeMember{"endTime", &kTimestamp},
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"limit", &kEventsLimit},
    ShapeMember{"startFromHead", &kStartFromHead},
    ShapeMember{"unmask", &kUnmask}};
constexpr Shape kGetLogEventsRequest{.name = "GetLogEventsRequest", .type = structure, .members = kGetLogEventsRequestMembers};
constexpr std::array kOutputLogEventMembers{
    ShapeMember{"timestamp", &kTimestamp},
    ShapeMember{"message", &kEventMessage},
    ShapeMember{"ingestionTime", &kTimestamp}};
constexpr Shape kOutputLogEvent{.name = "OutputLogEvent", .type = structure, .members = kOutputLogEventMembers};
constexpr Shape kOutputLogEvents{.name = "OutputLogEvents", .type = list, .element = &kOutputLogEvent};
constexpr std::array kGetLogEventsResponseMembers{
    ShapeMember{"events", &kOutputLogEvents},
    ShapeMember{"nextForwardToken", &kNextToken},
    ShapeMember{"nextBackwardToken", &kNextToken}};
constexpr Shape kGetLogEventsResponse{.name = "GetLogEventsResponse", .type = structure, .members = kGetLogEventsResponseMembers};
constexpr Shape kDataSourceName{.name = "DataSourceName", .type = string};
constexpr Shape kDataSourceType{.name = "DataSourceType", .type = string};
constexpr std::array kGetLogFieldsRequestMembers{
    ShapeMember{"dataSourceName", &kDataSourceName, true},
    ShapeMember{"dataSourceType", &kDataSourceType, true}};
constexpr Shape kGetLogFieldsRequest{.name = "GetLogFieldsRequest", .type = structure, .members = kGetLogFieldsRequestMembers};
constexpr Shape kLogFieldName{.name = "LogFieldName", .type = string, .min = 1};
constexpr Shape kDataType{.name = "DataType", .type = string};
constexpr std::array kLogFieldTypeMembers{
    ShapeMember{"type", &kDataType},
    ShapeMember{"element", &kLogFieldType},
    ShapeMember{"fields", &kLogFieldsList}};
constinit const Shape kLogFieldType{.name = "LogFieldType", .type = structure, .members = kLogFieldTypeMembers};
constexpr std::array kLogFieldsListItemMembers{
    ShapeMember{"logFieldName", &kLogFieldName},
    ShapeMember{"logFieldType", &kLogFieldType}};
constexpr Shape kLogFieldsListItem{.name = "LogFieldsListItem", .type = structure, .members = kLogFieldsListItemMembers};
constinit const Shape kLogFieldsList{.name = "LogFieldsList", .type = list, .element = &kLogFieldsListItem};
constexpr std::array kGetLogFieldsResponseMembers{
    ShapeMember{"logFields", &kLogFieldsList}};
constexpr Shape kGetLogFieldsResponse{.name = "GetLogFieldsResponse", .type = structure, .members = kGetLogFieldsResponseMembers};
constexpr std::array kGetLogGroupFieldsRequestMembers{
    ShapeMember{"logGroupName", &kLogGroupName},
    ShapeMember{"time", &kTimestamp},
    ShapeMember{"logGroupIdentifier", &kLogGroupIdentifier}};
constexpr Shape kGetLogGroupFieldsRequest{.name = "GetLogGroupFieldsRequest", .type = structure, .members = kGetLogGroupFieldsRequestMembers};
constexpr Shape kField{.name = "Field", .type = string};
constexpr Shape kPercentage{.name = "Percentage", .type = integer, .min = 0};
constexpr std::array kLogGroupFieldMembers{
    ShapeMember{"name", &kField},
    ShapeMember{"percent", &kPercentage}};
constexpr Shape kLogGroupField{.name = "LogGroupField", .type = structure, .members = kLogGroupFieldMembers};
constexpr Shape kLogGroupFieldList{.name = "LogGroupFieldList", .type = list, .element = &kLogGroupField};
constexpr std::array kGetLogGroupFieldsResponseMembers{
    ShapeMember{"logGroupFields", &kLogGroupFieldList}};
constexpr Shape kGetLogGroupFieldsResponse{.name = "GetLogGroupFieldsResponse", .type = structure, .members = kGetLogGroupFieldsResponseMembers};
constexpr Shape kLogRecordPointer{.name = "LogRecordPointer", .type = string};
constexpr std::array kGetLogRecordRequestMembers{
    ShapeMember{"logRecordPointer", &kLogRecordPointer, true},
    ShapeMember{"unmask", &kUnmask}};
constexpr Shape kGetLogRecordRequest{.name = "GetLogRecordRequest", .type = structure, .members = kGetLogRecordRequestMembers};
constexpr Shape kValue{.name = "Value", .type = string};
constexpr Shape kLogRecord{.name = "LogRecord", .type = map, .element = &kValue};
constexpr std::array kGetLogRecordResponseMembers{
    ShapeMember{"logRecord", &kLogRecord}};
constexpr Shape kGetLogRecordResponse{.name = "GetLogRecordResponse", .type = structure, .members = kGetLogRecordResponseMembers};
constexpr std::array kGetLookupTableRequestMembers{
    ShapeMember{"lookupTableArn", &kArn, true}};
constexpr Shape kGetLookupTableRequest{.name = "GetLookupTableRequest", .type = structure, .members = kGetLookupTableRequestMembers};
constexpr Shape kTableBody{.name = "TableBody", .type = string, .min = 1};
constexpr std::array kGetLookupTableResponseMembers{
    ShapeMember{"lookupTableArn", &kArn},
    ShapeMember{"lookupTableName", &kLookupTableName},
    ShapeMember{"description", &kLookupTableDescription},
    ShapeMember{"tableBody", &kTableBody},
    ShapeMember{"sizeBytes", &kStoredBytes},
    ShapeMember{"lastUpdatedTime", &kTimestamp},
    ShapeMember{"kmsKeyId", &kKmsKeyId}};
constexpr Shape kGetLookupTableResponse{.name = "GetLookupTableResponse", .type = structure, .members = kGetLookupTableResponseMembers};
constexpr Shape kGetQueryResultsNextToken{.name = "GetQueryResultsNextToken", .type = string};
constexpr Shape kGetQueryResultsMaxItems{.name = "GetQueryResultsMaxItems", .type = integer, .min = 0};
constexpr std::array kGetQueryResultsRequestMembers{
    ShapeMember{"queryId", &kQueryId, true},
    ShapeMember{"nextToken", &kGetQueryResultsNextToken},
    ShapeMember{"maxItems", &kGetQueryResultsMaxItems}};
constexpr Shape kGetQueryResultsRequest{.name = "GetQueryResultsRequest", .type = structure, .members = kGetQueryResultsRequestMembers};
constexpr std::array kResultFieldMembers{
    ShapeMember{"field", &kField},
    ShapeMember{"value", &kValue}};
constexpr Shape kResultField{.name = "ResultField", .type = structure, .members = kResultFieldMembers};
constexpr Shape kResultRows{.name = "ResultRows", .type = list, .element = &kResultField};
constexpr Shape kQueryResults{.name = "QueryResults", .type = list, .element = &kResultRows};
constexpr Shape kStatsValue{.name = "StatsValue", .type = floating};
constexpr std::array kQueryStatisticsMembers{
    ShapeMember{"recordsMatched", &kStatsValue},
    ShapeMember{"recordsScanned", &kStatsValue},
    ShapeMember{"estimatedRecordsSkipped", &kStatsValue},
    ShapeMember{"bytesScanned", &kStatsValue},
    ShapeMember{"estimatedBytesSkipped", &kStatsValue},
    ShapeMember{"logGroupsScanned", &kStatsValue}};
constexpr Shape kQueryStatistics{.name = "QueryStatistics", .type = structure, .members = kQueryStatisticsMembers};
constexpr Shape kEncryptionKey{.name = "EncryptionKey", .type = string};
constexpr std::array kGetQueryResultsResponseMembers{
    ShapeMember{"queryLanguage", &kQueryLanguage},
    ShapeMember{"results", &kQueryResults},
    ShapeMember{"statistics", &kQueryStatistics},
    ShapeMember{"status", &kQueryStatus},
    ShapeMember{"encryptionKey", &kEncryptionKey},
    ShapeMember{"nextToken", &kGetQueryResultsNextToken}};
constexpr Shape kGetQueryResultsResponse{.name = "GetQueryResultsResponse", .type = structure, .members = kGetQueryResultsResponseMembers};
constexpr Shape kScheduledQueryIdentifier{.name = "ScheduledQueryIdentifier", .type = string, .min = 1};
constexpr std::array kGetScheduledQueryRequestMembers{
    ShapeMember{"identifier", &kScheduledQueryIdentifier, true}};
constexpr Shape kGetScheduledQueryRequest{.name = "GetScheduledQueryRequest", .type = structure, .members = kGetScheduledQueryRequestMembers};
constexpr Shape kScheduledQueryName{.name = "ScheduledQueryName", .type = string, .min = 1};
constexpr Shape kScheduledQueryDescription{.name = "ScheduledQueryDescription", .type = string};
constexpr Shape kScheduledQueryLogGroupIdentifiers{.name = "ScheduledQueryLogGroupIdentifiers", .type = list, .min = 1, .element = &kLogGroupIdentifier};
constexpr Shape kScheduleExpression{.name = "ScheduleExpression", .type = string};
constexpr Shape kScheduleTimezone{.name = "ScheduleTimezone", .type = string, .min = 1};
constexpr Shape kStartTimeOffset{.name = "StartTimeOffset", .type = long_integer};
constexpr Shape kEndTimeOffset{.name = "EndTimeOffset", .type = long_integer};
constexpr Shape kS3Uri{.name = "S3Uri", .type = string};
constexpr std::array kS3ConfigurationMembers{
    ShapeMember{"destinationIdentifier", &kS3Uri, true},
    ShapeMember{"roleArn", &kRoleArn, true},
    ShapeMember{"ownerAccountId", &kAccountId},
    ShapeMember{"kmsKeyId", &kKmsKeyId}};
constexpr Shape kS3Configuration{.name = "S3Configuration", .type = structure, .members = kS3ConfigurationMembers};
constexpr std::array kLookupTableConfigurationMembers{
    ShapeMember{"tableName", &kLookupTableName, true},
    ShapeMember{"roleArn", &kRoleArn, true},
    ShapeMember{"description", &kLookupTableDescription},
    ShapeMember{"kmsKeyId", &kKmsKeyId},
    ShapeMember{"tags", &kTags}};
constexpr Shape kLookupTableConfiguration{.name = "LookupTableConfiguration", .type = structure, .members = kLookupTableConfigurationMembers};
constexpr std::array kDestinationConfigurationMembers{
    ShapeMember{"s3Configuration", &kS3Configuration},
    ShapeMember{"lookupTableConfiguration", &kLookupTableConfiguration}};
constexpr Shape kDestinationConfiguration{.name = "DestinationConfiguration", .type = structure, .members = kDestinationConfigurationMembers};
constexpr std::array kScheduledQueryStateValues{
    std::string_view("ENABLED"),
    std::string_view("DISABLED")};
constexpr Shape kScheduledQueryState{.name = "ScheduledQueryState", .type = string, .values = kScheduledQueryStateValues};
constexpr std::array kScheduleTypeValues{
    std::string_view("CUSTOMER_MANAGED"),
    std::string_view("AWS_MANAGED")};
constexpr Shape kScheduleType{.name = "ScheduleType", .type = string, .values = kScheduleTypeValues};
constexpr std::array kExecutionStatusValues{
    std::string_view("Running"),
    std::string_view("InvalidQuery"),
    std::string_view("Complete"),
    std::string_view("Failed"),
    std::string_view("Timeout")};
constexpr Shape kExecutionStatus{.name = "ExecutionStatus", .type = string, .values = kExecutionStatusValues};
constexpr std::array kGetScheduledQueryResponseMembers{
    ShapeMember{"scheduledQueryArn", &kArn},
    ShapeMember{"name", &kScheduledQueryName},
    ShapeMember{"description", &kScheduledQueryDescription},
    ShapeMember{"queryLanguage", &kQueryLanguage},
    ShapeMember{"queryString", &kQueryString},
    ShapeMember{"logGroupIdentifiers", &kScheduledQueryLogGroupIdentifiers},
    ShapeMember{"scheduleExpression", &kScheduleExpression},
    ShapeMember{"timezone", &kScheduleTimezone},
    ShapeMember{"startTimeOffset", &kStartTimeOffset},
    ShapeMember{"endTimeOffset", &kEndTimeOffset},
    ShapeMember{"destinationConfiguration", &kDestinationConfiguration},
    ShapeMember{"state", &kScheduledQueryState},
    ShapeMember{"scheduleType", &kScheduleType},
    ShapeMember{"lastTriggeredTime", &kTimestamp},
    ShapeMember{"lastExecutionStatus", &kExecutionStatus},
    ShapeMember{"scheduleStartTime", &kTimestamp},
    ShapeMember{"scheduleEndTime", &kTimestamp},
    ShapeMember{"executionRoleArn", &kRoleArn},
    ShapeMember{"creationTime", &kTimestamp},
    ShapeMember{"lastUpdatedTime", &kTimestamp}};
constexpr Shape kGetScheduledQueryResponse{.name = "GetScheduledQueryResponse", .type = structure, .members = kGetScheduledQueryResponseMembers};
constexpr Shape kExecutionStatusList{.name = "ExecutionStatusList", .type = list, .element = &kExecutionStatus};
constexpr Shape kGetScheduledQueryHistoryMaxResults{.name = "GetScheduledQueryHistoryMaxResults", .type = integer, .min = 1};
constexpr std::array kGetScheduledQueryHistoryRequestMembers{
    ShapeMember{"identifier", &kScheduledQueryIdentifier, true},
    ShapeMember{"startTime", &kTimestamp, true},
    ShapeMember{"endTime", &kTimestamp, true},
    ShapeMember{"executionStatuses", &kExecutionStatusList},
    ShapeMember{"maxResults", &kGetScheduledQueryHistoryMaxResults},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kGetScheduledQueryHistoryRequest{.name = "GetScheduledQueryHistoryRequest", .type = structure, .members = kGetScheduledQueryHistoryRequestMembers};
constexpr std::array kScheduledQueryDestinationTypeValues{
    std::string_view("S3"),
    std::string_view("LOOKUP_TABLE")};
constexpr Shape kScheduledQueryDestinationType{.name = "ScheduledQueryDestinationType", .type = string, .values = kScheduledQueryDestinationTypeValues};
constexpr std::array kActionStatusValues{
    std::string_view("IN_PROGRESS"),
    std::string_view("CLIENT_ERROR"),
    std::string_view("FAILED"),
    std::string_view("COMPLETE")};
constexpr Shape kActionStatus{.name = "ActionStatus", .type = string, .values = kActionStatusValues};
constexpr std::array kScheduledQueryDestinationMembers{
    ShapeMember{"destinationType", &kScheduledQueryDestinationType},
    ShapeMember{"destinationIdentifier", &kString},
    ShapeMember{"status", &kActionStatus},
    ShapeMember{"processedIdentifier", &kString},
    ShapeMember{"errorMessage", &kString}};
constexpr Shape kScheduledQueryDestination{.name = "ScheduledQueryDestination", .type = structure, .members = kScheduledQueryDestinationMembers};
constexpr Shape kScheduledQueryDestinationList{.name = "ScheduledQueryDestinationList", .type = list, .element = &kScheduledQueryDestination};
constexpr std::array kTriggerHistoryRecordMembers{
    ShapeMember{"queryId", &kQueryId},
    ShapeMember{"executionStatus", &kExecutionStatus},
    ShapeMember{"triggeredTimestamp", &kTimestamp},
    ShapeMember{"errorMessage", &kString},
    ShapeMember{"destinations", &kScheduledQueryDestinationList}};
constexpr Shape kTriggerHistoryRecord{.name = "TriggerHistoryRecord", .type = structure, .members = kTriggerHistoryRecordMembers};
constexpr Shape kTriggerHistoryRecordList{.name = "TriggerHistoryRecordList", .type = list, .element = &kTriggerHistoryRecord};
constexpr std::array kGetScheduledQueryHistoryResponseMembers{
    ShapeMember{"name", &kScheduledQueryName},
    ShapeMember{"scheduledQueryArn", &kArn},
    ShapeMember{"triggerHistory", &kTriggerHistoryRecordList},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kGetScheduledQueryHistoryResponse{.name = "GetScheduledQueryHistoryResponse", .type = structure, .members = kGetScheduledQueryHistoryResponseMembers};
constexpr Shape kGetStorageTierPolicyRequest{.name = "GetStorageTierPolicyRequest", .type = structure};
constexpr std::array kStorageTierValues{
    std::string_view("STANDARD"),
    std::string_view("INTELLIGENT_TIERING")};
constexpr Shape kStorageTier{.name = "StorageTier", .type = string, .values = kStorageTierValues};
constexpr std::array kGetStorageTierPolicyResponseMembers{
    ShapeMember{"storageTier", &kStorageTier},
    ShapeMember{"lastUpdatedTime", &kTimestamp}};
constexpr Shape kGetStorageTierPolicyResponse{.name = "GetStorageTierPolicyResponse", .type = structure, .members = kGetStorageTierPolicyResponseMembers};
constexpr std::array kGetTransformerRequestMembers{
    ShapeMember{"logGroupIdentifier", &kLogGroupIdentifier, true}};
constexpr Shape kGetTransformerRequest{.name = "GetTransformerRequest", .type = structure, .members = kGetTransformerRequestMembers};
constexpr Shape kKey{.name = "Key", .type = string, .min = 1};
constexpr Shape kAddKeyValue{.name = "AddKeyValue", .type = string, .min = 1};
constexpr Shape kOverwriteIfExists{.name = "OverwriteIfExists", .type = boolean};
constexpr std::array kAddKeyEntryMembers{
    ShapeMember{"key", &kKey, true},
    ShapeMember{"value", &kAddKeyValue, true},
    ShapeMember{"overwriteIfExists", &kOverwriteIfExists}};
constexpr Shape kAddKeyEntry{.name = "AddKeyEntry", .type = structure, .members = kAddKeyEntryMembers};
constexpr Shape kAddKeyEntries{.name = "AddKeyEntries", .type = list, .min = 1, .element = &kAddKeyEntry};
constexpr std::array kAddKeysMembers{
    ShapeMember{"entries", &kAddKeyEntries, true}};
constexpr Shape kAddKeys{.name = "AddKeys", .type = structure, .members = kAddKeysMembers};
constexpr Shape kSource{.name = "Source", .type = string, .min = 1};
constexpr Shape kTarget{.name = "Target", .type = string, .min = 1};
constexpr std::array kCopyValueEntryMembers{
    ShapeMember{"source", &kSource, true},
    ShapeMember{"target", &kTarget, true},
    ShapeMember{"overwriteIfExists", &kOverwriteIfExists}};
constexpr Shape kCopyValueEntry{.name = "CopyValueEntry", .type = structure, .members = kCopyValueEntryMembers};
constexpr Shape kCopyValueEntries{.name = "CopyValueEntries", .type = list, .min = 1, .element = &kCopyValueEntry};
constexpr std::array kCopyValueMembers{
    ShapeMember{"entries", &kCopyValueEntries, true}};
constexpr Shape kCopyValue{.name = "CopyValue", .type = structure, .members = kCopyValueMembers};
constexpr Shape kQuoteCharacter{.name = "QuoteCharacter", .type = string, .min = 1};
constexpr Shape kDelimiter{.name = "Delimiter", .type = string, .min = 1};
constexpr Shape kColumn{.name = "Column", .type = string, .min = 1};
constexpr Shape kColumns{.name = "Columns", .type = list, .element = &kColumn};
constexpr Shape kDestinationField{.name = "DestinationField", .type = string, .min = 1};
constexpr std::array kCSVMembers{
    ShapeMember{"quoteCharacter", &kQuoteCharacter},
    ShapeMember{"delimiter", &kDelimiter},
    ShapeMember{"columns", &kColumns},
    ShapeMember{"source", &kSource},
    ShapeMember{"destination", &kDestinationField}};
constexpr Shape kCSV{.name = "CSV", .type = structure, .members = kCSVMembers};
constexpr Shape kTargetFormat{.name = "TargetFormat", .type = string, .min = 1};
constexpr Shape kMatchPattern{.name = "MatchPattern", .type = string, .min = 1};
constexpr Shape kMatchPatterns{.name = "MatchPatterns", .type = list, .min = 1, .element = &kMatchPattern};
constexpr Shape kSourceTimezone{.name = "SourceTimezone", .type = string, .min = 1};
constexpr Shape kTargetTimezone{.name = "TargetTimezone", .type = string, .min = 1};
constexpr Shape kLocale{.name = "Locale", .type = string, .min = 1};
constexpr std::array kDateTimeConverterMembers{
    ShapeMember{"source", &kSource, true},
    ShapeMember{"target", &kTarget, true},
    ShapeMember{"targetFormat", &kTargetFormat},
    ShapeMember{"matchPatterns", &kMatchPatterns, true},
    ShapeMember{"sourceTimezone", &kSourceTimezone},
    ShapeMember{"targetTimezone", &kTargetTimezone},
    ShapeMember{"locale", &kLocale}};
constexpr Shape kDateTimeConverter{.name = "DateTimeConverter", .type = structure, .members = kDateTimeConverterMembers};
constexpr Shape kWithKey{.name = "WithKey", .type = string, .min = 1};
constexpr Shape kDeleteWithKeys{.name = "DeleteWithKeys", .type = list, .min = 1, .element = &kWithKey};
constexpr std::array kDeleteKeysMembers{
    ShapeMember{"withKeys", &kDeleteWithKeys, true}};
constexpr Shape kDeleteKeys{.name = "DeleteKeys", .type = structure, .members = kDeleteKeysMembers};
constexpr Shape kGrokMatch{.name = "GrokMatch", .type = string, .min = 1};
constexpr std::array kGrokMembers{
    ShapeMember{"source", &kSource},
    ShapeMember{"match", &kGrokMatch, true}};
constexpr Shape kGrok{.name = "Grok", .type = structure, .members = kGrokMembers};
constexpr Shape kValueKey{.name = "ValueKey", .type = string, .min = 1};
constexpr Shape kFlatten{.name = "Flatten", .type = boolean};
constexpr std::array kFlattenedElementValues{
    std::string_view("first"),
    std::string_view("last")};
constexpr Shape kFlattenedElement{.name = "FlattenedElement", .type = string, .values = kFlattenedElementValues};
constexpr std::array kListToMapMembers{
    ShapeMember{"source", &kSource, true},
    ShapeMember{"key", &kKey, true},
    ShapeMember{"valueKey", &kValueKey},
    ShapeMember{"target", &kTarget},
    ShapeMember{"flatten", &kFlatten},
    ShapeMember{"flattenedElement", &kFlattenedElement}};
constexpr Shape kListToMap{.name = "ListToMap", .type = structure, .members = kListToMapMembers};
constexpr Shape kLowerCaseStringWithKeys{.name = "LowerCaseStringWithKeys", .type = list, .min = 1, .element = &kWithKey};
constexpr std::array kLowerCaseStringMembers{
    ShapeMember{"withKeys", &kLowerCaseStringWithKeys, true}};
constexpr Shape kLowerCaseString{.name = "LowerCaseString", .type = structure, .members = kLowerCaseStringMembers};
constexpr std::array kMoveKeyEntryMembers{
    ShapeMember{"source", &kSource, true},
    ShapeMember{"target", &kTarget, true},
    ShapeMember{"overwriteIfExists", &kOverwriteIfExists}};
constexpr Shape kMoveKeyEntry{.name = "MoveKeyEntry", .type = structure, .members = kMoveKeyEntryMembers};
constexpr Shape kMoveKeyEntries{.name = "MoveKeyEntries", .type = list, .min = 1, .element = &kMoveKeyEntry};
constexpr std::array kMoveKeysMembers{
    ShapeMember{"entries", &kMoveKeyEntries, true}};
constexpr Shape kMoveKeys{.name = "MoveKeys", .type = structure, .members = kMoveKeysMembers};
constexpr std::array kParseCloudfrontMembers{
    ShapeMember{"source", &kSource}};
constexpr Shape kParseCloudfront{.name = "ParseCloudfront", .type = structure, .members = kParseCloudfrontMembers};
constexpr std::array kParseJSONMembers{
    ShapeMember{"source", &kSource},
    ShapeMember{"destination", &kDestinationField}};
constexpr Shape kParseJSON{.name = "ParseJSON", .type = structure, .members = kParseJSONMembers};
constexpr Shape kParserFieldDelimiter{.name = "ParserFieldDelimiter", .type = string, .min = 1};
constexpr Shape kKeyValueDelimiter{.name = "KeyValueDelimiter", .type = string, .min = 1};
constexpr Shape kKeyPrefix{.name = "KeyPrefix", .type = string, .min = 1};
constexpr Shape kNonMatchValue{.name = "NonMatchValue", .type = string, .min = 1};
constexpr std::array kParseKeyValueMembers{
    ShapeMember{"source", &kSource},
    ShapeMember{"destination", &kDestinationField},
    ShapeMember{"fieldDelimiter", &kParserFieldDelimiter},
    ShapeMember{"keyValueDelimiter", &kKeyValueDelimiter},
    ShapeMember{"keyPrefix", &kKeyPrefix},
    ShapeMember{"nonMatchValue", &kNonMatchValue},
    ShapeMember{"overwriteIfExists", &kOverwriteIfExists}};
constexpr Shape kParseKeyValue{.name = "ParseKeyValue", .type = structure, .members = kParseKeyValueMembers};
constexpr std::array kParseRoute53Members{
    ShapeMember{"source", &kSource}};
constexpr Shape kParseRoute53{.name = "ParseRoute53", .type = structure, .members = kParseRoute53Members};
constexpr std::array kEventSourceValues{
    std::string_view("CloudTrail"),
    std::string_view("Route53Resolver"),
    std::string_view("VPCFlow"),
    std::string_view("EKSAudit"),
    std::string_view("AWSWAF")};
constexpr Shape kEventSource{.name = "EventSource", .type = string, .values = kEventSourceValues};
constexpr std::array kOCSFVersionValues{
    std::string_view("V1.1"),
    std::string_view("V1.5")};
constexpr Shape kOCSFVersion{.name = "OCSFVersion", .type = string, .values = kOCSFVersionValues};
constexpr Shape kMappingVersion{.name = "MappingVersion", .type = string, .min = 1};
constexpr std::array kParseToOCSFMembers{
    ShapeMember{"source", &kSource},
    ShapeMember{"eventSource", &kEventSource, true},
    ShapeMember{"ocsfVersion", &kOCSFVersion, true},
    ShapeMember{"mappingVersion", &kMappingVersion}};
constexpr Shape kParseToOCSF{.name = "ParseToOCSF", .type = structure, .members = kParseToOCSFMembers};
constexpr std::array kParsePostgresMembers{
    ShapeMember{"source", &kSource}};
constexpr Shape kParsePostgres{.name = "ParsePostgres", .type = structure, .members = kParsePostgresMembers};
constexpr std::array kParseVPCMembers{
    ShapeMember{"source", &kSource}};
constexpr Shape kParseVPC{.name = "ParseVPC", .type = structure, .members = kParseVPCMembers};
constexpr std::array kParseWAFMembers{
    ShapeMember{"source", &kSource}};
constexpr Shape kParseWAF{.name = "ParseWAF", .type = structure, .members = kParseWAFMembers};
constexpr Shape kRenameTo{.name = "RenameTo", .type = string, .min = 1};
constexpr std::array kRenameKeyEntryMembers{
    ShapeMember{"key", &kKey, true},
    ShapeMember{"renameTo", &kRenameTo, true},
    ShapeMember{"overwriteIfExists", &kOverwriteIfExists}};
constexpr Shape kRenameKeyEntry{.name = "RenameKeyEntry", .type = structure, .members = kRenameKeyEntryMembers};
constexpr Shape kRenameKeyEntries{.name = "RenameKeyEntries", .type = list, .min = 1, .element = &kRenameKeyEntry};
constexpr std::array kRenameKeysMembers{
    ShapeMember{"entries", &kRenameKeyEntries, true}};
constexpr Shape kRenameKeys{.name = "RenameKeys", .type = structure, .members = kRenameKeysMembers};
constexpr Shape kSplitStringDelimiter{.name = "SplitStringDelimiter", .type = string, .min = 1};
constexpr std::array kSplitStringEntryMembers{
    ShapeMember{"source", &kSource, true},
    ShapeMember{"delimiter", &kSplitStringDelimiter, true}};
constexpr Shape kSplitStringEntry{.name = "SplitStringEntry", .type = structure, .members = kSplitStringEntryMembers};
constexpr Shape kSplitStringEntries{.name = "SplitStringEntries", .type = list, .min = 1, .element = &kSplitStringEntry};
constexpr std::array kSplitStringMembers{
    ShapeMember{"entries", &kSplitStringEntries, true}};
constexpr Shape kSplitString{.name = "SplitString", .type = structure, .members = kSplitStringMembers};
constexpr Shape kFromKey{.name = "FromKey", .type = string, .min = 1};
constexpr Shape kToKey{.name = "ToKey", .type = string, .min = 1};
constexpr std::array kSubstituteStringEntryMembers{
    ShapeMember{"source", &kSource, true},
    ShapeMember{"from", &kFromKey, true},
    ShapeMember{"to", &kToKey, true}};
constexpr Shape kSubstituteStringEntry{.name = "SubstituteStringEntry", .type = structure, .members = kSubstituteStringEntryMembers};
constexpr Shape kSubstituteStringEntries{.name = "SubstituteStringEntries", .type = list, .min = 1, .element = &kSubstituteStringEntry};
constexpr std::array kSubstituteStringMembers{
    ShapeMember{"entries", &kSubstituteStringEntries, true}};
constexpr Shape kSubstituteString{.name = "SubstituteString", .type = structure, .members = kSubstituteStringMembers};
constexpr Shape kTrimStringWithKeys{.name = "TrimStringWithKeys", .type = list, .min = 1, .element = &kWithKey};
constexpr std::array kTrimStringMembers{
    ShapeMember{"withKeys", &kTrimStringWithKeys, true}};
constexpr Shape kTrimString{.name = "TrimString", .type = structure, .members = kTrimStringMembers};
constexpr std::array kTypeValues{
    std::string_view("boolean"),
    std::string_view("integer"),
    std::string_view("double"),
    std::string_view("string")};
constexpr Shape kType{.name = "Type", .type = string, .values = kTypeValues};
constexpr std::array kTypeConverterEntryMembers{
    ShapeMember{"key", &kKey, true},
    ShapeMember{"type", &kType, true}};
constexpr Shape kTypeConverterEntry{.name = "TypeConverterEntry", .type = structure, .members = kTypeConverterEntryMembers};
constexpr Shape kTypeConverterEntries{.name = "TypeConverterEntries", .type = list, .min = 1, .element = &kTypeConverterEntry};
constexpr std::array kTypeConverterMembers{
    ShapeMember{"entries", &kTypeConverterEntries, true}};
constexpr Shape kTypeConverter{.name = "TypeConverter", .type = structure, .members = kTypeConverterMembers};
constexpr Shape kUpperCaseStringWithKeys{.name = "UpperCaseStringWithKeys", .type = list, .min = 1, .element = &kWithKey};
constexpr std::array kUpperCaseStringMembers{
    ShapeMember{"withKeys", &kUpperCaseStringWithKeys, true}};
constexpr Shape kUpperCaseString{.name = "UpperCaseString", .type = structure, .members = kUpperCaseStringMembers};
constexpr std::array kProcessorMembers{
    ShapeMember{"addKeys", &kAddKeys},
    ShapeMember{"copyValue", &kCopyValue},
    ShapeMember{"csv", &kCSV},
    ShapeMember{"dateTimeConverter", &kDateTimeConverter},
    ShapeMember{"deleteKeys", &kDeleteKeys},
    ShapeMember{"grok", &kGrok},
    ShapeMember{"listToMap", &kListToMap},
    ShapeMember{"lowerCaseString", &kLowerCaseString},
    ShapeMember{"moveKeys", &kMoveKeys},
    ShapeMember{"parseCloudfront", &kParseCloudfront},
    ShapeMember{"parseJSON", &kParseJSON},
    ShapeMember{"parseKeyValue", &kParseKeyValue},
    ShapeMember{"parseRoute53", &kParseRoute53},
    ShapeMember{"parseToOCSF", &kParseToOCSF},
    ShapeMember{"parsePostgres", &kParsePostgres},
    ShapeMember{"parseVPC", &kParseVPC},
    ShapeMember{"parseWAF", &kParseWAF},
    ShapeMember{"renameKeys", &kRenameKeys},
    ShapeMember{"splitString", &kSplitString},
    ShapeMember{"substituteString", &kSubstituteString},
    ShapeMember{"trimString", &kTrimString},
    ShapeMember{"typeConverter", &kTypeConverter},
    ShapeMember{"upperCaseString", &kUpperCaseString}};
constexpr Shape kProcessor{.name = "Processor", .type = structure, .members = kProcessorMembers};
constexpr Shape kProcessors{.name = "Processors", .type = list, .min = 1, .element = &kProcessor};
constexpr std::array kGetTransformerResponseMembers{
    ShapeMember{"logGroupIdentifier", &kLogGroupIdentifier},
    ShapeMember{"creationTime", &kTimestamp},
    ShapeMember{"lastModifiedTime", &kTimestamp},
    ShapeMember{"transformerConfig", &kProcessors}};
constexpr Shape kGetTransformerResponse{.name = "GetTransformerResponse", .type = structure, .members = kGetTransformerResponseMembers};
constexpr Shape kLogGroupNameRegexPattern{.name = "LogGroupNameRegexPattern", .type = string, .min = 3};
constexpr std::array kDataSourceFilterMembers{
    ShapeMember{"name", &kDataSourceName, true},
    ShapeMember{"type", &kDataSourceType}};
constexpr Shape kDataSourceFilter{.name = "DataSourceFilter", .type = structure, .members = kDataSourceFilterMembers};
constexpr Shape kDataSourceFilters{.name = "DataSourceFilters", .type = list, .min = 1, .element = &kDataSourceFilter};
constexpr std::array kListAggregateLogGroupSummariesGroupByValues{
    std::string_view("DATA_SOURCE_NAME_TYPE_AND_FORMAT"),
    std::string_view("DATA_SOURCE_NAME_AND_TYPE")};
constexpr Shape kListAggregateLogGroupSummariesGroupBy{.name = "ListAggregateLogGroupSummariesGroupBy", .type = string, .values = kListAggregateLogGroupSummariesGroupByValues};
constexpr Shape kListLogGroupsRequestLimit{.name = "ListLogGroupsRequestLimit", .type = integer, .min = 1};
constexpr std::array kListAggregateLogGroupSummariesRequestMembers{
    ShapeMember{"accountIdentifiers", &kAccountIds},
    ShapeMember{"includeLinkedAccounts", &kIncludeLinkedAccounts},
    ShapeMember{"logGroupClass", &kLogGroupClass},
    ShapeMember{"logGroupNamePattern", &kLogGroupNameRegexPattern},
    ShapeMember{"dataSources", &kDataSourceFilters},
    ShapeMember{"groupBy", &kListAggregateLogGroupSummariesGroupBy, true},
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"limit", &kListLogGroupsRequestLimit}};
constexpr Shape kListAggregateLogGroupSummariesRequest{.name = "ListAggregateLogGroupSummariesRequest", .type = structure, .members = kListAggregateLogGroupSummariesRequestMembers};
constexpr Shape kLogGroupCount{.name = "LogGroupCount", .type = integer};
constexpr Shape kGroupingIdentifierKey{.name = "GroupingIdentifierKey", .type = string};
constexpr Shape kGroupingIdentifierValue{.name = "GroupingIdentifierValue", .type = string};
constexpr std::array kGroupingIdentifierMembers{
    ShapeMember{"key", &kGroupingIdentifierKey},
    ShapeMember{"value", &kGroupingIdentifierValue}};
constexpr Shape kGroupingIdentifier{.name = "GroupingIdentifier", .type = structure, .members = kGroupingIdentifierMembers};
constexpr Shape kGroupingIdentifiers{.name = "GroupingIdentifiers", .type = list, .element = &kGroupingIdentifier};
constexpr std::array kAggregateLogGroupSummaryMembers{
    ShapeMember{"logGroupCount", &kLogGroupCount},
    ShapeMember{"groupingIdentifiers", &kGroupingIdentifiers}};
constexpr Shape kAggregateLogGroupSummary{.name = "AggregateLogGroupSummary", .type = structure, .members = kAggregateLogGroupSummaryMembers};
constexpr Shape kAggregateLogGroupSummaries{.name = "AggregateLogGroupSummaries", .type = list, .element = &kAggregateLogGroupSummary};
constexpr std::array kListAggregateLogGroupSummariesResponseMembers{
    ShapeMember{"aggregateLogGroupSummaries", &kAggregateLogGroupSummaries},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kListAggregateLogGroupSummariesResponse{.name = "ListAggregateLogGroupSummariesResponse", .type = structure, .members = kListAggregateLogGroupSummariesResponseMembers};
constexpr std::array kSuppressionStateValues{
    std::string_view("SUPPRESSED"),
    std::string_view("UNSUPPRESSED")};
constexpr Shape kSuppressionState{.name = "SuppressionState", .type = string, .values = kSuppressionStateValues};
constexpr Shape kListAnomaliesLimit{.name = "ListAnomaliesLimit", .type = integer, .min = 1};
constexpr std::array kListAnomaliesRequestMembers{
    ShapeMember{"anomalyDetectorArn", &kAnomalyDetectorArn},
    ShapeMember{"suppressionState", &kSuppressionState},
    ShapeMember{"limit", &kListAnomaliesLimit},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kListAnomaliesRequest{.name = "ListAnomaliesRequest", .type = structure, .members = kListAnomaliesRequestMembers};
constexpr Shape kAnomalyId{.name = "AnomalyId", .type = string, .min = 36};
constexpr Shape kPatternId{.name = "PatternId", .type = string, .min = 32};
constexpr Shape kPatternString{.name = "PatternString", .type = string, .min = 1};
constexpr Shape kPatternRegex{.name = "PatternRegex", .type = string, .min = 1};
constexpr Shape kPriority{.name = "Priority", .type = string, .min = 1};
constexpr Shape kDescription{.name = "Description", .type = string, .min = 1};
constexpr std::array kStateValues{
    std::string_view("Active"),
    std::string_view("Suppressed"),
    std::string_view("Baseline")};
constexpr Shape kState{.name = "State", .type = string, .values = kStateValues};
constexpr Shape kCount{.name = "Count", .type = long_integer};
constexpr Shape kHistogram{.name = "Histogram", .type = map, .element = &kCount};
constexpr std::array kLogEventMembers{
    ShapeMember{"timestamp", &kTimestamp},
    ShapeMember{"message", &kEventMessage}};
constexpr Shape kLogEvent{.name = "LogEvent", .type = structure, .members = kLogEventMembers};
constexpr Shape kLogSamples{.name = "LogSamples", .type = list, .element = &kLogEvent};
constexpr Shape kDynamicTokenPosition{.name = "DynamicTokenPosition", .type = integer};
constexpr Shape kTokenString{.name = "TokenString", .type = string, .min = 1};
constexpr Shape kTokenValue{.name = "TokenValue", .type = long_integer};
constexpr Shape kEnumerations{.name = "Enumerations", .type = map, .element = &kTokenValue};
constexpr Shape kInferredTokenName{.name = "InferredTokenName", .type = string, .min = 1};
constexpr std::array kPatternTokenMembers{
    ShapeMember{"dynamicTokenPosition", &kDynamicTokenPosition},
    ShapeMember{"isDynamic", &kBoolean},
    ShapeMember{"tokenString", &kTokenString},
    ShapeMember{"enumerations", &kEnumerations},
    ShapeMember{"inferredTokenName", &kInferredTokenName}};
constexpr Shape kPatternToken{.name = "PatternToken", .type = structure, .members = kPatternTokenMembers};
constexpr Shape kPatternTokens{.name = "PatternTokens", .type = list, .element = &kPatternToken};
constexpr std::array kAnomalyMembers{
    ShapeMember{"anomalyId", &kAnomalyId, true},
    ShapeMember{"patternId", &kPatternId, true},
    ShapeMember{"anomalyDetectorArn", &kAnomalyDetectorArn, true},
    ShapeMember{"patternString", &kPatternString, true},
    ShapeMember{"patternRegex", &kPatternRegex},
    ShapeMember{"priority", &kPriority},
    ShapeMember{"firstSeen", &kEpochMillis, true},
    ShapeMember{"lastSeen", &kEpochMillis, true},
    ShapeMember{"description", &kDescription, true},
    ShapeMember{"active", &kBoolean, true},
    ShapeMember{"state", &kState, true},
    ShapeMember{"histogram", &kHistogram, true},
    ShapeMember{"logSamples", &kLogSamples, true},
    ShapeMember{"patternTokens", &kPatternTokens, true},
    ShapeMember{"logGroupArnList", &kLogGroupArnList, true},
    ShapeMember{"suppressed", &kBoolean},
    ShapeMember{"suppressedDate", &kEpochMillis},
    ShapeMember{"suppressedUntil", &kEpochMillis},
    ShapeMember{"isPatternLevelSuppression", &kBoolean}};
constexpr Shape kAnomaly{.name = "Anomaly", .type = structure, .members = kAnomalyMembers};
constexpr Shape kAnomalies{.name = "Anomalies", .type = list, .element = &kAnomaly};
constexpr std::array kListAnomaliesResponseMembers{
    ShapeMember{"anomalies", &kAnomalies},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kListAnomaliesResponse{.name = "ListAnomaliesResponse", .type = structure, .members = kListAnomaliesResponseMembers};
constexpr Shape kIntegrationNamePrefix{.name = "IntegrationNamePrefix", .type = string, .min = 1};
constexpr std::array kListIntegrationsRequestMembers{
    ShapeMember{"integrationNamePrefix", &kIntegrationNamePrefix},
    ShapeMember{"integrationType", &kIntegrationType},
    ShapeMember{"integrationStatus", &kIntegrationStatus}};
constexpr Shape kListIntegrationsRequest{.name = "ListIntegrationsRequest", .type = structure, .members = kListIntegrationsRequestMembers};
constexpr std::array kIntegrationSummaryMembers{
    ShapeMember{"integrationName", &kIntegrationName},
    ShapeMember{"integrationType", &kIntegrationType},
    ShapeMember{"integrationStatus", &kIntegrationStatus}};
constexpr Shape kIntegrationSummary{.name = "IntegrationSummary", .type = structure, .members = kIntegrationSummaryMembers};
constexpr Shape kIntegrationSummaries{.name = "IntegrationSummaries", .type = list, .element = &kIntegrationSummary};
constexpr std::array kListIntegrationsResponseMembers{
    ShapeMember{"integrationSummaries", &kIntegrationSummaries}};
constexpr Shape kListIntegrationsResponse{.name = "ListIntegrationsResponse", .type = structure, .members = kListIntegrationsResponseMembers};
constexpr Shape kListLogAnomalyDetectorsLimit{.name = "ListLogAnomalyDetectorsLimit", .type = integer, .min = 1};
constexpr std::array kListLogAnomalyDetectorsRequestMembers{
    ShapeMember{"filterLogGroupArn", &kLogGroupArn},
    ShapeMember{"limit", &kListLogAnomalyDetectorsLimit},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kListLogAnomalyDetectorsRequest{.name = "ListLogAnomalyDetectorsRequest", .type = structure, .members = kListLogAnomalyDetectorsRequestMembers};
constexpr std::array kAnomalyDetectorMembers{
    ShapeMember{"anomalyDetectorArn", &kAnomalyDetectorArn},
    ShapeMember{"detectorName", &kDetectorName},
    ShapeMember{"logGroupArnList", &kLogGroupArnList},
    ShapeMember{"evaluationFrequency", &kEvaluationFrequency},
    ShapeMember{"filterPattern", &kFilterPattern},
    ShapeMember{"anomalyDetectorStatus", &kAnomalyDetectorStatus},
    ShapeMember{"kmsKeyId", &kKmsKeyId},
    ShapeMember{"creationTimeStamp", &kEpochMillis},
    ShapeMember{"lastModifiedTimeStamp", &kEpochMillis},
    ShapeMember{"anomalyVisibilityTime", &kAnomalyVisibilityTime}};
constexpr Shape kAnomalyDetector{.name = "AnomalyDetector", .type = structure, .members = kAnomalyDetectorMembers};
constexpr Shape kAnomalyDetectors{.name = "AnomalyDetectors", .type = list, .element = &kAnomalyDetector};
constexpr std::array kListLogAnomalyDetectorsResponseMembers{
    ShapeMember{"anomalyDetectors", &kAnomalyDetectors},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kListLogAnomalyDetectorsResponse{.name = "ListLogAnomalyDetectorsResponse", .type = structure, .members = kListLogAnomalyDetectorsResponseMembers};
constexpr Shape kListLimit{.name = "ListLimit", .type = integer, .min = 1};
constexpr Shape kFieldIndexNames{.name = "FieldIndexNames", .type = list, .min = 1, .element = &kFieldIndexName};
constexpr Shape kTagFilterKey{.name = "TagFilterKey", .type = string, .min = 1};
constexpr Shape kTagFilterValue{.name = "TagFilterValue", .type = string, .min = 0};
constexpr Shape kTagFilterValues{.name = "TagFilterValues", .type = list, .min = 0, .element = &kTagFilterValue};
constexpr std::array kTagFilterMembers{
    ShapeMember{"key", &kTagFilterKey, true},
    ShapeMember{"values", &kTagFilterValues}};
constexpr Shape kTagFilter{.name = "TagFilter", .type = structure, .members = kTagFilterMembers};
constexpr Shape kTagFilters{.name = "TagFilters", .type = list, .min = 1, .element = &kTagFilter};
constexpr std::array kListLogGroupsRequestMembers{
    ShapeMember{"logGroupNamePattern", &kLogGroupNameRegexPattern},
    ShapeMember{"logGroupClass", &kLogGroupClass},
    ShapeMember{"includeLinkedAccounts", &kIncludeLinkedAccounts},
    ShapeMember{"accountIdentifiers", &kAccountIds},
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"limit", &kListLimit},
    ShapeMember{"dataSources", &kDataSourceFilters},
    ShapeMember{"fieldIndexNames", &kFieldIndexNames},
    ShapeMember{"logGroupTags", &kTagFilters}};
constexpr Shape kListLogGroupsRequest{.name = "ListLogGroupsRequest", .type = structure, .members = kListLogGroupsRequestMembers};
constexpr std::array kLogGroupSummaryMembers{
    ShapeMember{"logGroupName", &kLogGroupName},
    ShapeMember{"logGroupArn", &kArn},
    ShapeMember{"logGroupClass", &kLogGroupClass}};
constexpr Shape kLogGroupSummary{.name = "LogGroupSummary", .type = structure, .members = kLogGroupSummaryMembers};
constexpr Shape kLogGroupSummaries{.name = "LogGroupSummaries", .type = list, .element = &kLogGroupSummary};
constexpr std::array kListLogGroupsResponseMembers{
    ShapeMember{"logGroups", &kLogGroupSummaries},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kListLogGroupsResponse{.name = "ListLogGroupsResponse", .type = structure, .members = kListLogGroupsResponseMembers};
constexpr Shape kListLogGroupsForQueryMaxResults{.name = "ListLogGroupsForQueryMaxResults", .type = integer, .min = 50};
constexpr std::array kListLogGroupsForQueryRequestMembers{
    ShapeMember{"queryId", &kQueryId, true},
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"maxResults", &kListLogGroupsForQueryMaxResults}};
constexpr Shape kListLogGroupsForQueryRequest{.name = "ListLogGroupsForQueryRequest", .type = structure, .members = kListLogGroupsForQueryRequestMembers};
constexpr Shape kLogGroupIdentifiers{.name = "LogGroupIdentifiers", .type = list, .element = &kLogGroupIdentifier};
constexpr std::array kListLogGroupsForQueryResponseMembers{
    ShapeMember{"logGroupIdentifiers", &kLogGroupIdentifiers},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kListLogGroupsForQueryResponse{.name = "ListLogGroupsForQueryResponse", .type = structure, .members = kListLogGroupsForQueryResponseMembers};
constexpr Shape kListScheduledQueriesMaxResults{.name = "ListScheduledQueriesMaxResults", .type = integer, .min = 1};
constexpr std::array kListScheduledQueriesRequestMembers{
    ShapeMember{"maxResults", &kListScheduledQueriesMaxResults},
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"state", &kScheduledQueryState},
    ShapeMember{"scheduleType", &kScheduleType}};
constexpr Shape kListScheduledQueriesRequest{.name = "ListScheduledQueriesRequest", .type = structure, .members = kListScheduledQueriesRequestMembers};
constexpr std::array kScheduledQuerySummaryMembers{
    ShapeMember{"scheduledQueryArn", &kArn},
    ShapeMember{"name", &kScheduledQueryName},
    ShapeMember{"state", &kScheduledQueryState},
    ShapeMember{"scheduleType", &kScheduleType},
    ShapeMember{"lastTriggeredTime", &kTimestamp},
    ShapeMember{"lastExecutionStatus", &kExecutionStatus},
    ShapeMember{"scheduleExpression", &kScheduleExpression},
    ShapeMember{"timezone", &kScheduleTimezone},
    ShapeMember{"destinationConfiguration", &kDestinationConfiguration},
    ShapeMember{"creationTime", &kTimestamp},
    ShapeMember{"lastUpdatedTime", &kTimestamp}};
constexpr Shape kScheduledQuerySummary{.name = "ScheduledQuerySummary", .type = structure, .members = kScheduledQuerySummaryMembers};
constexpr Shape kScheduledQuerySummaryList{.name = "ScheduledQuerySummaryList", .type = list, .element = &kScheduledQuerySummary};
constexpr std::array kListScheduledQueriesResponseMembers{
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"scheduledQueries", &kScheduledQuerySummaryList}};
constexpr Shape kListScheduledQueriesResponse{.name = "ListScheduledQueriesResponse", .type = structure, .members = kListScheduledQueriesResponseMembers};
constexpr Shape kListSourcesForS3TableIntegrationMaxResults{.name = "ListSourcesForS3TableIntegrationMaxResults", .type = integer, .min = 1};
constexpr std::array kListSourcesForS3TableIntegrationRequestMembers{
    ShapeMember{"integrationArn", &kArn, true},
    ShapeMember{"maxResults", &kListSourcesForS3TableIntegrationMaxResults},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kListSourcesForS3TableIntegrationRequest{.name = "ListSourcesForS3TableIntegrationRequest", .type = structure, .members = kListSourcesForS3TableIntegrationRequestMembers};
constexpr Shape kS3TableIntegrationSourceIdentifier{.name = "S3TableIntegrationSourceIdentifier", .type = string, .min = 1};
constexpr std::array kDataSourceMembers{
    ShapeMember{"name", &kDataSourceName, true},
    ShapeMember{"type", &kDataSourceType}};
constexpr Shape kDataSource{.name = "DataSource", .type = structure, .members = kDataSourceMembers};
constexpr std::array kS3TableIntegrationSourceStatusValues{
    std::string_view("ACTIVE"),
    std::string_view("UNHEALTHY"),
    std::string_view("FAILED"),
    std::string_view("DATA_SOURCE_DELETE_IN_PROGRESS")};
constexpr Shape kS3TableIntegrationSourceStatus{.name = "S3TableIntegrationSourceStatus", .type = string, .values = kS3TableIntegrationSourceStatusValues};
constexpr Shape kS3TableIntegrationSourceStatusReason{.name = "S3TableIntegrationSourceStatusReason", .type = string, .min = 1};
constexpr std::array kS3TableIntegrationSourceMembers{
    ShapeMember{"identifier", &kS3TableIntegrationSourceIdentifier},
    ShapeMember{"dataSource", &kDataSource},
    ShapeMember{"status", &kS3TableIntegrationSourceStatus},
    ShapeMember{"statusReason", &kS3TableIntegrationSourceStatusReason},
    ShapeMember{"createdTimeStamp", &kTimestamp},
    ShapeMember{"parentSourceIdentifier", &kS3TableIntegrationSourceIdentifier}};
constexpr Shape kS3TableIntegrationSource{.name = "S3TableIntegrationSource", .type = structure, .members = kS3TableIntegrationSourceMembers};
constexpr Shape kS3TableIntegrationSources{.name = "S3TableIntegrationSources", .type = list, .element = &kS3TableIntegrationSource};
constexpr std::array kListSourcesForS3TableIntegrationResponseMembers{
    ShapeMember{"sources", &kS3TableIntegrationSources},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kListSourcesForS3TableIntegrationResponse{.name = "ListSourcesForS3TableIntegrationResponse", .type = structure, .members = kListSourcesForS3TableIntegrationResponseMembers};
constexpr Shape kVpcEndpointId{.name = "VpcEndpointId", .type = string};
constexpr Shape kListSyslogConfigurationsMaxResults{.name = "ListSyslogConfigurationsMaxResults", .type = integer, .min = 0};
constexpr std::array kListSyslogConfigurationsRequestMembers{
    ShapeMember{"logGroupIdentifier", &kLogGroupIdentifier},
    ShapeMember{"vpcEndpointId", &kVpcEndpointId},
    ShapeMember{"nextToken", &kNextToken},
    ShapeMember{"maxResults", &kListSyslogConfigurationsMaxResults}};
constexpr Shape kListSyslogConfigurationsRequest{.name = "ListSyslogConfigurationsRequest", .type = structure, .members = kListSyslogConfigurationsRequestMembers};
constexpr std::array kSyslogSourceTypeValues{
    std::string_view("VPCE")};
constexpr Shape kSyslogSourceType{.name = "SyslogSourceType", .type = string, .values = kSyslogSourceTypeValues};
constexpr std::array kSyslogConfigurationMembers{
    ShapeMember{"logGroupArn", &kLogGroupArn},
    ShapeMember{"sourceType", &kSyslogSourceType},
    ShapeMember{"vpcEndpointId", &kVpcEndpointId},
    ShapeMember{"createdAt", &kTimestamp}};
constexpr Shape kSyslogConfiguration{.name = "SyslogConfiguration", .type = structure, .members = kSyslogConfigurationMembers};
constexpr Shape kSyslogConfigurations{.name = "SyslogConfigurations", .type = list, .element = &kSyslogConfiguration};
constexpr std::array kListSyslogConfigurationsResponseMembers{
    ShapeMember{"syslogConfigurations", &kSyslogConfigurations},
    ShapeMember{"nextToken", &kNextToken}};
constexpr Shape kListSyslogConfigurationsResponse{.name = "ListSyslogConfigurationsResponse", .type = structure, .members = kListSyslogConfigurationsResponseMembers};
constexpr Shape kAmazonResourceName{.name = "AmazonResourceName", .type = string, .min = 1};
constexpr std::array kListTagsForResourceRequestMembers{
    ShapeMember{"resourceArn", &kAmazonResourceName, true}};
constexpr Shape kListTagsForResourceRequest{.name = "ListTagsForResourceRequest", .type = structure, .members = kListTagsForResourceRequestMembers};
constexpr std::array kListTagsForResourceResponseMembers{
    ShapeMember{"tags", &kTags}};
constexpr Shape kListTagsForResourceResponse{.name = "ListTagsForResourceResponse", .type = structure, .members = kListTagsForResourceResponseMembers};
constexpr std::array kListTagsLogGroupRequestMembers{
    ShapeMember{"logGroupName", &kLogGroupName, true}};
constexpr Shape kListTagsLogGroupRequest{.name = "ListTagsLogGroupRequest", .type = structure, .members = kListTagsLogGroupRequestMembers};
constexpr std::array kListTagsLogGroupResponseMembers{
    ShapeMember{"tags", &kTags}};
constexpr Shape kListTagsLogGroupResponse{.name = "ListTagsLogGroupResponse", .type = structure, .members = kListTagsLogGroupResponseMembers};
constexpr Shape kEventsLimitStartQuery{.name = "EventsLimitStartQuery", .type = integer, .min = 1};
constexpr std::array kStartQueryRequestMembers{
    ShapeMember{"queryLanguage", &kQueryLanguage},
    ShapeMember{"logGroupName", &kLogGroupName},
    ShapeMember{"logGroupNames", &kLogGroupNames},
    ShapeMember{"logGroupIdentifiers", &kLogGroupIdentifiers},
    ShapeMember{"startTime", &kTimestamp, true},
    ShapeMember{"endTime", &kTimestamp, true},
    ShapeMember{"queryString", &kQueryString, true},
    ShapeMember{"limit", &kEventsLimitStartQuery}};
constexpr Shape kStartQueryRequest{.name = "StartQueryRequest", .type = structure, .members = kStartQueryRequestMembers};
constexpr std::array kStartQueryResponseMembers{
    ShapeMember{"queryId", &kQueryId}};
constexpr Shape kStartQueryResponse{.name = "StartQueryResponse", .type = structure, .members = kStartQueryResponseMembers};
constexpr std::array kStopQueryRequestMembers{
    ShapeMember{"queryId", &kQueryId, true}};
constexpr Shape kStopQueryRequest{.name = "StopQueryRequest", .type = structure, .members = kStopQueryRequestMembers};
constexpr Shape kSuccess{.name = "Success", .type = boolean};
constexpr std::array kStopQueryResponseMembers{
    ShapeMember{"success", &kSuccess}};
constexpr Shape kStopQueryResponse{.name = "StopQueryResponse", .type = structure, .members = kStopQueryResponseMembers};
constexpr Shape kTestEventMessages{.name = "TestEventMessages", .type = list, .min = 1, .element = &kEventMessage};
constexpr std::array kTestMetricFilterRequestMembers{
    ShapeMember{"filterPattern", &kFilterPattern, true},
    ShapeMember{"logEventMessages", &kTestEventMessages, true}};
constexpr Shape kTestMetricFilterRequest{.name = "TestMetricFilterRequest", .type = structure, .members = kTestMetricFilterRequestMembers};
constexpr Shape kEventNumber{.name = "EventNumber", .type = long_integer};
constexpr Shape kExtractedValues{.name = "ExtractedValues", .type = map, .element = &kValue};
constexpr std::array kMetricFilterMatchRecordMembers{
    ShapeMember{"eventNumber", &kEventNumber},
    ShapeMember{"eventMessage", &kEventMessage},
    ShapeMember{"extractedValues", &kExtractedValues}};
constexpr Shape kMetricFilterMatchRecord{.name = "MetricFilterMatchRecord", .type = structure, .members = kMetricFilterMatchRecordMembers};
constexpr Shape kMetricFilterMatches{.name = "MetricFilterMatches", .type = list, .element = &kMetricFilterMatchRecord};
constexpr std::array kTestMetricFilterResponseMembers{
    ShapeMember{"matches", &kMetricFilterMatches}};
constexpr Shape kTestMetricFilterResponse{.name = "TestMetricFilterResponse", .type = structure, .members = kTestMetricFilterResponseMembers};
constexpr std::array kTestTransformerRequestMembers{
    ShapeMember{"transformerConfig", &kProcessors, true},
    ShapeMember{"logEventMessages", &kTestEventMessages, true}};
constexpr Shape kTestTransformerRequest{.name = "TestTransformerRequest", .type = structure, .members = kTestTransformerRequestMembers};
constexpr Shape kTransformedEventMessage{.name = "TransformedEventMessage", .type = string, .min = 1};
constexpr std::array kTransformedLogRecordMembers{
    ShapeMember{"eventNumber", &kEventNumber},
    ShapeMember{"eventMessage", &kEventMessage},
    ShapeMember{"transformedEventMessage", &kTransformedEventMessage}};
constexpr Shape kTransformedLogRecord{.name = "TransformedLogRecord", .type = structure, .members = kTransformedLogRecordMembers};
constexpr Shape kTransformedLogs{.name = "TransformedLogs", .type = list, .element = &kTransformedLogRecord};
constexpr std::array kTestTransformerResponseMembers{
    ShapeMember{"transformedLogs", &kTransformedLogs}};
constexpr Shape kTestTransformerResponse{.name = "TestTransformerResponse", .type = structure, .members = kTestTransformerResponseMembers};
constexpr std::array kDescribeConfigurationTemplatesResults{
    std::string_view("configurationTemplates")};
constexpr std::array kDescribeDeliveriesResults{
    std::string_view("deliveries")};
constexpr std::array kDescribeDeliveryDestinationsResults{
    std::string_view("deliveryDestinations")};
constexpr std::array kDescribeDeliverySourcesResults{
    std::string_view("deliverySources")};
constexpr std::array kDescribeDestinationsResults{
    std::string_view("destinations")};
constexpr std::array kDescribeExportTasksResults{
    std::string_view("exportTasks")};
constexpr std::array kDescribeLogGroupsResults{
    std::string_view("logGroups")};
constexpr std::array kDescribeLogStreamsResults{
    std::string_view("logStreams")};
constexpr std::array kDescribeMetricFiltersResults{
    std::string_view("metricFilters")};
constexpr std::array kDescribeQueriesResults{
    std::string_view("queries")};
constexpr std::array kDescribeResourcePoliciesResults{
    std::string_view("resourcePolicies")};
constexpr std::array kDescribeSubscriptionFiltersResults{
    std::string_view("subscriptionFilters")};
constexpr std::array kFilterLogEventsResults{
    std::string_view("events"),
    std::string_view("searchedLogStreams")};
constexpr std::array kGetScheduledQueryHistoryResults{
    std::string_view("triggerHistory")};
constexpr std::array kGetScheduledQueryHistoryOnce{
    std::string_view("name"),
    std::string_view("scheduledQueryArn")};
constexpr std::array kListAggregateLogGroupSummariesResults{
    std::string_view("aggregateLogGroupSummaries")};
constexpr std::array kListAnomaliesResults{
    std::string_view("anomalies")};
constexpr std::array kListLogAnomalyDetectorsResults{
    std::string_view("anomalyDetectors")};
constexpr std::array kListLogGroupsForQueryResults{
    std::string_view("logGroupIdentifiers")};
constexpr std::array kListScheduledQueriesResults{
    std::string_view("scheduledQueries")};
constexpr std::array kListSourcesForS3TableIntegrationResults{
    std::string_view("sources")};

}  // namespace cloudwatch_logs

namespace {
constexpr std::array kOperations{
    Operation{.service = Service::sts,
              .name = "AssumeRole",
              .summary = "Returns a set of temporary security credentials that you can use to access Amazon Web Services resources",
              .input = &sts::kAssumeRoleRequest,
              .output = &sts::kAssumeRoleResponse},
    Operation{.service = Service::logs,
              .name = "DescribeAccountPolicies",
              .summary = "Returns a list of all CloudWatch Logs account policies in the account",
              .input = &cloudwatch_logs::kDescribeAccountPoliciesRequest,
              .output = &cloudwatch_logs::kDescribeAccountPoliciesResponse},
    Operation{.service = Service::logs,
              .name = "DescribeConfigurationTemplates",
              .summary = "Use this operation to return the valid and default values that are used when creating delivery sources, delivery destinations, and deliveries",
              .input = &cloudwatch_logs::kDescribeConfigurationTemplatesRequest,
              .output = &cloudwatch_logs::kDescribeConfigurationTemplatesResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "limit", .results = cloudwatch_logs::kDescribeConfigurationTemplatesResults}},
    Operation{.service = Service::logs,
              .name = "DescribeDeliveries",
              .summary = "Retrieves a list of the deliveries that have been created in the account",
              .input = &cloudwatch_logs::kDescribeDeliveriesRequest,
              .output = &cloudwatch_logs::kDescribeDeliveriesResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "limit", .results = cloudwatch_logs::kDescribeDeliveriesResults}},
    Operation{.service = Service::logs,
              .name = "DescribeDeliveryDestinations",
              .summary = "Retrieves a list of the delivery destinations that have been created in the account",
              .input = &cloudwatch_logs::kDescribeDeliveryDestinationsRequest,
              .output = &cloudwatch_logs::kDescribeDeliveryDestinationsResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "limit", .results = cloudwatch_logs::kDescribeDeliveryDestinationsResults}},
    Operation{.service = Service::logs,
              .name = "DescribeDeliverySources",
              .summary = "Retrieves a list of the delivery sources that have been created in the account",
              .input = &cloudwatch_logs::kDescribeDeliverySourcesRequest,
              .output = &cloudwatch_logs::kDescribeDeliverySourcesResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "limit", .results = cloudwatch_logs::kDescribeDeliverySourcesResults}},
    Operation{.service = Service::logs,
              .name = "DescribeDestinations",
              .summary = "Lists all your destinations",
              .input = &cloudwatch_logs::kDescribeDestinationsRequest,
              .output = &cloudwatch_logs::kDescribeDestinationsResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "limit", .results = cloudwatch_logs::kDescribeDestinationsResults}},
    Operation{.service = Service::logs,
              .name = "DescribeExportTasks",
              .summary = "Lists the specified export tasks",
              .input = &cloudwatch_logs::kDescribeExportTasksRequest,
              .output = &cloudwatch_logs::kDescribeExportTasksResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "limit", .results = cloudwatch_logs::kDescribeExportTasksResults}},
    Operation{.service = Service::logs,
              .name = "DescribeFieldIndexes",
              .summary = "Returns a list of field indexes discovered in log data",
              .input = &cloudwatch_logs::kDescribeFieldIndexesRequest,
              .output = &cloudwatch_logs::kDescribeFieldIndexesResponse},
    Operation{.service = Service::logs,
              .name = "DescribeImportTaskBatches",
              .summary = "Gets detailed information about the individual batches within an import task, including their status and any error messages",
              .input = &cloudwatch_logs::kDescribeImportTaskBatchesRequest,
              .output = &cloudwatch_logs::kDescribeImportTaskBatchesResponse},
    Operation{.service = Service::logs,
              .name = "DescribeImportTasks",
              .summary = "Lists and describes import tasks, with optional filtering by import status and source ARN",
              .input = &cloudwatch_logs::kDescribeImportTasksRequest,
              .output = &cloudwatch_logs::kDescribeImportTasksResponse},
    Operation{.service = Service::logs,
              .name = "DescribeIndexPolicies",
              .summary = "Returns the field index policies of the specified log group",
              .input = &cloudwatch_logs::kDescribeIndexPoliciesRequest,
              .output = &cloudwatch_logs::kDescribeIndexPoliciesResponse},
    Operation{.service = Service::logs,
              .name = "DescribeLogGroups",
              .summary = "Returns information about log groups, including data sources that ingest into each log group",
              .input = &cloudwatch_logs::kDescribeLogGroupsRequest,
              .output = &cloudwatch_logs::kDescribeLogGroupsResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "limit", .results = cloudwatch_logs::kDescribeLogGroupsResults}},
    Operation{.service = Service::logs,
              .name = "DescribeLogStreams",
              .summary = "Lists the log streams for the specified log group",
              .input = &cloudwatch_logs::kDescribeLogStreamsRequest,
              .output = &cloudwatch_logs::kDescribeLogStreamsResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "limit", .results = cloudwatch_logs::kDescribeLogStreamsResults}},
    Operation{.service = Service::logs,
              .name = "DescribeLookupTables",
              .summary = "Retrieves metadata about lookup tables in your account",
              .input = &cloudwatch_logs::kDescribeLookupTablesRequest,
              .output = &cloudwatch_logs::kDescribeLookupTablesResponse},
    Operation{.service = Service::logs,
              .name = "DescribeMetricFilters",
              .summary = "Lists the specified metric filters",
              .input = &cloudwatch_logs::kDescribeMetricFiltersRequest,
              .output = &cloudwatch_logs::kDescribeMetricFiltersResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "limit", .results = cloudwatch_logs::kDescribeMetricFiltersResults}},
    Operation{.service = Service::logs,
              .name = "DescribeQueries",
              .summary = "Returns a list of CloudWatch Logs Insights queries that are scheduled, running, or have been run recently in this account",
              .input = &cloudwatch_logs::kDescribeQueriesRequest,
              .output = &cloudwatch_logs::kDescribeQueriesResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "maxResults", .results = cloudwatch_logs::kDescribeQueriesResults}},
    Operation{.service = Service::logs,
              .name = "DescribeQueryDefinitions",
              .summary = "This operation returns a paginated list of your saved CloudWatch Logs Insights query definitions",
              .input = &cloudwatch_logs::kDescribeQueryDefinitionsRequest,
              .output = &cloudwatch_logs::kDescribeQueryDefinitionsResponse},
    Operation{.service = Service::logs,
              .name = "DescribeResourcePolicies",
              .summary = "Lists the resource policies in this account",
              .input = &cloudwatch_logs::kDescribeResourcePoliciesRequest,
              .output = &cloudwatch_logs::kDescribeResourcePoliciesResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "limit", .results = cloudwatch_logs::kDescribeResourcePoliciesResults}},
    Operation{.service = Service::logs,
              .name = "DescribeSubscriptionFilters",
              .summary = "Lists the subscription filters for the specified log group",
              .input = &cloudwatch_logs::kDescribeSubscriptionFiltersRequest,
              .output = &cloudwatch_logs::kDescribeSubscriptionFiltersResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "limit", .results = cloudwatch_logs::kDescribeSubscriptionFiltersResults}},
    Operation{.service = Service::logs,
              .name = "FilterLogEvents",
              .summary = "Lists log events from the specified log group",
              .input = &cloudwatch_logs::kFilterLogEventsRequest,
              .output = &cloudwatch_logs::kFilterLogEventsResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "limit", .results = cloudwatch_logs::kFilterLogEventsResults},
              .essential = "events"},
    Operation{.service = Service::sts,
              .name = "GetCallerIdentity",
              .summary = "Returns details about the IAM user or role whose credentials are used to call the operation",
              .input = &sts::kGetCallerIdentityRequest,
              .output = &sts::kGetCallerIdentityResponse},
    Operation{.service = Service::logs,
              .name = "GetDataProtectionPolicy",
              .summary = "Returns information about a log group data protection policy",
              .input = &cloudwatch_logs::kGetDataProtectionPolicyRequest,
              .output = &cloudwatch_logs::kGetDataProtectionPolicyResponse},
    Operation{.service = Service::logs,
              .name = "GetDelivery",
              .summary = "Returns complete information about one logical delivery",
              .input = &cloudwatch_logs::kGetDeliveryRequest,
              .output = &cloudwatch_logs::kGetDeliveryResponse},
    Operation{.service = Service::logs,
              .name = "GetDeliveryDestination",
              .summary = "Retrieves complete information about one delivery destination",
              .input = &cloudwatch_logs::kGetDeliveryDestinationRequest,
              .output = &cloudwatch_logs::kGetDeliveryDestinationResponse},
    Operation{.service = Service::logs,
              .name = "GetDeliveryDestinationPolicy",
              .summary = "Retrieves the delivery destination policy assigned to the delivery destination that you specify",
              .input = &cloudwatch_logs::kGetDeliveryDestinationPolicyRequest,
              .output = &cloudwatch_logs::kGetDeliveryDestinationPolicyResponse},
    Operation{.service = Service::logs,
              .name = "GetDeliverySource",
              .summary = "Retrieves complete information about one delivery source",
              .input = &cloudwatch_logs::kGetDeliverySourceRequest,
              .output = &cloudwatch_logs::kGetDeliverySourceResponse},
    Operation{.service = Service::logs,
              .name = "GetIntegration",
              .summary = "Returns information about one integration between CloudWatch Logs and OpenSearch Service",
              .input = &cloudwatch_logs::kGetIntegrationRequest,
              .output = &cloudwatch_logs::kGetIntegrationResponse},
    Operation{.service = Service::logs,
              .name = "GetLogAnomalyDetector",
              .summary = "Retrieves information about the log anomaly detector that you specify",
              .input = &cloudwatch_logs::kGetLogAnomalyDetectorRequest,
              .output = &cloudwatch_logs::kGetLogAnomalyDetectorResponse},
    Operation{.service = Service::logs,
              .name = "GetLogEvents",
              .summary = "Lists log events from the specified log stream",
              .input = &cloudwatch_logs::kGetLogEventsRequest,
              .output = &cloudwatch_logs::kGetLogEventsResponse},
    Operation{.service = Service::logs,
              .name = "GetLogFields",
              .summary = "Discovers available fields for a specific data source and type",
              .input = &cloudwatch_logs::kGetLogFieldsRequest,
              .output = &cloudwatch_logs::kGetLogFieldsResponse},
    Operation{.service = Service::logs,
              .name = "GetLogGroupFields",
              .summary = "Returns a list of the fields that are included in log events in the specified log group",
              .input = &cloudwatch_logs::kGetLogGroupFieldsRequest,
              .output = &cloudwatch_logs::kGetLogGroupFieldsResponse},
    Operation{.service = Service::logs,
              .name = "GetLogRecord",
              .summary = "Retrieves all of the fields and values of a single log event",
              .input = &cloudwatch_logs::kGetLogRecordRequest,
              .output = &cloudwatch_logs::kGetLogRecordResponse},
    Operation{.service = Service::logs,
              .name = "GetLookupTable",
              .summary = "Retrieves the full content of a lookup table, including the CSV data",
              .input = &cloudwatch_logs::kGetLookupTableRequest,
              .output = &cloudwatch_logs::kGetLookupTableResponse},
    Operation{.service = Service::logs,
              .name = "GetQueryResults",
              .summary = "Returns the results from the specified query",
              .input = &cloudwatch_logs::kGetQueryResultsRequest,
              .output = &cloudwatch_logs::kGetQueryResultsResponse},
    Operation{.service = Service::logs,
              .name = "GetScheduledQuery",
              .summary = "Retrieves details about a specific scheduled query, including its configuration, execution status, and metadata",
              .input = &cloudwatch_logs::kGetScheduledQueryRequest,
              .output = &cloudwatch_logs::kGetScheduledQueryResponse},
    Operation{.service = Service::logs,
              .name = "GetScheduledQueryHistory",
              .summary = "Retrieves the execution history of a scheduled query within a specified time range, including query results and destination processing status",
              .input = &cloudwatch_logs::kGetScheduledQueryHistoryRequest,
              .output = &cloudwatch_logs::kGetScheduledQueryHistoryResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "maxResults", .results = cloudwatch_logs::kGetScheduledQueryHistoryResults, .once = cloudwatch_logs::kGetScheduledQueryHistoryOnce}},
    Operation{.service = Service::logs,
              .name = "GetStorageTierPolicy",
              .summary = "Returns the storage tier policy for the account",
              .input = &cloudwatch_logs::kGetStorageTierPolicyRequest,
              .output = &cloudwatch_logs::kGetStorageTierPolicyResponse},
    Operation{.service = Service::logs,
              .name = "GetTransformer",
              .summary = "Returns the information about the log transformer associated with this log group",
              .input = &cloudwatch_logs::kGetTransformerRequest,
              .output = &cloudwatch_logs::kGetTransformerResponse},
    Operation{.service = Service::logs,
              .name = "ListAggregateLogGroupSummaries",
              .summary = "Returns an aggregate summary of all log groups in the Region grouped by specified data source characteristics",
              .input = &cloudwatch_logs::kListAggregateLogGroupSummariesRequest,
              .output = &cloudwatch_logs::kListAggregateLogGroupSummariesResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "limit", .results = cloudwatch_logs::kListAggregateLogGroupSummariesResults}},
    Operation{.service = Service::logs,
              .name = "ListAnomalies",
              .summary = "Returns a list of anomalies that log anomaly detectors have found",
              .input = &cloudwatch_logs::kListAnomaliesRequest,
              .output = &cloudwatch_logs::kListAnomaliesResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "limit", .results = cloudwatch_logs::kListAnomaliesResults}},
    Operation{.service = Service::logs,
              .name = "ListIntegrations",
              .summary = "Returns a list of integrations between CloudWatch Logs and other services in this account",
              .input = &cloudwatch_logs::kListIntegrationsRequest,
              .output = &cloudwatch_logs::kListIntegrationsResponse},
    Operation{.service = Service::logs,
              .name = "ListLogAnomalyDetectors",
              .summary = "Retrieves a list of the log anomaly detectors in the account",
              .input = &cloudwatch_logs::kListLogAnomalyDetectorsRequest,
              .output = &cloudwatch_logs::kListLogAnomalyDetectorsResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "limit", .results = cloudwatch_logs::kListLogAnomalyDetectorsResults}},
    Operation{.service = Service::logs,
              .name = "ListLogGroups",
              .summary = "Returns a list of log groups in the Region in your account",
              .input = &cloudwatch_logs::kListLogGroupsRequest,
              .output = &cloudwatch_logs::kListLogGroupsResponse},
    Operation{.service = Service::logs,
              .name = "ListLogGroupsForQuery",
              .summary = "Returns a list of the log groups that were analyzed during a single CloudWatch Logs Insights query",
              .input = &cloudwatch_logs::kListLogGroupsForQueryRequest,
              .output = &cloudwatch_logs::kListLogGroupsForQueryResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "maxResults", .results = cloudwatch_logs::kListLogGroupsForQueryResults}},
    Operation{.service = Service::logs,
              .name = "ListScheduledQueries",
              .summary = "Lists all scheduled queries in your account and region",
              .input = &cloudwatch_logs::kListScheduledQueriesRequest,
              .output = &cloudwatch_logs::kListScheduledQueriesResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "maxResults", .results = cloudwatch_logs::kListScheduledQueriesResults}},
    Operation{.service = Service::logs,
              .name = "ListSourcesForS3TableIntegration",
              .summary = "Returns a list of data source associations for a specified S3 Table Integration, showing which data sources are currently associated for query access",
              .input = &cloudwatch_logs::kListSourcesForS3TableIntegrationRequest,
              .output = &cloudwatch_logs::kListSourcesForS3TableIntegrationResponse,
              .pagination = Pagination{.input_token = "nextToken", .output_token = "nextToken", .limit = "maxResults", .results = cloudwatch_logs::kListSourcesForS3TableIntegrationResults}},
    Operation{.service = Service::logs,
              .name = "ListSyslogConfigurations",
              .summary = "Returns a list of syslog configurations",
              .input = &cloudwatch_logs::kListSyslogConfigurationsRequest,
              .output = &cloudwatch_logs::kListSyslogConfigurationsResponse},
    Operation{.service = Service::logs,
              .name = "ListTagsForResource",
              .summary = "Displays the tags associated with a CloudWatch Logs resource",
              .input = &cloudwatch_logs::kListTagsForResourceRequest,
              .output = &cloudwatch_logs::kListTagsForResourceResponse},
    Operation{.service = Service::logs,
              .name = "ListTagsLogGroup",
              .summary = "The ListTagsLogGroup operation is on the path to deprecation",
              .input = &cloudwatch_logs::kListTagsLogGroupRequest,
              .output = &cloudwatch_logs::kListTagsLogGroupResponse},
    Operation{.service = Service::logs,
              .name = "StartQuery",
              .summary = "Starts a query of one or more log groups or data sources using CloudWatch Logs Insights",
              .input = &cloudwatch_logs::kStartQueryRequest,
              .output = &cloudwatch_logs::kStartQueryResponse},
    Operation{.service = Service::logs,
              .name = "StopQuery",
              .summary = "Stops a CloudWatch Logs Insights query that is in progress",
              .input = &cloudwatch_logs::kStopQueryRequest,
              .output = &cloudwatch_logs::kStopQueryResponse},
    Operation{.service = Service::logs,
              .name = "TestMetricFilter",
              .summary = "Tests the filter pattern of a metric filter against a sample of log event messages",
              .input = &cloudwatch_logs::kTestMetricFilterRequest,
              .output = &cloudwatch_logs::kTestMetricFilterResponse},
    Operation{.service = Service::logs,
              .name = "TestTransformer",
              .summary = "Use this operation to test a log transformer",
              .input = &cloudwatch_logs::kTestTransformerRequest,
              .output = &cloudwatch_logs::kTestTransformerResponse},
};
}  // namespace

std::span<const Operation> operation_table() noexcept {
  return kOperations;
}

}  // namespace crosslog::logs

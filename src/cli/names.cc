#include "cli/names.h"

#include "cli/unicode.h"

namespace crosslog::cli {
namespace {

// clang-format off
constexpr std::string_view kCommands[] = {
    "accessanalyzer", "account", "acm", "acm-pca", "agent-toolkit", "aiops", "amp", "amplify",
    "amplifybackend", "amplifyuibuilder", "apigateway", "apigatewaymanagementapi", "apigatewayv2",
    "appconfig", "appconfigdata", "appfabric", "appflow", "appintegrations", "application-autoscaling",
    "application-insights", "application-signals", "applicationcostprofiler", "appmesh", "apprunner",
    "appstream", "appsync", "arc-region-switch", "arc-zonal-shift", "artifact", "athena", "auditmanager",
    "autoscaling", "autoscaling-plans", "b2bi", "backup", "backup-gateway", "backupsearch", "batch",
    "bcm-dashboards", "bcm-data-exports", "bcm-pricing-calculator", "bcm-recommended-actions", "bedrock",
    "bedrock-agent", "bedrock-agent-runtime", "bedrock-agentcore", "bedrock-agentcore-control",
    "bedrock-data-automation", "bedrock-data-automation-runtime", "bedrock-runtime", "billing",
    "billingconductor", "braket", "budgets", "ce", "chatbot", "chime", "chime-sdk-identity",
    "chime-sdk-media-pipelines", "chime-sdk-meetings", "chime-sdk-messaging", "chime-sdk-voice", "cleanrooms",
    "cleanroomsml", "cli-dev", "cloud9", "cloudcontrol", "clouddirectory", "cloudformation", "cloudfront",
    "cloudfront-keyvaluestore", "cloudhsm", "cloudhsmv2", "cloudsearch", "cloudsearchdomain", "cloudtrail",
    "cloudtrail-data", "cloudwatch", "codeartifact", "codebuild", "codecatalyst", "codecommit",
    "codeconnections", "codeguru-reviewer", "codeguru-security", "codeguruprofiler", "codepipeline",
    "codestar-connections", "codestar-notifications", "cognito-identity", "cognito-idp", "cognito-sync",
    "comprehend", "comprehendmedical", "compute-optimizer", "compute-optimizer-automation", "configservice",
    "configure", "connect", "connect-contact-lens", "connectcampaigns", "connectcampaignsv2", "connectcases",
    "connecthealth", "connectparticipant", "controlcatalog", "controltower", "cost-optimization-hub", "cur",
    "customer-profiles", "databrew", "dataexchange", "datapipeline", "datasync", "datazone", "dax", "ddb",
    "deadline", "deploy", "detective", "devicefarm", "devops-agent", "devops-guru", "directconnect",
    "discovery", "dlm", "dms", "docdb", "docdb-elastic", "drs", "ds", "ds-data", "dsql", "dynamodb",
    "dynamodbstreams", "ebs", "ec2", "ec2-instance-connect", "ecr", "ecr-public", "ecs", "efs", "eks",
    "eks-auth", "elasticache", "elasticbeanstalk", "elb", "elbv2", "elementalinference", "emr",
    "emr-containers", "emr-serverless", "entityresolution", "es", "events", "evs", "finspace",
    "finspace-data", "firehose", "fis", "fms", "forecast", "forecastquery", "frauddetector", "freetier",
    "fsx", "gamelift", "gameliftstreams", "geo-maps", "geo-places", "geo-routes", "glacier",
    "globalaccelerator", "glue", "grafana", "greengrass", "greengrassv2", "groundstation", "guardduty",
    "health", "healthlake", "help", "history", "iam", "identitystore", "imagebuilder", "importexport",
    "inspector", "inspector-scan", "inspector2", "interconnect", "internetmonitor", "invoicing", "iot",
    "iot-data", "iot-jobs-data", "iot-managed-integrations", "iotdeviceadvisor", "iotfleetwise",
    "iotsecuretunneling", "iotsitewise", "iotthingsgraph", "iottwinmaker", "iotwireless", "ivs",
    "ivs-realtime", "ivschat", "kafka", "kafkaconnect", "kendra", "kendra-ranking", "keyspaces",
    "keyspacesstreams", "kinesis", "kinesis-video-archived-media", "kinesis-video-media",
    "kinesis-video-signaling", "kinesis-video-webrtc-storage", "kinesisanalytics", "kinesisanalyticsv2",
    "kinesisvideo", "kms", "lakeformation", "lambda", "lambda-core", "lambda-microvms", "launch-wizard",
    "lex-models", "lex-runtime", "lexv2-models", "lexv2-runtime", "license-manager",
    "license-manager-linux-subscriptions", "license-manager-user-subscriptions", "lightsail", "location",
    "login", "logout", "logs", "lookoutequipment", "m2", "machinelearning", "macie2", "mailmanager",
    "managedblockchain", "managedblockchain-query", "marketplace-agreement", "marketplace-catalog",
    "marketplace-deployment", "marketplace-discovery", "marketplace-entitlement", "marketplace-reporting",
    "marketplacecommerceanalytics", "mediaconnect", "mediaconvert", "medialive", "mediapackage",
    "mediapackage-vod", "mediapackagev2", "mediastore", "mediastore-data", "mediatailor", "medical-imaging",
    "memorydb", "meteringmarketplace", "mgh", "mgn", "migration-hub-refactor-spaces", "migrationhub-config",
    "migrationhuborchestrator", "migrationhubstrategy", "mpa", "mq", "mturk", "mwaa", "mwaa-serverless",
    "neptune", "neptune-graph", "neptunedata", "network-firewall", "networkflowmonitor", "networkmanager",
    "networkmonitor", "notifications", "notificationscontacts", "nova-act", "oam", "observabilityadmin",
    "odb", "omics", "opensearch", "opensearchserverless", "organizations", "osis", "outposts",
    "partnercentral-account", "partnercentral-benefits", "partnercentral-channel",
    "partnercentral-revenue-measurement", "partnercentral-selling", "payment-cryptography",
    "payment-cryptography-data", "pca-connector-ad", "pca-connector-scep", "pcs", "personalize",
    "personalize-events", "personalize-runtime", "pi", "pinpoint", "pinpoint-email", "pinpoint-sms-voice",
    "pinpoint-sms-voice-v2", "pipes", "polly", "pricing", "proton", "qapps", "qbusiness", "qconnect",
    "quicksight", "ram", "rbin", "rds", "rds-data", "redshift", "redshift-data", "redshift-serverless",
    "rekognition", "repostspace", "resiliencehub", "resiliencehubv2", "resource-explorer-2",
    "resource-groups", "resourcegroupstaggingapi", "rolesanywhere", "route53", "route53-recovery-cluster",
    "route53-recovery-control-config", "route53-recovery-readiness", "route53domains",
    "route53globalresolver", "route53profiles", "route53resolver", "rtbfabric", "rum", "s3", "s3api",
    "s3control", "s3files", "s3outposts", "s3tables", "s3vectors", "sagemaker", "sagemaker-a2i-runtime",
    "sagemaker-edge", "sagemaker-featurestore-runtime", "sagemaker-geospatial", "sagemaker-metrics",
    "sagemaker-runtime", "sagemakerjobruntime", "savingsplans", "scheduler", "schemas", "sdb",
    "secretsmanager", "security-ir", "securityagent", "securityhub", "securitylake", "serverlessrepo",
    "service-quotas", "servicecatalog", "servicecatalog-appregistry", "servicediscovery", "ses", "sesv2",
    "shield", "signer", "signer-data", "signin", "simpledbv2", "snow-device-management", "snowball", "sns",
    "socialmessaging", "sqs", "ssm", "ssm-contacts", "ssm-guiconnect", "ssm-incidents", "ssm-quicksetup",
    "ssm-sap", "sso", "sso-admin", "sso-oidc", "stepfunctions", "storagegateway", "sts", "supplychain",
    "support", "support-app", "supportauthz", "sustainability", "swf", "synthetics", "taxsettings",
    "textract", "timestream-influxdb", "timestream-query", "timestream-write", "tnb", "transcribe",
    "transfer", "translate", "trustedadvisor", "update", "uxc", "verifiedpermissions", "voice-id",
    "vpc-lattice", "waf", "waf-regional", "wafv2", "wellarchitected", "wickr", "wisdom", "workdocs",
    "workmail", "workmailmessageflow", "workspaces", "workspaces-instances", "workspaces-thin-client",
    "workspaces-web", "xray",
};

constexpr std::string_view kLogs[] = {
    "associate-kms-key", "associate-source-to-s3-table-integration", "cancel-export-task",
    "cancel-import-task", "create-delivery", "create-export-task", "create-import-task",
    "create-log-anomaly-detector", "create-log-group", "create-log-stream", "create-lookup-table",
    "create-scheduled-query", "delete-account-policy", "delete-data-protection-policy", "delete-delivery",
    "delete-delivery-destination", "delete-delivery-destination-policy", "delete-delivery-source",
    "delete-destination", "delete-index-policy", "delete-integration", "delete-log-anomaly-detector",
    "delete-log-group", "delete-log-stream", "delete-lookup-table", "delete-metric-filter",
    "delete-query-definition", "delete-resource-policy", "delete-retention-policy", "delete-scheduled-query",
    "delete-subscription-filter", "delete-syslog-configuration", "delete-transformer",
    "describe-account-policies", "describe-configuration-templates", "describe-deliveries",
    "describe-delivery-destinations", "describe-delivery-sources", "describe-destinations",
    "describe-export-tasks", "describe-field-indexes", "describe-import-task-batches",
    "describe-import-tasks", "describe-index-policies", "describe-log-groups", "describe-log-streams",
    "describe-lookup-tables", "describe-metric-filters", "describe-queries", "describe-query-definitions",
    "describe-resource-policies", "describe-subscription-filters", "disassociate-kms-key",
    "disassociate-source-from-s3-table-integration", "filter-log-events", "get-data-protection-policy",
    "get-delivery", "get-delivery-destination", "get-delivery-destination-policy", "get-delivery-source",
    "get-integration", "get-log-anomaly-detector", "get-log-events", "get-log-fields", "get-log-group-fields",
    "get-log-record", "get-lookup-table", "get-query-results", "get-scheduled-query",
    "get-scheduled-query-history", "get-storage-tier-policy", "get-transformer", "help",
    "list-aggregate-log-group-summaries", "list-anomalies", "list-integrations", "list-log-anomaly-detectors",
    "list-log-groups", "list-log-groups-for-query", "list-scheduled-queries",
    "list-sources-for-s3-table-integration", "list-syslog-configurations", "list-tags-for-resource",
    "list-tags-log-group", "put-account-policy", "put-bearer-token-authentication",
    "put-data-protection-policy", "put-delivery-destination", "put-delivery-destination-policy",
    "put-delivery-source", "put-destination", "put-destination-policy", "put-index-policy", "put-integration",
    "put-log-events", "put-log-group-deletion-protection", "put-metric-filter", "put-query-definition",
    "put-resource-policy", "put-retention-policy", "put-storage-tier-policy", "put-subscription-filter",
    "put-syslog-configuration", "put-transformer", "start-live-tail", "start-query", "stop-query",
    "tag-log-group", "tag-resource", "tail", "test-metric-filter", "test-transformer", "untag-log-group",
    "untag-resource", "update-anomaly", "update-delivery-configuration", "update-log-anomaly-detector",
    "update-lookup-table", "update-scheduled-query",
};

constexpr std::string_view kSts[] = {
    "assume-role", "assume-role-with-saml", "assume-role-with-web-identity", "assume-root",
    "decode-authorization-message", "get-access-key-info", "get-caller-identity",
    "get-delegated-access-token", "get-federation-token", "get-session-token", "get-web-identity-token",
    "help",
};
// clang-format on

bool is_upper(char c) noexcept {
  return c >= 'A' && c <= 'Z';
}
bool is_lower(char c) noexcept {
  return c >= 'a' && c <= 'z';
}

// "PolicyARNs" to "Policy-arns": two or more capitals and an s at the end.
std::string split_plural_acronym(std::string_view name) {
  std::size_t start = name.size();
  if (name.ends_with('s')) {
    for (start = name.size() - 1; start > 0 && is_upper(name[start - 1]);)
      --start;
  }
  if (start + 3 > name.size()) return std::string(name);
  std::string out = std::string(name.substr(0, start)) + "-";
  for (const char c : name.substr(start))
    out += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

// A dash before every capital that begins a word: (.)([A-Z][a-z]+).
std::string split_words(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size();) {
    if (i + 2 < name.size() && is_upper(name[i + 1]) && is_lower(name[i + 2])) {
      out += name[i++];
      out += '-';
      do
        out += name[i++];
      while (i < name.size() && is_lower(name[i]));
    } else {
      out += name[i++];
    }
  }
  return out;
}

}  // namespace

std::string kebab(std::string_view name) {
  if (name.contains('-')) return std::string(name);
  const std::string words = split_words(split_plural_acronym(name));
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const char c = words[i];
    if (i > 0 && is_upper(c) && (is_lower(words[i - 1]) || is_digit(words[i - 1]))) out += '-';
    out += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return out;
}

std::span<const std::string_view> aws_commands() noexcept {
  return kCommands;
}

std::span<const std::string_view> aws_operations(Service service) noexcept {
  return service == Service::sts ? std::span<const std::string_view>(kSts)
                                 : std::span<const std::string_view>(kLogs);
}

}  // namespace crosslog::cli

{{/* Generated from the operator's table of settings; do not edit. */}}
{{- define "connectwise-operator.settingValues" -}}
ACCOUNT_BREAKER_FAILURES: settings.accountBreakerFailures
ACCOUNT_MAX_CONCURRENT_REQUESTS: settings.accountMaxConcurrentRequests
ACCOUNT_NAMESPACE_SELECTORS: accounts.namespaceSelectors
AUDIT_LOGS: settings.auditLogs
CA_BUNDLE: caBundle
CLOUD_ELEMENTS_ALLOWED_BASE_URLS: settings.cloudElementsAllowedBaseUrls
CLOUD_ELEMENTS_BASE_URL: settings.cloudElementsBaseUrl
CLUSTER_NAME: settings.clusterName
HTTPS_PROXY: proxy.url or proxy.secret
HTTP_PORT: settings.httpPort
LEADER_ELECTION: leaderElection
LOG_FORMAT: settings.logFormat
LOG_LEVEL: settings.logLevel
MASS_DELETION_LIMIT: settings.massDeletionLimit
MASS_DISAPPEARANCE_LIMIT: settings.massDisappearanceLimit
MAX_CONCURRENT_REQUESTS: settings.maxConcurrentRequests
NO_PROXY: proxy.exceptions
OPERATING_MODE: settings.operatingMode
OPERATOR_NAMESPACE: the release's namespace
ORPHAN_SCAN_INTERVAL: settings.orphanScanInterval
OTEL_EXPORTER_OTLP_ENDPOINT: settings.otelExporterOtlpEndpoint
PROVISION_TIMEOUT: settings.provisionTimeout
REQUEST_TIMEOUT: settings.requestTimeout
RESYNC_INTERVAL: settings.resyncInterval
SECRETS_WATCH: secrets.watch
TRACE_PROPAGATION: settings.tracePropagation
WATCH_LABEL_SELECTOR: watchLabelSelector
WATCH_NAMESPACES: watchNamespaces
{{- end }}

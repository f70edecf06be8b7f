{{- define "connectwise-operator.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "connectwise-operator.fullname" -}}
{{- $name := include "connectwise-operator.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 55 | trimSuffix "-" }}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 55 | trimSuffix "-" }}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 55 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "connectwise-operator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "connectwise-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "connectwise-operator.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{ include "connectwise-operator.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "connectwise-operator.namespace" -}}
{{- .Values.namespaceOverride | default .Release.Namespace }}
{{- end }}

{{/*
An object's metadata. Arguments: root; name (otherwise the full name with suffix); namespace (otherwise the release's, and none
with cluster); labels; annotations.
*/}}
{{- define "connectwise-operator.metadata" -}}
name: {{ .name | default (printf "%s%s" (include "connectwise-operator.fullname" .root) (.suffix | default "")) }}
{{- if not .cluster }}
namespace: {{ .namespace | default (include "connectwise-operator.namespace" .root) }}
{{- end }}
labels:
  {{- include "connectwise-operator.labels" .root | nindent 2 }}
  {{- with .labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with merge (dict) (.annotations | default dict) .root.Values.commonAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "connectwise-operator.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (include "connectwise-operator.fullname" .) }}
{{- end }}

{{- define "connectwise-operator.image" -}}
{{- with (.Values.global).imageRegistry | default .Values.image.registry }}{{ . }}/{{ end }}{{ .Values.image.repository }}
{{- if .Values.image.digest }}@{{ .Values.image.digest }}{{ else }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}
{{- end }}

{{/* The chart's and those that charts share, where some write a Secret's name alone. */}}
{{- define "connectwise-operator.imagePullSecrets" -}}
{{- $secrets := list }}
{{- range concat .Values.imagePullSecrets ((.Values.global).imagePullSecrets | default list) }}
{{- $secrets = append $secrets (kindIs "string" . | ternary (dict "name" .) .) }}
{{- end }}
{{- with $secrets | uniq }}
{{- toYaml . }}
{{- end }}
{{- end }}

{{/* A security context, without ids where the platform chooses them. Arguments: the root, the context. */}}
{{- define "connectwise-operator.securityContext" -}}
{{- $root := index . 0 }}
{{- $context := index . 1 }}
{{- $mode := $root.Values.adaptSecurityContext }}
{{- if or (eq $mode "force") (and (eq $mode "auto") ($root.Capabilities.APIVersions.Has "security.openshift.io/v1")) }}
{{- $context = omit $context "runAsUser" "runAsGroup" "fsGroup" }}
{{- end }}
{{- toYaml $context }}
{{- end }}

{{- define "connectwise-operator.port" -}}
{{- .Values.settings.httpPort | default 8080 | int }}
{{- end }}

{{- define "connectwise-operator.caFile" -}}
/etc/connectwise-operator/ca/ca.crt
{{- end }}

{{/* Where the certificates of caBundle come from; empty for nowhere. */}}
{{- define "connectwise-operator.caVolume" -}}
{{- $ca := .Values.caBundle }}
{{- if $ca.configMap -}}
configMap:
  name: {{ $ca.configMap }}
  items:
    - key: {{ $ca.key }}
      path: ca.crt
{{- else if $ca.secret -}}
secret:
  secretName: {{ $ca.secret }}
  items:
    - key: {{ $ca.key }}
      path: ca.crt
{{- else if $ca.clusterTrustBundle -}}
projected:
  sources:
    - clusterTrustBundle:
        {{- toYaml $ca.clusterTrustBundle | nindent 8 }}
        path: ca.crt
{{- end }}
{{- end }}

{{/* The operator's settings as variables; settings.* by the rule logLevel -> LOG_LEVEL. */}}
{{- define "connectwise-operator.env" -}}
- name: OPERATOR_NAMESPACE
  valueFrom:
    fieldRef:
      fieldPath: metadata.namespace
- name: LEADER_ELECTION
  value: {{ .Values.leaderElection | quote }}
- name: SECRETS_WATCH
  value: {{ .Values.secrets.watch | quote }}
- name: ACCOUNT_NAMESPACE_SELECTORS
  value: {{ .Values.accounts.namespaceSelectors | quote }}
{{- if and (eq (len .Values.watchNamespaces) 1) (has (include "connectwise-operator.namespace" .) .Values.watchNamespaces) }}
{{- /* the pod's own, so that the manifest can be moved to another namespace */}}
- name: WATCH_NAMESPACES
  valueFrom:
    fieldRef:
      fieldPath: metadata.namespace
{{- else if .Values.watchNamespaces }}
- name: WATCH_NAMESPACES
  value: {{ join "," .Values.watchNamespaces | quote }}
{{- end }}
{{- with .Values.watchLabelSelector }}
- name: WATCH_LABEL_SELECTOR
  value: {{ . | quote }}
{{- end }}
{{- range $name, $value := .Values.settings }}
- name: {{ $name | snakecase | upper }}
  {{- if kindIs "slice" $value }}
  value: {{ join "," $value | quote }}
  {{- else if kindIs "float64" $value }}
  value: {{ int64 $value | quote }}
  {{- else }}
  value: {{ $value | quote }}
  {{- end }}
{{- end }}
{{- with .Values.jvmOptions }}
- name: _JAVA_OPTIONS
  value: {{ join " " . | quote }}
{{- end }}
{{- if include "connectwise-operator.caVolume" . }}
- name: CA_BUNDLE
  value: {{ include "connectwise-operator.caFile" . }}
{{- end }}
{{- if or .Values.proxy.url .Values.proxy.secret }}
- name: HTTPS_PROXY
  {{- if .Values.proxy.secret }}
  valueFrom:
    secretKeyRef:
      name: {{ .Values.proxy.secret }}
      key: {{ .Values.proxy.secretKey }}
  {{- else }}
  value: {{ .Values.proxy.url | quote }}
  {{- end }}
- name: NO_PROXY
  value: {{ prepend .Values.proxy.exceptions "$(KUBERNETES_SERVICE_HOST)" | join "," | quote }}
{{- end }}
{{- end }}

{{/* What the operator does in a namespace that it serves: docs/security.md says what each line is for. */}}
{{- define "connectwise-operator.rules" -}}
- apiGroups: [cloudelements.io]
  resources: [connectwiseinstances]
  verbs: [get, list, watch, patch]
- apiGroups: [cloudelements.io]
  resources: [connectwiseinstances/status]
  verbs: [patch]
- apiGroups: [cloudelements.io]
  resources: [cloudelementsaccounts]
  verbs: [list, watch, patch]
- apiGroups: [cloudelements.io]
  resources: [cloudelementsaccounts/status]
  verbs: [patch]
- apiGroups: [""]
  resources: [secrets]
  {{- if .Values.secrets.watch }}
  verbs: [get, list, watch, create, update, delete]
  {{- else }}
  verbs: [get, create, update, delete]
  {{- end }}
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create]
{{- end }}

{{/* What the schema cannot say, or not as clearly. */}}
{{- define "connectwise-operator.validate" -}}
{{- if and .Values.watchNamespaces (not .Values.settings.clusterName) }}
{{- fail "settings.clusterName is required with watchNamespaces: its default, the UID of the namespace kube-system, cannot be read without a ClusterRole. Choose a name that no other cluster has and that never changes: by it the operator finds its instances again." }}
{{- end }}
{{- if and .Values.watchNamespaces .Values.accounts.namespaceSelectors }}
{{- fail "accounts.namespaceSelectors must be false with watchNamespaces: no Role can grant the right to watch Namespaces. Let accounts name what they allow (allowedNamespaces: {from: Names, names: [...]}), or serve all namespaces (watchNamespaces: [])." }}
{{- end }}
{{- range .Values.accounts.objects }}
{{- if and (not $.Values.accounts.namespaceSelectors) (eq ((.spec.allowedNamespaces).from | default "Same") "Selector") }}
{{- fail (printf "accounts.objects: %s allows namespaces by a selector, which matches none with accounts.namespaceSelectors: false. Set it to true, or use allowedNamespaces: {from: Names, names: [...]}." .name) }}
{{- end }}
{{- $namespace := .namespace | default (include "connectwise-operator.namespace" $) }}
{{- if and $.Values.watchNamespaces (not (has $namespace $.Values.watchNamespaces)) }}
{{- fail (printf "accounts.objects: %s is in the namespace %s, which is not served. Add it to watchNamespaces, or put the account into a namespace that is." .name $namespace) }}
{{- end }}
{{- end }}
{{- if and (not .Values.leaderElection) (gt (int .Values.replicas) 1) }}
{{- fail "replicas must be 1 with leaderElection: false: two operators would work on the same resources. Set leaderElection: true." }}
{{- end }}
{{- $caBundle := pick .Values.caBundle "configMap" "secret" "clusterTrustBundle" }}
{{- if gt (len (compact (values $caBundle))) 1 }}
{{- fail "more than one of caBundle.configMap, caBundle.secret and caBundle.clusterTrustBundle is set: keep one." }}
{{- end }}
{{- if and (not .Values.leaderElection) (ne (.Values.updateStrategy.type | default "Recreate") "Recreate") }}
{{- fail "updateStrategy.type must be Recreate with leaderElection: false: an old and a new operator would work on the same resources. Set leaderElection: true." }}
{{- end }}
{{- if and .Values.proxy.url .Values.proxy.secret }}
{{- fail "proxy.url and proxy.secret are both set: keep one." }}
{{- end }}
{{- $policy := .Values.networkPolicy }}
{{- if and .Values.proxy.secret $policy.enabled (not (or .Values.proxy.port $policy.platformPorts $policy.extraEgress)) }}
{{- fail "proxy.port is required with proxy.secret: the network policy has to let the proxy's port out, and a port in a Secret is not known to the chart. Set proxy.port, or networkPolicy.enabled: false." }}
{{- end }}
{{- if and (not .Values.serviceAccount.create) (not .Values.serviceAccount.name) }}
{{- fail "serviceAccount.name is required with serviceAccount.create: false." }}
{{- end }}
{{- $places := include "connectwise-operator.settingValues" . | fromYaml }}
{{- range .Values.extraEnv }}
{{- if and (eq .name "_JAVA_OPTIONS") $.Values.jvmOptions }}
{{- fail "extraEnv must not set _JAVA_OPTIONS with jvmOptions: keep one." }}
{{- end }}
{{- if hasKey $places .name }}
{{- fail (printf "extraEnv must not set %s: use %s." .name (get $places .name)) }}
{{- end }}
{{- end }}
{{- if and .Values.admissionPolicies.restrictions.enabled (not .Values.admissionPolicies.restrictions.namespaces) }}
{{- fail "admissionPolicies.restrictions.namespaces is empty: name what is allowed, for example {\"*\": {deletionPolicies: [Retain]}}." }}
{{- end }}
{{- end }}

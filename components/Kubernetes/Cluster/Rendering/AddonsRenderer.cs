using System.Text;

namespace AppStack.Components.Kubernetes.Cluster.Rendering;

/// <summary>Renders what a cluster needs before any workload can come: its DNS server, and pod security where it is made of policies.</summary>
public static class AddonsRenderer
{
    /// <summary>Where it lies on control planes.</summary>
    public const string Path = "/etc/appstack/kubernetes/addons.yaml";

    /// <summary>Renders the manifests.</summary>
    /// <param name="spec">The cluster.</param>
    /// <returns>The file's content.</returns>
    public static string Render(KubernetesClusterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var version = KubernetesVersion.TryParse(spec.Version)!;
        var text = new StringBuilder("# The cluster's own objects, written by AppStack: changes are overwritten.\n");
        if (version.HasPodSecurityPolicy && !version.HasPodSecurityAdmission)
        {
            text.Append(PodSecurityPolicies);
        }

        return text.Append(MetricsReader).Append(Dns(spec, version)).ToString();
    }

    // Whoever shows Prometheus what the cluster says of itself: no secrets, no changes, nobody's pods from within.
    private const string MetricsReader = """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: { name: "appstack:metrics" }
        rules:
        - { nonResourceURLs: [/metrics], verbs: [get] }
        - { apiGroups: [""], resources: [nodes/metrics], verbs: [get] }
        - { apiGroups: [""], resources: [nodes, pods], verbs: [list] }
        - { apiGroups: [apps], resources: [deployments, daemonsets], verbs: [list] }
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: { name: "appstack:metrics" }
        roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "appstack:metrics" }
        subjects:
        - { apiGroup: rbac.authorization.k8s.io, kind: User, name: appstack-metrics }
        ---

        """;

    // kube-system may do everything; everybody else gets the restricted policy unless a namespace's own binding says otherwise.
    private const string PodSecurityPolicies = """
        apiVersion: policy/v1beta1
        kind: PodSecurityPolicy
        metadata: { name: privileged }
        spec:
          privileged: true
          allowPrivilegeEscalation: true
          allowedCapabilities: ["*"]
          volumes: ["*"]
          hostNetwork: true
          hostIPC: true
          hostPID: true
          hostPorts: [{ min: 0, max: 65535 }]
          runAsUser: { rule: RunAsAny }
          seLinux: { rule: RunAsAny }
          supplementalGroups: { rule: RunAsAny }
          fsGroup: { rule: RunAsAny }
        ---
        apiVersion: policy/v1beta1
        kind: PodSecurityPolicy
        metadata: { name: restricted }
        spec:
          privileged: false
          allowPrivilegeEscalation: false
          requiredDropCapabilities: [ALL]
          volumes: [configMap, csi, downwardAPI, emptyDir, ephemeral, persistentVolumeClaim, projected, secret]
          runAsUser: { rule: MustRunAsNonRoot }
          seLinux: { rule: RunAsAny }
          supplementalGroups: { rule: MustRunAs, ranges: [{ min: 1, max: 65535 }] }
          fsGroup: { rule: MustRunAs, ranges: [{ min: 1, max: 65535 }] }
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: { name: "appstack:pod-security:privileged" }
        rules:
        - { apiGroups: [policy], resources: [podsecuritypolicies], verbs: [use], resourceNames: [privileged] }
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: { name: "appstack:pod-security:restricted" }
        rules:
        - { apiGroups: [policy], resources: [podsecuritypolicies], verbs: [use], resourceNames: [restricted] }
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: { name: "appstack:pod-security:privileged", namespace: kube-system }
        roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "appstack:pod-security:privileged" }
        subjects:
        - { apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:serviceaccounts:kube-system" }
        - { apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:nodes" }
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: { name: "appstack:pod-security:restricted" }
        roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "appstack:pod-security:restricted" }
        subjects:
        - { apiGroup: rbac.authorization.k8s.io, kind: Group, name: "system:authenticated" }
        ---

        """;

    private static string Dns(KubernetesClusterSpec spec, KubernetesVersion version) => $$"""
        apiVersion: v1
        kind: ServiceAccount
        metadata: { name: cluster-dns, namespace: kube-system }
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: { name: "appstack:cluster-dns" }
        rules:
        - { apiGroups: [""], resources: [services, endpoints], verbs: [list, watch] }
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: { name: "appstack:cluster-dns" }
        roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: "appstack:cluster-dns" }
        subjects:
        - { kind: ServiceAccount, name: cluster-dns, namespace: kube-system }
        ---
        apiVersion: v1
        kind: Service
        metadata: { name: kube-dns, namespace: kube-system, labels: { k8s-app: cluster-dns } }
        spec:
          clusterIP: {{KubeletRenderer.DnsAddress(spec)}}
          selector: { k8s-app: cluster-dns }
          ports:
          - { name: dns, port: 53, targetPort: 10053, protocol: UDP }
          - { name: dns-tcp, port: 53, targetPort: 10053, protocol: TCP }
        ---
        # Both may stand on one node, which is drained one day.
        apiVersion: {{version.PolicyApi}}
        kind: PodDisruptionBudget
        metadata: { name: cluster-dns, namespace: kube-system }
        spec:
          maxUnavailable: 1
          selector: { matchLabels: { k8s-app: cluster-dns } }
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: cluster-dns, namespace: kube-system, labels: { k8s-app: cluster-dns } }
        spec:
          replicas: 2
          strategy: { rollingUpdate: { maxUnavailable: 1, maxSurge: 1 } }
          selector: { matchLabels: { k8s-app: cluster-dns } }
          template:
            metadata: { labels: { k8s-app: cluster-dns } }
            spec:
              serviceAccountName: cluster-dns
              priorityClassName: system-cluster-critical
              # The node's own resolvers: its answers are what everything outside the cluster is forwarded to.
              dnsPolicy: Default
              tolerations:
              - { key: {{version.ControlPlaneTaint}}, effect: NoSchedule }
              affinity:
                podAntiAffinity:
                  preferredDuringSchedulingIgnoredDuringExecution:
                  - weight: 100
                    podAffinityTerm:
                      topologyKey: kubernetes.io/hostname
                      labelSelector: { matchLabels: { k8s-app: cluster-dns } }
              containers:
              - name: dns
                image: {{spec.ImageRepository}}/{{spec.DnsImage}}
                imagePullPolicy: IfNotPresent
                ports:
                - { name: dns, containerPort: 10053, protocol: UDP }
                - { name: dns-tcp, containerPort: 10053, protocol: TCP }
                livenessProbe: { httpGet: { path: /health, port: 8080 }, periodSeconds: 10, failureThreshold: 5 }
                readinessProbe: { httpGet: { path: /ready, port: 8080 }, periodSeconds: 2 }
                resources: { requests: { cpu: 20m, memory: 32Mi }, limits: { memory: 128Mi } }
                securityContext:
                  allowPrivilegeEscalation: false
                  readOnlyRootFilesystem: true
                  runAsNonRoot: true
                  capabilities: { drop: [ALL] }

        """;
}

namespace AppStack.Components.Kubernetes.Cluster.Rendering;

/// <summary>The audit policy of API servers: who did what, without the content of secrets and without the noise of the machinery.</summary>
public static class AuditRenderer
{
    /// <summary>Where it lies.</summary>
    public const string Path = "/etc/kubernetes/audit-policy.yaml";

    /// <summary>Where the log is written.</summary>
    public const string LogFolder = "/var/log/kubernetes";

    /// <summary>The policy.</summary>
    public const string Policy = """
        # Written by AppStack: changes are overwritten.
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived]
        rules:
        # Leases, events and health: thousands a minute that tell nothing about anybody.
        - level: None
          resources:
          - group: coordination.k8s.io
            resources: [leases]
          - group: ""
            resources: [events]
        - level: None
          nonResourceURLs: ["/healthz*", "/livez*", "/readyz*", "/version", "/metrics"]
        - level: None
          users: ["system:kube-proxy", "system:kube-scheduler", "system:kube-controller-manager", "system:apiserver"]
          verbs: [get, list, watch]
        - level: None
          userGroups: ["system:nodes"]
          verbs: [get, list, watch]
        # What is inside of these is nobody's business, also not the log's.
        - level: Metadata
          resources:
          - group: ""
            resources: [secrets, configmaps, serviceaccounts/token]
          - group: authentication.k8s.io
            resources: [tokenreviews]
        - level: Request
          verbs: [create, update, patch, delete, deletecollection]
        - level: Metadata

        """;
}

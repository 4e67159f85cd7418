using System.Collections.Immutable;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Kubernetes.Objects;

/// <summary>
/// The fields whose change replaces an object, as the official provider has them. What else the API server does not let change is only known
/// once it is asked.
/// </summary>
internal static class ReplacingFields
{
    private static readonly string[][] Identity = [["metadata", "name"], ["metadata", "namespace"]];

    private static readonly string[] PodSpecFields =
    [
        "affinity", "automountServiceAccountToken", "containers", "dnsConfig", "dnsPolicy", "enableServiceLinks", "hostAliases", "hostIPC", "hostNetwork",
        "hostPID", "hostname", "imagePullSecrets", "initContainers", "nodeName", "nodeSelector", "overhead", "preemptionPolicy", "priority", "priorityClassName",
        "readinessGates", "restartPolicy", "runtimeClassName", "schedulerName", "securityContext", "serviceAccount", "serviceAccountName",
        "shareProcessNamespace", "subdomain", "terminationGracePeriodSeconds", "volumes",
    ];

    private static readonly string[] VolumeSources =
    [
        "awsElasticBlockStore", "azureDisk", "azureFile", "cephfs", "cinder", "csi", "fc", "flexVolume", "flocker", "gcePersistentDisk", "glusterfs", "hostPath",
        "iscsi", "local", "nfs", "photonPersistentDisk", "portworxVolume", "quobyte", "rbd", "scaleIO", "storageos", "vsphereVolume",
    ];

    private static readonly Dictionary<(string Group, string Kind), string[][]> ByKind = new()
    {
        [("apps", "DaemonSet")] = Spec("selector"),
        [("apps", "Deployment")] = Spec("selector"),
        [("apps", "StatefulSet")] = Spec("podManagementPolicy", "revisionHistoryLimit", "selector", "serviceName", "volumeClaimTemplates"),
        [("batch", "Job")] = Spec("completions", "parallelism", "selector", "template"),
        [("policy", "PodDisruptionBudget")] = [],
        [("rbac.authorization.k8s.io", "ClusterRoleBinding")] = [["roleRef"]],
        [("rbac.authorization.k8s.io", "RoleBinding")] = [["roleRef"]],
        [("storage.k8s.io", "StorageClass")] = [["parameters"], ["provisioner"]],
        [("", "PersistentVolume")] = Spec(VolumeSources),
        [("", "PersistentVolumeClaim")] = Spec("accessModes", "selector", "storageClassName", "volumeName"),
        [("", "Pod")] = Spec(PodSpecFields),
        [("", "ResourceQuota")] = Spec("scopes"),
        [("", "Service")] = Spec("clusterIP"),
    };

    /// <summary>The replacing fields that differ; a value that is not known yet counts as different.</summary>
    public static ImmutableArray<string> Changed(ObjectKind kind, PropertyMap before, PropertyMap after, bool configMapsChange, bool secretsChange)
    {
        var fields = (kind.Group, kind.Kind) switch
        {
            ("", "ConfigMap") => configMapsChange && !after.IsTrueAt("immutable") ? [] : new string[][] { ["binaryData"], ["data"] },
            ("", "Secret") => secretsChange && !after.IsTrueAt("immutable") ? [["type"]] : new string[][] { ["type"], ["stringData"], ["data"] },
            _ => ByKind.GetValueOrDefault((kind.Group, kind.Kind), []),
        };
        return
        [
            .. Identity.Concat(fields)
                .Where(path => Differs(before.At(path), after.At(path)) && !IsLeftToTheServer(path, after))
                .Select(path => string.Join('.', path)),
        ];
    }

    // A program that does not speak of a field any more may well leave it as it is (after an import, say): the dry run tells.
    private static bool IsLeftToTheServer(string[] path, PropertyMap after) => path[0] == "spec" && after.At(path) is null;

    private static string[][] Spec(params string[] names) => [.. names.Select(name => new[] { "spec", name })];

    private static bool Differs(PropertyValue? before, PropertyValue? after) =>
        after is { ContainsUnknowns: true } || !Equals(Present(before)?.WithoutSecrets(), Present(after)?.WithoutSecrets());

    // An empty object or list says as little as none.
    private static PropertyValue? Present(PropertyValue? value) =>
        value is PropertyValue.Map { Members.Count: 0 } or PropertyValue.List { Items.Length: 0 } ? null : value;
}

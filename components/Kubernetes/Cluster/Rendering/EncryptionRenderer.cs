namespace AppStack.Components.Kubernetes.Cluster.Rendering;

/// <summary>How secrets lie in etcd: encrypted. What was written before stays readable.</summary>
public static class EncryptionRenderer
{
    /// <summary>Where it lies; only root may read it.</summary>
    public const string Path = "/etc/kubernetes/encryption.yaml";

    /// <summary>Renders the configuration.</summary>
    /// <param name="key">Base64 of 32 bytes.</param>
    /// <returns>The file's content. Secret.</returns>
    public static string Render(string key) => $"""
        # Written by AppStack: changes are overwritten.
        apiVersion: apiserver.config.k8s.io/v1
        kind: EncryptionConfiguration
        resources:
        - resources: [secrets]
          providers:
          - secretbox:
              keys:
              - name: key1
                secret: {key}
          - identity: {"{}"}

        """;
}

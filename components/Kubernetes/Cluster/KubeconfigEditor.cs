using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AppStack.Components.Kubernetes.Cluster;

/// <summary>Makes a control plane's own kubeconfig one for everybody else, who does not know the API server's name.</summary>
public static class KubeconfigEditor
{
    /// <summary>Points a kubeconfig to the cluster's address; the certificate holds it.</summary>
    /// <param name="kubeconfig">The kubeconfig, as JSON.</param>
    /// <param name="spec">The cluster.</param>
    /// <returns>The kubeconfig.</returns>
    /// <exception cref="FormatException">It is not a kubeconfig in JSON, or one of another cluster.</exception>
    public static string PointTo(string kubeconfig, KubernetesClusterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        try
        {
            var document = JsonNode.Parse(kubeconfig)!;
            var cluster = document["clusters"]!.AsArray().Single()!;
            var name = cluster["name"]!.GetValue<string>();
            if (name != spec.Name)
            {
                throw new FormatException($"the kubeconfig is of the cluster '{name}', not of '{spec.Name}'");
            }

            cluster["cluster"]!["server"] = string.Create(CultureInfo.InvariantCulture, $"https://{spec.ApiAddress}:{spec.ApiPort}");
            return document.ToJsonString();
        }
        catch (Exception exception) when (exception is JsonException or NullReferenceException or InvalidOperationException)
        {
            // Without the text, which may hold keys.
            throw new FormatException("the control plane did not print a kubeconfig", exception);
        }
    }
}

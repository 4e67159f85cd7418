using System.Collections.Immutable;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Access;

namespace AppStack.Engine.Providers.Kubernetes;

/// <summary>
/// Whether a changed configuration means another cluster, whose objects would have to be made anew. As officially: another server or
/// authority, unless <c>clusterIdentifier</c> says which cluster it is. Other credentials for the same one change nothing.
/// </summary>
internal static class ProviderDiffer
{
    private static readonly string[] Selecting = ["cluster", "context", "kubeconfig"];

    public static DiffResult Diff(PropertyMap before, PropertyMap after)
    {
        var changed = before.Keys.Union(after.Keys, StringComparer.Ordinal)
            .Where(name => after.Find(name) is { ContainsUnknowns: true } || !Equals(before.Find(name)?.WithoutSecrets(), after.Find(name)?.WithoutSecrets()))
            .Order(StringComparer.Ordinal)
            .ToImmutableArray();
        if (changed.IsEmpty)
        {
            return DiffResult.None;
        }

        var result = new DiffResult { Changes = DiffChanges.Some, ChangedKeys = changed };
        var (was, now) = (ProviderSettingsReader.Read(before).ClusterIdentifier, ProviderSettingsReader.Read(after).ClusterIdentifier);
        if (was is not null && now is not null)
        {
            return was == now ? result : result with { ReplaceKeys = ["clusterIdentifier"] };
        }

        var selecting = changed.Intersect(Selecting, StringComparer.Ordinal).ToImmutableArray();
        return selecting.Any(name => after.Find(name) is { ContainsUnknowns: true }) || (selecting.Length > 0 && IsOther(before, after)) ? result with { ReplaceKeys = selecting } : result;
    }

    private static bool IsOther(PropertyMap before, PropertyMap after)
    {
        try
        {
            return Access(before).Identity != Access(after).Identity;
        }
        catch (KubeconfigException)
        {
            // Of two files at least one is not there: nothing says that it is another cluster.
            return false;
        }
    }

    private static ClusterAccess Access(PropertyMap configuration)
    {
        var settings = ProviderSettingsReader.Read(configuration);
        return KubeconfigReader.Read(settings.Kubeconfig, settings.Context, settings.Cluster);
    }
}

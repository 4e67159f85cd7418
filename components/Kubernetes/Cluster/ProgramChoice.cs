namespace AppStack.Components.Kubernetes.Cluster;

/// <summary>Where a cluster's programs come from, and why.</summary>
/// <param name="Source">Packages or built.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record ProgramChoice(ProgramSource Source, string Reason)
{
    /// <summary>Chooses.</summary>
    /// <param name="spec">The cluster.</param>
    /// <returns>The choice; never <see cref="ProgramSource.Automatic"/>.</returns>
    public static ProgramChoice Of(KubernetesClusterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return spec switch
        {
            { Programs: not ProgramSource.Automatic } => new(spec.Programs, "as the specification demands"),
            { Lab: true } => new(ProgramSource.Built, "machines of a lab have no way to a repository"),
            { Repository: not null } => new(ProgramSource.Packages, $"from {spec.Repository.Url}"),
            _ => new(ProgramSource.Built, "there is no repository of packages"),
        };
    }
}

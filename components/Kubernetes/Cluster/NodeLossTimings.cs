namespace AppStack.Components.Kubernetes.Cluster;

/// <summary>How fast a dead node is noticed. Faster costs more writes to etcd and more false alarms on overloaded nodes.</summary>
public sealed record NodeLossTimings
{
    /// <summary>Kubernetes' own: a dead node is noticed after 40 s, and its pods are replaced 5 minutes later.</summary>
    public static readonly NodeLossTimings Standard = new()
    {
        StatusUpdate = TimeSpan.FromSeconds(10),
        MonitorPeriod = TimeSpan.FromSeconds(5),
        GracePeriod = TimeSpan.FromSeconds(40),
        PodToleration = TimeSpan.FromMinutes(5),
    };

    /// <summary>A dead node is noticed after 8 to 10 s: three of its reports of life are missing. Its pods are replaced 20 s later.</summary>
    public static readonly NodeLossTimings Fast = new()
    {
        StatusUpdate = TimeSpan.FromSeconds(2),
        MonitorPeriod = TimeSpan.FromSeconds(1),
        GracePeriod = TimeSpan.FromSeconds(8),
        PodToleration = TimeSpan.FromSeconds(20),
    };

    /// <summary>How often kubelet says that it lives.</summary>
    public required TimeSpan StatusUpdate { get; init; }

    /// <summary>How often the controller manager looks.</summary>
    public required TimeSpan MonitorPeriod { get; init; }

    /// <summary>After this time without a sign of life a node counts as dead; at least three times <see cref="StatusUpdate"/>.</summary>
    public required TimeSpan GracePeriod { get; init; }

    /// <summary>How long pods stay bound to a dead node before they are replaced.</summary>
    public required TimeSpan PodToleration { get; init; }
}

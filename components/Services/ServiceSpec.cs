using System.Collections.Immutable;
using AppStack.Components.Kubernetes.Waf;
using AppStack.Components.Monitoring;

namespace AppStack.Components.Services;

/// <summary>A service that citizens use, as its team declares it. Everything that keeps it safe while it is replaced, moved or attacked has a default.</summary>
public sealed record ServiceSpec
{
    /// <summary>Its name, also that of its namespace; lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The group that answers for it.</summary>
    public required string Team { get; init; }

    /// <summary>Its version; another one makes other pods, even of the same image.</summary>
    public required string Version { get; init; }

    /// <summary>The image: an exact tag or a digest, never <c>latest</c>.</summary>
    public required string Image { get; init; }

    /// <summary>Pods, when they are not scaled. Default: 2, so that one may be lost.</summary>
    public int Replicas { get; init; } = 2;

    /// <summary>How it grows with its load; null: it does not. Default: null.</summary>
    public ServiceScalingSpec? Scaling { get; init; }

    /// <summary>What each pod needs.</summary>
    public ServiceResourcesSpec Resources { get; init; } = new();

    /// <summary>The port on which it serves citizens. Default: 8080.</summary>
    public int Port { get; init; } = 8080;

    /// <summary>How it is found out whether it works.</summary>
    public ServiceProbesSpec Probes { get; init; } = new();

    /// <summary>Where its metrics are; null: it has none. Default: null.</summary>
    public ServiceMetricsSpec? Metrics { get; init; }

    /// <summary>Within this time all pods of a new version must be healthy. Default: 60 s.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Time to finish open requests when a pod is stopped, after nobody sends it new ones. Default: 30 s, Kubernetes' own.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Environment variables. Default: none.</summary>
    public ImmutableSortedDictionary<string, string> Config { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Its secrets. Default: none.</summary>
    public ImmutableArray<ServiceSecretSpec> Secrets { get; init; } = [];

    /// <summary>How it is told about its database; null: it has none. Default: null.</summary>
    public ServiceDatabaseBinding? Database { get; init; }

    /// <summary>Where it may connect to, besides its database and the cluster's DNS. Default: nowhere.</summary>
    public ImmutableArray<ServiceEgressSpec> Egress { get; init; } = [];

    /// <summary>The ways on which citizens reach it. Default: none.</summary>
    public ImmutableArray<ServiceRouteSpec> Routes { get; init; } = [];

    /// <summary>What the web application firewall does for it. Default: it refuses what the Core Rule Set finds.</summary>
    public WafSpec Waf { get; init; } = new();

    /// <summary>Its alerts. Default: those of the platform only (errors of a route, pods that are not there, restarts).</summary>
    public ImmutableArray<AlertRule> Alerts { get; init; } = [];

    /// <summary>Its alerts as Prometheus gets them: each says which service and team it is about.</summary>
    public AlertRuleGroup AlertGroup => new($"service-{Name}", Alerts)
    {
        Labels = ImmutableSortedDictionary<string, string>.Empty.Add("service", Name).Add("team", Team),
    };

    /// <summary>The most pods that there may be of one version.</summary>
    internal int MostReplicas => Scaling?.Most ?? Replicas;

    /// <summary>Pods of a new version that are started at a time: a third, so that a rollout asks for little room and is over in three rounds.</summary>
    internal int Surge => Math.Max(1, MostReplicas / 3);
}

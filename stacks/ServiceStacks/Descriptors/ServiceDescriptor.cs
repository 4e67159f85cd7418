using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Services.Descriptors;

/// <summary>The file service.yaml as written: what could not be read is null.</summary>
public sealed record ServiceDescriptor
{
    /// <summary>The service's name.</summary>
    [Key("The service's name: the name of its folder, its namespace, and the last part of its stacks' names (ENVIRONMENT-NAME).", Required = true, Format = TextFormat.Name, Example = "benefits")]
    public string? Name { get; init; }

    /// <summary>What it is for.</summary>
    [Key("What the service is for, in a sentence.")]
    public string? Description { get; init; }

    /// <summary>Who answers for it.</summary>
    [Key("The group that answers for it.", Required = true, Example = "benefits-team")]
    public string? Team { get; init; }

    /// <summary>Its version.</summary>
    [Key("Its version. Another one makes other pods, even of the same image.", Required = true, Example = "1.4.2")]
    public string? Version { get; init; }

    /// <summary>The cluster.</summary>
    [Key("The Kubernetes cluster of the environment in which it runs.", Default = "the only one", Format = TextFormat.Name)]
    public string? Cluster { get; init; }

    /// <summary>The image.</summary>
    [Key("Where its image comes from.", Required = true)]
    public ImageDescriptor? Image { get; init; }

    /// <summary>Pods.</summary>
    [Key("Pods, when they are not scaled; at least 2, so that one may be lost.", Default = "2", Minimum = 2, Maximum = 1000)]
    public int? Replicas { get; init; }

    /// <summary>Scaling.</summary>
    [Key("How it grows with its load; needs the cluster's metrics API. Without it the number of pods stays.")]
    public ScalingDescriptor? Scaling { get; init; }

    /// <summary>Resources.</summary>
    [Key("What each pod needs.")]
    public ResourcesDescriptor? Resources { get; init; }

    /// <summary>The port.</summary>
    [Key("The port on which it serves citizens.", Default = "8080", Minimum = 1, Maximum = 65535)]
    public int? Port { get; init; }

    /// <summary>Probes.</summary>
    [Key("How it is found out whether a pod works.")]
    public ProbesDescriptor? Probes { get; init; }

    /// <summary>Metrics.</summary>
    [Key("Where it shows its metrics, as Prometheus reads them; without it none are read.")]
    public MetricsDescriptor? Metrics { get; init; }

    /// <summary>Deadline.</summary>
    [Key("Within this time all pods of a new version must be healthy; otherwise the version before comes back.", Default = "60s")]
    public TimeSpan? Deadline { get; init; }

    /// <summary>Grace.</summary>
    [Key("Time to finish open requests when a pod is stopped, after nobody sends it new ones.", Default = "30s")]
    public TimeSpan? Grace { get; init; }

    /// <summary>Environment variables.</summary>
    [Key("Environment variables, as NAME: value. No secrets: everybody may see them.", Example = "LOG_LEVEL: info")]
    public IReadOnlyDictionary<string, string?> Config { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Secrets.</summary>
    [Key("Secrets: each is a file in the pods. Their values are secret configuration of the stack (appstack config set --secret).")]
    public IReadOnlyList<SecretDescriptor?> Secrets { get; init; } = [];

    /// <summary>Its database.</summary>
    [Key("Its database, which the environment admits and sizes (databases[].services). Without it there is none.")]
    public DatabaseBindingDescriptor? Database { get; init; }

    /// <summary>How citizens reach it.</summary>
    [Key("How citizens reach it, through the platform's ingress. Without it nobody does.")]
    public IReadOnlyList<RouteDescriptor?> Routes { get; init; } = [];

    /// <summary>Its alerts.</summary>
    [Key("Its own alerts, on the environment's monitoring nodes. Errors of its routes, pods that are missing or restart are the platform's alerts already.")]
    public IReadOnlyList<AlertDescriptor?> Alerts { get; init; } = [];

    /// <summary>Where it may connect to.</summary>
    [Key("Where it may connect to, besides its database and the cluster's DNS. Without it nowhere.")]
    public IReadOnlyList<EgressDescriptor?> Egress { get; init; } = [];

    /// <summary>The web application firewall.</summary>
    [Key("What the web application firewall does for it; without it, what it does by default: it refuses what the Core Rule Set finds.")]
    public WafDescriptor? Waf { get; init; }
}

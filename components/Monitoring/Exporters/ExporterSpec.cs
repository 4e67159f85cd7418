namespace AppStack.Components.Monitoring;

/// <summary>Where metrics of one kind come from on a node.</summary>
/// <param name="Kind">What they are about.</param>
/// <param name="Address">The local address on which they are shown, before the node's door: a daemon's own address when it has the endpoint itself. Default: the loopback address.</param>
public sealed record ExporterSpec(ExporterKind Kind, string Address = ExporterSpec.Loopback)
{
    /// <summary>Where exporters listen, so that nobody reaches them but through the node's door.</summary>
    public const string Loopback = "127.0.0.1";

    /// <summary>The node that they are about when it is another one, which shows them to this one only. Default: this one.</summary>
    public string? Of { get; init; }

    /// <summary>The name of the kind: of Prometheus' job.</summary>
    public string Job => Kind.ToString().ToLowerInvariant();

    /// <summary>The name of the door's module.</summary>
    public string Module => Of is null ? Job : $"{Job}-{Of}";

    /// <summary>Whether the door has something to show; other kinds are part of what the node's own exporter shows.</summary>
    public bool IsModule => ExporterCatalog.Of(Kind).Port is not null;

    /// <summary>Whether Prometheus looks at it.</summary>
    public bool IsTarget => IsModule && ExporterCatalog.Of(Kind).IsMetrics;
}

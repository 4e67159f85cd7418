namespace AppStack.Components.Services;

/// <summary>Where a service shows its metrics, as Prometheus reads them.</summary>
public sealed record ServiceMetricsSpec
{
    /// <summary>The port; null: that of the probes. Default: null.</summary>
    public int? Port { get; init; }

    /// <summary>The path. Default: <c>/metrics</c>.</summary>
    public string Path { get; init; } = "/metrics";
}

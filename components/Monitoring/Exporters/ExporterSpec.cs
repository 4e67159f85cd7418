namespace AppStack.Components.Monitoring;

/// <summary>Where metrics of one kind come from on a node.</summary>
/// <param name="Kind">What they are about.</param>
/// <param name="Address">The local address on which they are shown, before the node's door: a daemon's own address when it has the endpoint itself. Default: the loopback address.</param>
public sealed record ExporterSpec(ExporterKind Kind, string Address = ExporterSpec.Loopback)
{
    /// <summary>Where exporters listen, so that nobody reaches them but through the node's door.</summary>
    public const string Loopback = "127.0.0.1";

    /// <summary>The name of the kind: of the door's module and of Prometheus' job.</summary>
    public string Job => Kind.ToString().ToLowerInvariant();
}

namespace Pulumi.Kubernetes.Types.Outputs.Helm.V3;

/// <summary>What helm knows of a release.</summary>
[OutputType]
public sealed class ReleaseStatus
{
    /// <summary>The version of what the chart installs.</summary>
    public readonly string AppVersion;

    /// <summary>The chart's name.</summary>
    public readonly string Chart;

    /// <summary>The release's name.</summary>
    public readonly string Name;

    /// <summary>Its namespace.</summary>
    public readonly string Namespace;

    /// <summary>How often it was installed or upgraded.</summary>
    public readonly int Revision;

    /// <summary><c>deployed</c>, <c>failed</c>, or what else helm calls it.</summary>
    public readonly string Status;

    /// <summary>The chart's version.</summary>
    public readonly string Version;

    [OutputConstructor]
    private ReleaseStatus(
        [OutputConstructorParameter("appVersion")] string appVersion,
        [OutputConstructorParameter("chart")] string chart,
        [OutputConstructorParameter("name")] string name,
        [OutputConstructorParameter("namespace")] string @namespace,
        [OutputConstructorParameter("revision")] int revision,
        [OutputConstructorParameter("status")] string status,
        [OutputConstructorParameter("version")] string version)
    {
        AppVersion = appVersion;
        Chart = chart;
        Name = name;
        Namespace = @namespace;
        Revision = revision;
        Status = status;
        Version = version;
    }
}

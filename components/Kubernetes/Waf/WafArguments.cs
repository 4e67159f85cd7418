namespace AppStack.Components.Kubernetes.Waf;

/// <summary>Numbers and lengths of arguments; a request with more is refused as one critical finding. Null: no limit.</summary>
public sealed record WafArguments
{
    /// <summary>Arguments of a request. Default: 255, as CRS recommends (rule 900300).</summary>
    public int? Count { get; init; } = 255;

    /// <summary>Bytes of an argument's name. Default: null.</summary>
    public int? NameBytes { get; init; }

    /// <summary>Bytes of an argument's value. Default: null.</summary>
    public int? ValueBytes { get; init; }

    /// <summary>Bytes of all arguments together. Default: null.</summary>
    public int? TotalBytes { get; init; }
}

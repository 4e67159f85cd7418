namespace AppStack.Operations.Waf;

/// <summary>Which events of the firewall are wanted.</summary>
public sealed record WafEventsOrder
{
    /// <summary>Only those of a service. Default: all.</summary>
    public string? Service { get; init; }

    /// <summary>How many hours to look back. Default: 1.</summary>
    public int Hours { get; init; } = 1;

    /// <summary>Whether to write the stored lines, one JSON object each, instead of a table.</summary>
    public bool Json { get; init; }
}

namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>How it is found out whether a server is healthy.</summary>
public sealed record HealthCheckDescriptor
{
    /// <summary>The path that must answer with status 200.</summary>
    [Key("The path that must answer with status 200.", Default = "/health", Format = TextFormat.UrlPath, Example = "/health")]
    public string? Path { get; init; }

    /// <summary>Time between two checks.</summary>
    [Key("Time between two checks.", Default = "500ms", Example = "500ms")]
    public TimeSpan? Interval { get; init; }

    /// <summary>Failed checks before a server is out.</summary>
    [Key("Failed checks in a row before a server gets no more connections.", Default = "2", Minimum = 1, Maximum = 20)]
    public int? Fall { get; init; }

    /// <summary>Good checks before it is back.</summary>
    [Key("Good checks in a row before it gets connections again.", Default = "2", Minimum = 1, Maximum = 20)]
    public int? Rise { get; init; }
}

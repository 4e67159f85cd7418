namespace AppStack.Operations.Waf;

/// <summary>How an engine is set up, beside the rules of its service.</summary>
public sealed record WafEngineSettings
{
    /// <summary>Whether CRS is loaded as the package has it, and not what the ingress loads. Default: false.</summary>
    public bool WholeCrs { get; init; }

    /// <summary>SecLang after the service's own. Default: none.</summary>
    public string MoreRules { get; init; } = "";

    /// <summary>nginx' level of logging; below <c>info</c> nothing of the rules is logged. Default: info.</summary>
    public string LogLevel { get; init; } = "info";

    /// <summary>Seconds for which a connection is kept. Default: 0, so that its end says that the answer is complete.</summary>
    public int KeepAliveSeconds { get; init; }

    /// <summary>How long an answer is waited for. Default: 10 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The body of the answers of the server behind, as nginx' text. Default: <c>ok</c>.</summary>
    public string Answer { get; init; } = @"ok\n";

    /// <summary>More locations of the server; what shall go to the server behind goes to <c>http://behind</c>. Default: none.</summary>
    public string MoreLocations { get; init; } = "";
}

using System.Collections.Immutable;

namespace AppStack.Engine.Providers.Kubernetes.Readiness;

/// <summary>Whether an object is ready.</summary>
internal sealed record Verdict
{
    /// <summary>It is.</summary>
    public static Verdict Ready { get; } = new() { IsReady = true };

    public bool IsReady { get; private init; }

    /// <summary>Whether it will never be: waiting is of no use.</summary>
    public bool HasFailed { get; private init; }

    /// <summary>How far it is: <c>2 of 3 replicas are available</c>.</summary>
    public string Progress { get; private init; } = "";

    /// <summary>What keeps it from being ready.</summary>
    public ImmutableArray<string> Problems { get; private init; } = [];

    /// <summary>Not yet.</summary>
    public static Verdict NotYet(string progress, params IEnumerable<string> problems) => new() { Progress = progress, Problems = [.. problems.Distinct(StringComparer.Ordinal)] };

    /// <summary>Never.</summary>
    public static Verdict Failed(string progress, params IEnumerable<string> problems) => NotYet(progress, problems) with { HasFailed = true };

    /// <summary>Ready, or not yet.</summary>
    public static Verdict When(bool ready, string progress, params IEnumerable<string> problems) => ready ? Ready : NotYet(progress, problems);
}

namespace AppStack.Components.Services;

/// <summary>How it is found out whether a pod of a service works.</summary>
public sealed record ServiceProbesSpec
{
    /// <summary>The port that is asked; null: the one for citizens. Default: null.</summary>
    public int? Port { get; init; }

    /// <summary>The path that answers with 200 while the pod wants requests. Default: <c>/readyz</c>.</summary>
    public string Readiness { get; init; } = "/readyz";

    /// <summary>The path that answers with 200 unless only a restart helps. It should ask nobody else. Default: <c>/healthz</c>.</summary>
    public string Liveness { get; init; } = "/healthz";
}

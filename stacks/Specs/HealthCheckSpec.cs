namespace AppStack.Stacks.Environments;

/// <summary>How it is found out whether a server is healthy.</summary>
/// <param name="Path">The path that must answer with status 200.</param>
/// <param name="Interval">Time between two checks.</param>
/// <param name="Fall">Failed checks in a row before a server gets no more connections.</param>
/// <param name="Rise">Good checks in a row before it gets connections again.</param>
/// <param name="Tls">Whether the check speaks TLS. Default: false.</param>
public sealed record HealthCheckSpec(string Path, TimeSpan Interval, int Fall, int Rise, bool Tls = false);

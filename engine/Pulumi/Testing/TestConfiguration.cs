using System.Collections.Immutable;
using System.Text.Json;

namespace Pulumi.Testing;

/// <summary>The configuration of test runs: the environment variables that Pulumi's language host sets, as tests of Pulumi programs do.</summary>
internal static class TestConfiguration
{
    public static ImmutableDictionary<string, string> Read() =>
        Environment.GetEnvironmentVariable("PULUMI_CONFIG") is { Length: > 0 } json
            ? JsonSerializer.Deserialize<ImmutableDictionary<string, string>>(json)!
            : ImmutableDictionary<string, string>.Empty;

    public static ImmutableHashSet<string> ReadSecretKeys() =>
        Environment.GetEnvironmentVariable("PULUMI_CONFIG_SECRET_KEYS") is { Length: > 0 } json
            ? JsonSerializer.Deserialize<ImmutableHashSet<string>>(json)!
            : [];
}

using System.Collections.Immutable;

namespace AppStack.Engine.Operations;

/// <summary>What a program learns about the run that it is part of.</summary>
public sealed record ProgramContext
{
    /// <summary>The project's name.</summary>
    public required string Project { get; init; }

    /// <summary>The stack's name.</summary>
    public required string Stack { get; init; }

    /// <summary>The organization: always <c>organization</c> with the file backend.</summary>
    public string Organization { get; init; } = "organization";

    /// <summary>The folder of <c>Pulumi.yaml</c>.</summary>
    public required string RootDirectory { get; init; }

    /// <summary>Whether this is a preview.</summary>
    public required bool IsPreview { get; init; }

    /// <summary>How many steps run at the same time.</summary>
    public required int Parallel { get; init; }

    /// <summary>Configuration values by <c>namespace:key</c>, decrypted; objects as JSON text.</summary>
    public required ImmutableSortedDictionary<string, string> Config { get; init; }

    /// <summary>The keys of configuration values that are secret.</summary>
    public required ImmutableSortedSet<string> SecretKeys { get; init; }
}

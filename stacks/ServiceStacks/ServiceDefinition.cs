using System.Collections.Immutable;
using AppStack.Components.Services;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Stacks.Services;

/// <summary>A service as its descriptor says: what its component is told, and what the stack around it needs.</summary>
public sealed record ServiceDefinition
{
    /// <summary>What its component is told. Of an image that is built the reference is that of the newest sources only once the service is planned.</summary>
    public required ServiceSpec Spec { get; init; }

    /// <summary>What it is for; may be empty.</summary>
    public required string Description { get; init; }

    /// <summary>The cluster in which it runs; <see langword="null"/>: the environment's only one.</summary>
    public string? Cluster { get; init; }

    /// <summary>The project that its image is built from, relative to the repository; <see langword="null"/>: the image is there.</summary>
    public string? Project { get; init; }

    /// <summary>The folder with its migrations, relative to the repository; <see langword="null"/> when it has none.</summary>
    public string? Migrations { get; init; }

    /// <summary>The certificates that its routes bring, by the route's place; their texts are in the plan.</summary>
    public ImmutableSortedDictionary<int, RouteCertificate> Certificates { get; init; } = ImmutableSortedDictionary<int, RouteCertificate>.Empty;

    /// <summary>The descriptor that it was read from.</summary>
    public required string File { get; init; }

    /// <summary>The descriptor's text.</summary>
    public required string Text { get; init; }

    /// <summary>Where each key stands in the descriptor, for messages about what was made of it.</summary>
    internal SourceMap Source { get; init; } = new();
}

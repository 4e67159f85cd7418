using System.Collections.Immutable;

namespace AppStack.Engine.Projects;

/// <summary>What <c>Pulumi.yaml</c> says.</summary>
public sealed record ProjectSettings
{
    /// <summary>The folder of <c>Pulumi.yaml</c>.</summary>
    public required string Directory { get; init; }

    /// <summary>The project's name.</summary>
    public required string Name { get; init; }

    /// <summary>The folder of the program; the project's folder when not set.</summary>
    public string? Main { get; init; }

    /// <summary>A description for people.</summary>
    public string? Description { get; init; }

    /// <summary>The folder of the stacks' settings (<c>Pulumi.STACK.yaml</c>), relative to the project's.</summary>
    public string? StackConfigDir { get; init; }

    /// <summary>The URL of the backend.</summary>
    public string? BackendUrl { get; init; }

    /// <summary>Values that the project gives to every stack which does not set them, by <c>namespace:key</c>.</summary>
    public ImmutableSortedDictionary<string, ConfigNode> Defaults { get; init; } = ImmutableSortedDictionary.Create<string, ConfigNode>(StringComparer.Ordinal);

    /// <summary>What the project says about configuration that stacks may or must set.</summary>
    public ImmutableArray<ConfigDeclaration> Declarations { get; init; } = [];

    /// <summary>Whether every update, preview and destruction reads all resources first (<c>options: refresh: always</c>).</summary>
    public bool AlwaysRefreshes { get; init; }

    /// <summary>The path of a stack's settings.</summary>
    public string StackFile(string stack) => Path.GetFullPath(Path.Combine(Directory, StackConfigDir ?? "", $"Pulumi.{stack}.yaml"));
}

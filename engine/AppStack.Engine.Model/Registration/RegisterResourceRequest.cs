using System.Collections.Immutable;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Registration;

/// <summary>A resource as the program declares it, all outputs among its inputs resolved to values, unknowns and secrets.</summary>
public sealed record RegisterResourceRequest
{
    /// <summary>The type token, for example <c>command:remote:Command</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The resource's own name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether a provider manages it; false for components.</summary>
    public required bool Custom { get; init; }

    /// <summary>The parent's URN; <see langword="null"/> only for the stack itself.</summary>
    public string? Parent { get; init; }

    /// <summary>The inputs.</summary>
    public PropertyMap Inputs { get; init; } = PropertyMap.Empty;

    /// <summary>For each input key, the URNs of the resources that its value came from; every non-null key is present.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> PropertyDependencies { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    /// <summary>All URNs depended upon: those of the properties and the explicit ones.</summary>
    public ImmutableArray<string> Dependencies { get; init; } = [];

    /// <summary>The reference (<c>URN::id</c>) of the provider to use; <see langword="null"/> for the default one.</summary>
    public string? Provider { get; init; }

    /// <summary>Provider references by package, for a component's children.</summary>
    public ImmutableSortedDictionary<string, string> Providers { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The options that the engine acts upon.</summary>
    public ResourceGoalOptions Options { get; init; } = ResourceGoalOptions.Default;

    /// <summary>Where in the program the resource was declared (<c>project:///path#line,col</c>), when known.</summary>
    public string? SourcePosition { get; init; }
}

using System.Collections.Immutable;
using AppStack.Engine.Model.Values;
using AppStack.Engine.State;

namespace AppStack.Engine.Registration;

/// <summary>What the program wants of one resource, with everything inherited and defaulted.</summary>
internal sealed record Goal
{
    public required string Urn { get; init; }

    public required string Type { get; init; }

    public required string Name { get; init; }

    public required bool Custom { get; init; }

    public string? Parent { get; init; }

    public PropertyMap Inputs { get; init; } = PropertyMap.Empty;

    public ImmutableSortedDictionary<string, ImmutableArray<string>> PropertyDependencies { get; init; } = ResourceState.NoPropertyDependencies;

    public ImmutableArray<string> Dependencies { get; init; } = [];

    /// <summary>The reference of the provider; <see langword="null"/> for components and providers.</summary>
    public string? Provider { get; init; }

    /// <summary>Providers for children, by package.</summary>
    public ImmutableSortedDictionary<string, string> Providers { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public bool Protect { get; init; }

    public bool RetainOnDelete { get; init; }

    public string? DeletedWith { get; init; }

    public bool? DeleteBeforeReplace { get; init; }

    public ImmutableArray<string> IgnoreChanges { get; init; } = [];

    public ImmutableArray<string> ReplaceOnChanges { get; init; } = [];

    public ImmutableArray<string> HideDiffs { get; init; } = [];

    public ImmutableArray<string> AdditionalSecretOutputs { get; init; } = [];

    public ImmutableArray<string> ReplaceWith { get; init; } = [];

    /// <summary>Former URNs, in the order in which they are looked up.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    public StateTimeouts Timeouts { get; init; }

    public string? ImportId { get; init; }

    public PropertyValue? ReplacementTrigger { get; init; }

    public string? SourcePosition { get; init; }

    /// <summary>The state that this goal leads to, without id and outputs.</summary>
    public ResourceState ToState(PropertyMap checkedInputs) => new()
    {
        Urn = Urn,
        Type = Type,
        Custom = Custom,
        Inputs = checkedInputs,
        Parent = Parent,
        Protect = Protect,
        Dependencies = Dependencies,
        Provider = Provider,
        PropertyDependencies = PropertyDependencies,
        AdditionalSecretOutputs = AdditionalSecretOutputs,
        Timeouts = Timeouts,
        ImportId = ImportId,
        RetainOnDelete = RetainOnDelete,
        DeletedWith = DeletedWith,
        ReplaceWith = ReplaceWith,
        SourcePosition = SourcePosition,
        IgnoreChanges = IgnoreChanges,
        HideDiffs = HideDiffs,
        ReplaceOnChanges = ReplaceOnChanges,
        ReplacementTrigger = ReplacementTrigger,
    };
}

using System.Collections.Immutable;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.State;

/// <summary>One resource as state keeps it. Member names and meanings are those of Pulumi's resource format, version 3.</summary>
public sealed record ResourceState
{
    /// <summary>No property dependencies.</summary>
    public static ImmutableSortedDictionary<string, ImmutableArray<string>> NoPropertyDependencies { get; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    /// <summary>The URN.</summary>
    public required string Urn { get; init; }

    /// <summary>The type token.</summary>
    public required string Type { get; init; }

    /// <summary>Whether a provider manages it; false for components.</summary>
    public required bool Custom { get; init; }

    /// <summary>Whether it only waits to be deleted, because its replacement exists.</summary>
    public bool Delete { get; init; }

    /// <summary>The provider's id; empty for components.</summary>
    public string Id { get; init; } = "";

    /// <summary>The checked inputs it was last made with.</summary>
    public PropertyMap Inputs { get; init; } = PropertyMap.Empty;

    /// <summary>What the provider, or the component, gave back.</summary>
    public PropertyMap Outputs { get; init; } = PropertyMap.Empty;

    /// <summary>The parent's URN.</summary>
    public string? Parent { get; init; }

    /// <summary>Whether deleting is refused.</summary>
    public bool Protect { get; init; }

    /// <summary>Whether it is only read, and managed elsewhere.</summary>
    public bool External { get; init; }

    /// <summary>URNs depended upon.</summary>
    public ImmutableArray<string> Dependencies { get; init; } = [];

    /// <summary>Why it is not whole; forces an update in the next run.</summary>
    public ImmutableArray<string> InitErrors { get; init; } = [];

    /// <summary>The reference (<c>URN::id</c>) of its provider.</summary>
    public string? Provider { get; init; }

    /// <summary>URNs depended upon by each input.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<string>> PropertyDependencies { get; init; } = NoPropertyDependencies;

    /// <summary>Whether it was deleted and its replacement does not exist yet.</summary>
    public bool PendingReplacement { get; init; }

    /// <summary>Outputs kept secret besides the provider's own.</summary>
    public ImmutableArray<string> AdditionalSecretOutputs { get; init; } = [];

    /// <summary>Former URNs, as older versions of Pulumi kept them; dropped on write.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>Time limits, in seconds, as written to state.</summary>
    public StateTimeouts Timeouts { get; init; }

    /// <summary>The id it was taken over with.</summary>
    public string? ImportId { get; init; }

    /// <summary>Whether deleting only forgets it.</summary>
    public bool RetainOnDelete { get; init; }

    /// <summary>The URN of the resource whose deletion takes this one along.</summary>
    public string? DeletedWith { get; init; }

    /// <summary>URNs of resources with whose replacement this one is replaced.</summary>
    public ImmutableArray<string> ReplaceWith { get; init; } = [];

    /// <summary>When it was created: RFC 3339, UTC, up to nine decimals; kept as text because a .NET time has only seven.</summary>
    public string? Created { get; init; }

    /// <summary>When it was last changed; same form as <see cref="Created"/>.</summary>
    public string? Modified { get; init; }

    /// <summary>Where in the program it was declared.</summary>
    public string? SourcePosition { get; init; }

    /// <summary>Property paths whose changes are ignored.</summary>
    public ImmutableArray<string> IgnoreChanges { get; init; } = [];

    /// <summary>Property paths whose changes are not shown.</summary>
    public ImmutableArray<string> HideDiffs { get; init; } = [];

    /// <summary>Property paths whose changes replace it.</summary>
    public ImmutableArray<string> ReplaceOnChanges { get; init; } = [];

    /// <summary>A value whose change replaces it.</summary>
    public PropertyValue? ReplacementTrigger { get; init; }

    /// <summary>The JSON text of members that are kept as they came and not interpreted (<c>stackTrace</c>).</summary>
    public string? StackTrace { get; init; }

    /// <summary>The resource's own name, the last part of the URN.</summary>
    public string Name => Urns.Name(Urn);
}

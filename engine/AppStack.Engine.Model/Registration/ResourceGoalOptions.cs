using System.Collections.Immutable;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Model.Registration;

/// <summary>The resource options that reach the engine, as given by the program: unset values are inherited or defaulted by the engine.</summary>
public sealed record ResourceGoalOptions
{
    /// <summary>No option set.</summary>
    public static ResourceGoalOptions Default { get; } = new();

    /// <summary>Whether deleting the resource is refused; inherited from the parent when <see langword="null"/>.</summary>
    public bool? Protect { get; init; }

    /// <summary>Property paths whose changes are ignored.</summary>
    public ImmutableArray<string> IgnoreChanges { get; init; } = [];

    /// <summary>Property paths whose changes replace the resource; <c>*</c> means any.</summary>
    public ImmutableArray<string> ReplaceOnChanges { get; init; } = [];

    /// <summary>Property paths whose changes are not shown.</summary>
    public ImmutableArray<string> HideDiffs { get; init; } = [];

    /// <summary>Whether a replacement deletes first; the provider decides when <see langword="null"/>.</summary>
    public bool? DeleteBeforeReplace { get; init; }

    /// <summary>Output names to treat as secret besides the provider's own.</summary>
    public ImmutableArray<string> AdditionalSecretOutputs { get; init; } = [];

    /// <summary>Former identities.</summary>
    public ImmutableArray<AliasSpec> Aliases { get; init; } = [];

    /// <summary>Time limits; <see langword="null"/> members mean the provider's default.</summary>
    public OperationTimeouts Timeouts { get; init; } = OperationTimeouts.None;

    /// <summary>The id of an existing resource to take over.</summary>
    public string? ImportId { get; init; }

    /// <summary>Whether deleting only forgets the resource; inherited when <see langword="null"/>.</summary>
    public bool? RetainOnDelete { get; init; }

    /// <summary>The URN of a resource whose deletion takes this one along; inherited when <see langword="null"/>.</summary>
    public string? DeletedWith { get; init; }

    /// <summary>URNs of resources with whose replacement this one is replaced.</summary>
    public ImmutableArray<string> ReplaceWith { get; init; } = [];

    /// <summary>A value whose change replaces the resource.</summary>
    public PropertyValue? ReplacementTrigger { get; init; }

    /// <summary>The provider package's version, for choosing the default provider.</summary>
    public string? Version { get; init; }

    /// <summary>Where the provider's plugin comes from; recorded only.</summary>
    public string? PluginDownloadUrl { get; init; }
}

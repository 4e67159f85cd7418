using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>
/// What the engine is to do with a resource, apart from its arguments. Lists are never null. A new option must take part in Merge;
/// a test goes through all of them.
/// </summary>
[SuppressMessage("Usage", "CA2227:Collection properties should be read only", Justification = "Pulumi's shape.")]
public abstract class ResourceOptions
{
    private List<string>? _ignoreChanges;
    private List<string>? _replaceOnChanges;
    private List<string>? _hideDiffs;
    private List<Input<Alias>>? _aliases;
    private List<ResourceTransformation>? _resourceTransformations;
    private List<ResourceTransform>? _resourceTransforms;
    private InputList<Resource>? _dependsOn;
    private InputList<Resource>? _replaceWith;

    private protected ResourceOptions()
    {
    }

    /// <summary>The id of an existing resource to read instead of managing one.</summary>
    public Input<string>? Id { get; set; }

    /// <summary>The parent; the stack when null.</summary>
    public Resource? Parent { get; set; }

    /// <summary>Resources that must be done before this one begins, besides those whose outputs it takes.</summary>
    public InputList<Resource> DependsOn
    {
        get => _dependsOn ??= [];
        set => _dependsOn = value;
    }

    /// <summary>Whether deleting the resource is refused; the parent's when null.</summary>
    public bool? Protect { get; set; }

    /// <summary>Property paths whose changes are ignored.</summary>
    public List<string> IgnoreChanges
    {
        get => _ignoreChanges ??= [];
        set => _ignoreChanges = value;
    }

    /// <summary>The version of the provider package.</summary>
    public string? Version { get; set; }

    /// <summary>The provider; the parent's, or the default one, when null.</summary>
    public ProviderResource? Provider { get; set; }

    /// <summary>Time limits of the resource's operations.</summary>
    public CustomTimeouts? CustomTimeouts { get; set; }

    /// <summary>Functions that may change arguments and options of this resource and of its children before they are registered.</summary>
    public List<ResourceTransformation> ResourceTransformations
    {
        get => _resourceTransformations ??= [];
        set => _resourceTransformations = value;
    }

    /// <summary>Like <see cref="ResourceTransformations"/>, with the arguments as plain values, after they are all known.</summary>
    public List<ResourceTransform> ResourceTransforms
    {
        get => _resourceTransforms ??= [];
        set => _resourceTransforms = value;
    }

    /// <summary>Former identities of the resource.</summary>
    public List<Input<Alias>> Aliases
    {
        get => _aliases ??= [];
        set => _aliases = value;
    }

    /// <summary>The URN of a resource of this stack to look up instead of registering one.</summary>
    public string? Urn { get; set; }

    /// <summary>Property paths whose changes replace the resource; <c>*</c> means any.</summary>
    public List<string> ReplaceOnChanges
    {
        get => _replaceOnChanges ??= [];
        set => _replaceOnChanges = value;
    }

    /// <summary>Where the provider's plugin comes from; recorded only.</summary>
    [SuppressMessage("Design", "CA1056:URI-like properties should not be strings", Justification = "Pulumi's shape.")]
    public string? PluginDownloadURL { get; set; }

    /// <summary>Whether deleting only forgets the resource.</summary>
    public bool? RetainOnDelete { get; set; }

    /// <summary>A resource whose deletion takes this one along, so that this one need not be deleted by itself.</summary>
    public Resource? DeletedWith { get; set; }

    /// <summary>Resources with whose replacement this one is replaced.</summary>
    public InputList<Resource> ReplaceWith
    {
        get => _replaceWith ??= [];
        set => _replaceWith = value;
    }

    /// <summary>Property paths whose changes are not shown.</summary>
    public List<string> HideDiffs
    {
        get => _hideDiffs ??= [];
        set => _hideDiffs = value;
    }

    /// <summary>A value whose change replaces the resource.</summary>
    public Input<object>? ReplacementTrigger { get; set; }

    internal bool HasDependsOn => _dependsOn is { IsSurelyEmpty: false };

    internal bool HasReplaceWith => _replaceWith is { IsSurelyEmpty: false };

    internal bool HasTransformations => _resourceTransformations is { Count: > 0 };

    internal bool HasTransforms => _resourceTransforms is { Count: > 0 };

    internal List<string>? IgnoreChangesIfAny => _ignoreChanges;

    internal List<string>? ReplaceOnChangesIfAny => _replaceOnChanges;

    internal List<string>? HideDiffsIfAny => _hideDiffs;

    internal bool HasAliases => _aliases is { Count: > 0 };

    /// <summary>A copy with lists of its own.</summary>
    internal virtual ResourceOptions Clone()
    {
        var copy = (ResourceOptions)MemberwiseClone();
        copy._ignoreChanges = CopyOf(_ignoreChanges);
        copy._replaceOnChanges = CopyOf(_replaceOnChanges);
        copy._hideDiffs = CopyOf(_hideDiffs);
        copy._aliases = CopyOf(_aliases);
        copy._resourceTransformations = CopyOf(_resourceTransformations);
        copy._resourceTransforms = CopyOf(_resourceTransforms);
        copy._dependsOn = _dependsOn?.Clone();
        copy._replaceWith = _replaceWith?.Clone();
        copy.CustomTimeouts = CustomTimeouts?.Clone();
        return copy;
    }

    internal static List<T>? CopyOf<T>(List<T>? list) => list is { Count: > 0 } ? [.. list] : null;

    /// <summary>Takes in the options of <paramref name="other"/>, which count where both have a value; lists are appended.</summary>
    private protected void MergeFrom(ResourceOptions other)
    {
        Id = other.Id ?? Id;
        Parent = other.Parent ?? Parent;
        Protect = other.Protect ?? Protect;
        Urn = other.Urn ?? Urn;
        Version = other.Version ?? Version;
        PluginDownloadURL = other.PluginDownloadURL ?? PluginDownloadURL;
        Provider = other.Provider ?? Provider;
        CustomTimeouts = other.CustomTimeouts?.Clone() ?? CustomTimeouts;
        RetainOnDelete = other.RetainOnDelete ?? RetainOnDelete;
        DeletedWith = other.DeletedWith ?? DeletedWith;
        ReplacementTrigger = other.ReplacementTrigger ?? ReplacementTrigger;
        Append(ref _ignoreChanges, other._ignoreChanges);
        Append(ref _replaceOnChanges, other._replaceOnChanges);
        Append(ref _hideDiffs, other._hideDiffs);
        Append(ref _aliases, other._aliases);
        Append(ref _resourceTransformations, other._resourceTransformations);
        Append(ref _resourceTransforms, other._resourceTransforms);
        _dependsOn = Joined(_dependsOn, other._dependsOn);
        _replaceWith = Joined(_replaceWith, other._replaceWith);
    }

    private protected static void Append<T>(ref List<T>? list, List<T>? other)
    {
        if (other is { Count: > 0 })
        {
            (list ??= []).AddRange(other);
        }
    }

    private static InputList<Resource>? Joined(InputList<Resource>? first, InputList<Resource>? second)
    {
        if (first is null || second is null)
        {
            return (first ?? second)?.Clone();
        }

        return first.Concat(second);
    }
}

using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Something that the stack consists of: a resource that a provider manages, or a component that groups others.</summary>
public class Resource
{
    /// <summary>The type token of the stack itself.</summary>
    internal const string StackType = "pulumi:pulumi:Stack";

    private readonly string _type;
    private readonly string _name;
    private readonly bool? _protect;
    private readonly ImmutableArray<ResourceTransformation> _transformations = [];
    private readonly ImmutableArray<ResourceTransform> _transforms = [];
    private readonly ImmutableDictionary<string, ProviderResource> _providers = ImmutableDictionary<string, ProviderResource>.Empty;
    private readonly Lock _childrenLock = new();
    private HashSet<Resource>? _children;
    private ImmutableHashSet<Resource>? _asDependency;

    /// <summary>Makes a resource that stands for one registered elsewhere.</summary>
    private protected Resource(string type, string name)
    {
        _type = type;
        _name = name;
        Slots = [];
        Properties = [];
    }

    private protected Resource(string type, string name, bool custom, ResourceArgs args, ResourceOptions options)
    {
        if (string.IsNullOrEmpty(type))
        {
            throw new ArgumentException("'type' cannot be null or empty.", nameof(type));
        }

        if (string.IsNullOrEmpty(name))
        {
            throw new ArgumentException("'name' cannot be null or empty.", nameof(name));
        }

        var deployment = Deployment.Internal;
        _type = type;
        _name = name;

        // The outputs a component declares are its own to set; a component that is only looked up has them filled like any resource.
        Properties = custom || options.Urn is not null ? OutputProperty.Of(GetType()) : OutputProperty.Of(typeof(Resource));
        Slots = Array.ConvertAll(Properties, property => property.Attach(this));

        // A resource that is only looked up has the parent it was registered with, not the stack by default.
        var parent = type == StackType ? null : options.Parent ?? (options.Urn is null ? deployment.Stack : null);
        _transformations = Appended(options.HasTransformations ? options.ResourceTransformations : null, parent?._transformations);
        foreach (var transformation in _transformations)
        {
            if (transformation(new ResourceTransformationArgs(this, args, options)) is { } result)
            {
                if (result.Options.Parent != options.Parent)
                {
                    // The parent decides which transformations apply, so none of them can change it.
                    throw new ArgumentException("Transformations cannot currently be used to change the 'parent' of a resource.");
                }

                args = result.Args;
                options = result.Options;
            }
        }

        options = options.Clone();
        _transforms = Appended(options.HasTransforms ? options.ResourceTransforms : null, parent?._transforms);
        if (options.Provider is not null && options is ComponentResourceOptions { Providers.Count: > 0 })
        {
            throw new ResourceException("Do not supply both 'provider' and 'providers' options to a ComponentResource.", options.Parent);
        }

        if (options.Parent is not null)
        {
            options.Parent.AddChild(this);
            options.Protect ??= options.Parent._protect;
            _providers = options.Parent._providers;
        }

        if (!custom)
        {
            var providers = options.Provider is null ? ((ComponentResourceOptions)options).Providers : [options.Provider];
            _providers = _providers.SetItems(providers.Select(static provider => KeyValuePair.Create(provider.Package, provider)));
        }
        else if (options.Provider is null)
        {
            options.Provider = options.Parent?.GetProvider(type);
        }
        else if (PackageOf(type) is { } package)
        {
            _providers = _providers.SetItem(package, options.Provider);
        }

        _protect = options.Protect;
        deployment.Register(this, custom, args, options);
    }

    /// <summary>The resource's unique name in all stacks.</summary>
    [Output("urn")]
    public Output<string> Urn { get; private protected set; } = null!;

    /// <summary>The properties that the engine's answer fills.</summary>
    internal OutputProperty[] Properties { get; }

    /// <summary>What fills <see cref="Properties"/>, in the same order.</summary>
    internal OutputSlot[] Slots { get; }

    /// <summary>The functions to call just before the registration.</summary>
    internal ImmutableArray<ResourceTransform> Transforms => _transforms;

    /// <summary>This resource alone, as what an output came from.</summary>
    internal ImmutableHashSet<Resource> AsDependency => _asDependency ??= [this];

    /// <summary>The type token that the resource was made with.</summary>
    public string GetResourceType() => _type;

    /// <summary>The name that the resource was made with.</summary>
    public string GetResourceName() => _name;

    /// <summary>The provider that children of a type inherit, if any.</summary>
    internal ProviderResource? GetProvider(string token) => PackageOf(token) is { } package ? _providers.GetValueOrDefault(package) : null;

    /// <summary>The children attached so far. Only those of components matter, for depending on the component.</summary>
    internal Resource[] GetChildren()
    {
        lock (_childrenLock)
        {
            return _children is null ? [] : [.. _children];
        }
    }

    private static string? PackageOf(string token)
    {
        var parts = token.Split(':');
        return parts.Length == 3 ? parts[0] : null;
    }

    private static ImmutableArray<T> Appended<T>(List<T>? own, ImmutableArray<T>? inherited) =>
        own is null ? inherited ?? [] : [.. own, .. inherited ?? []];

    private void AddChild(Resource child)
    {
        lock (_childrenLock)
        {
            (_children ??= []).Add(child);
        }
    }
}

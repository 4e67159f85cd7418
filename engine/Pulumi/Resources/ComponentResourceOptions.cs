using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>Options of a component.</summary>
[SuppressMessage("Usage", "CA2227:Collection properties should be read only", Justification = "Pulumi's shape.")]
public sealed class ComponentResourceOptions : ResourceOptions
{
    private List<ProviderResource>? _providers;

    /// <summary>Providers for the component's children, one per package.</summary>
    public List<ProviderResource> Providers
    {
        get => _providers ??= [];
        set => _providers = value;
    }

    /// <summary>
    /// New options: those of both, where <paramref name="options2"/> counts for single values and lists are joined. Of several
    /// providers for one package the last counts.
    /// </summary>
    /// <param name="options1">The options with lower priority.</param>
    /// <param name="options2">The options with higher priority.</param>
    public static ComponentResourceOptions Merge(ComponentResourceOptions? options1, ComponentResourceOptions? options2)
    {
        var merged = (ComponentResourceOptions?)options1?.Clone() ?? new ComponentResourceOptions();
        if (options2 is not null)
        {
            merged.MergeFrom(options2);
            Append(ref merged._providers, options2._providers);
        }

        if (merged._providers is { } providers)
        {
            merged._providers = [.. providers.AsEnumerable().Reverse().DistinctBy(static provider => provider.Package).Reverse()];
        }

        return merged;
    }

    internal override ResourceOptions Clone()
    {
        var copy = (ComponentResourceOptions)base.Clone();
        copy._providers = CopyOf(_providers);
        return copy;
    }
}

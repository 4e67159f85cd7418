using Pulumi;

namespace AppStack.Components.Nodes;

/// <summary>Options of the command that carries a component's bundle.</summary>
internal static class BundleOptions
{
    /// <summary>The component is the parent; what it depends on must be there before the node is touched.</summary>
    public static CustomResourceOptions For(ComponentResource component, ComponentResourceOptions? options, Resource? after = null)
    {
        return For(component, options, after is null ? [] : [after]);
    }

    /// <summary>The same for what comes after several resources.</summary>
    public static CustomResourceOptions For(ComponentResource component, ComponentResourceOptions? options, IEnumerable<Resource> after)
    {
        var result = new CustomResourceOptions { Parent = component };
        if (options is not null)
        {
            result.DependsOn.AddRange(options.DependsOn);
        }

        foreach (var resource in after)
        {
            result.DependsOn.Add(resource);
        }

        return result;
    }
}

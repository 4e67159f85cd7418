using Pulumi;

namespace AppStack.Components.Nodes;

/// <summary>Options of the command that carries a component's bundle.</summary>
internal static class BundleOptions
{
    /// <summary>The component is the parent; what it depends on must be there before the node is touched.</summary>
    public static CustomResourceOptions For(ComponentResource component, ComponentResourceOptions? options, Resource? after = null)
    {
        var result = new CustomResourceOptions { Parent = component };
        if (options is not null)
        {
            result.DependsOn.AddRange(options.DependsOn);
        }

        if (after is not null)
        {
            result.DependsOn.Add(after);
        }

        return result;
    }
}

using AppStack.Engine.Model.Providers;
using AppStack.Engine.Providers.Command;
using AppStack.Engine.Providers.Kubernetes;
using AppStack.Engine.Providers.Random;
using AppStack.Ssh;

namespace AppStack.Engine.Providers;

/// <summary>The providers that come with the embedded engine.</summary>
public static class BuiltInProviders
{
    /// <summary>Makes one of each.</summary>
    /// <param name="ssh">Reaches nodes. It is not disposed; whoever made it does that when the deployment is over.</param>
    /// <param name="options">The surroundings; <see langword="null"/> for the defaults.</param>
    public static IReadOnlyList<IResourceProvider> Create(ISshClient ssh, BuiltInProviderOptions? options = null)
    {
        options ??= new BuiltInProviderOptions();
        return [new CommandProvider(ssh, options), new KubernetesProvider(options), new RandomProvider(options.TimeProvider)];
    }
}

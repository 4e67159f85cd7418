using AppStack.Engine.Model.Providers;
using AppStack.Engine.Operations;
using AppStack.Engine.Providers;
using AppStack.Ssh;

namespace AppStack.Cli.Hosting;

/// <summary>The built-in providers as packages that programs may use.</summary>
internal static class BuiltInPackages
{
    /// <summary>Registers each. Two explicit providers of one package have a configuration each, so each gets an instance of its own.</summary>
    public static IReadOnlyList<ProviderRegistration> Of(ISshClient ssh, BuiltInProviderOptions options)
    {
        return [.. Make().Select(built => new ProviderRegistration(built.Package, built.Version, () => Make().Single(own => own.Package == built.Package)))];

        IReadOnlyList<IResourceProvider> Make() => BuiltInProviders.Create(ssh, options);
    }
}

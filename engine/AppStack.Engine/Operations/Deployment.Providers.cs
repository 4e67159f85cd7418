using System.Collections.Immutable;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Planning;
using AppStack.Engine.Registration;
using AppStack.Engine.State;

namespace AppStack.Engine.Operations;

// Providers that the program does not name.
internal sealed partial class Deployment
{
    private Task<string> DefaultProviderAsync(string package, string? version)
    {
        var actual = version ?? _providers.Package(package).Version;
        return _defaultProviders.GetOrAdd($"{package}@{actual}", _ => new Lazy<Task<string>>(() => RegisterDefaultProviderAsync(package, actual))).Value;
    }

    private static string DefaultProviderName(string version) =>
        version.Length == 0 ? "default" : "default_" + version.Replace('.', '_').Replace('-', '_').Replace('+', '_');

    private async Task<string> RegisterDefaultProviderAsync(string package, string version)
    {
        var inputs = _settings.ProviderConfig.GetValueOrDefault(package, PropertyMap.Empty).With("__internal", PropertyValue.Of(PropertyMap.Empty));
        if (version.Length > 0)
        {
            inputs = inputs.With("version", PropertyValue.Of(version));
        }

        var type = Urns.ProviderType(package);
        var name = DefaultProviderName(version);
        var goal = new Goal { Urn = _registrar.UrnOf(parent: null, type, name), Type = type, Name = name, Custom = true, Inputs = inputs };
        var response = await RunAsync(goal);
        return response.Result == RegistrationResult.Success
            ? $"{response.Urn}::{response.Id ?? PropertySignatures.Unknown}"
            : throw new PlanningException($"The provider of the package '{package}' could not be set up.");
    }
}

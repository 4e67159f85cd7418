using System.Collections.Immutable;
using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Stacks.Services;

/// <summary>The outputs of an environment's platform, as services need them.</summary>
internal sealed class PlatformOutputs
{
    private readonly string _environment;
    private readonly ImmutableDictionary<string, object> _kubeconfigs;
    private readonly ImmutableDictionary<string, object> _databases;
    private readonly ImmutableDictionary<string, object> _credentials;
    private readonly string? _authority;
    private readonly ImmutableDictionary<string, object> _monitors;
    private readonly ImmutableDictionary<string, object> _registries;

    private PlatformOutputs(string environment, object? kubeconfigs, object? databases, object? credentials, object? disks, object? authority, object? monitors, object? registries) =>
        (_environment, _kubeconfigs, _databases, _credentials, Disks, _authority, _monitors, _registries) = (environment, Map(kubeconfigs), Map(databases), Map(credentials), Texts(disks), authority as string, Map(monitors), Map(registries));

    /// <summary>The disks of a lab's machines, by machine.</summary>
    public ImmutableDictionary<string, string> Disks { get; }

    /// <summary>Reads the outputs of a platform's stack.</summary>
    /// <param name="environment">The environment's name, which is the stack's.</param>
    public static async Task<PlatformOutputs> ReadAsync(string environment)
    {
        var platform = new StackReference(environment);
        return new(environment, await ValueAsync("kubeconfigs"), await ValueAsync("serviceDatabases"), await ValueAsync("serviceCredentials"), await ValueAsync("disks"), await ValueAsync("authorityKey"), await ValueAsync("monitors"), await ValueAsync("registries"));

        async Task<object?> ValueAsync(string name)
        {
            var details = await platform.GetOutputDetailsAsync(name);
            return details.SecretValue ?? details.Value;
        }
    }

    /// <summary>The administrator's kubeconfig of a cluster.</summary>
    /// <exception cref="RunException">The platform does not have the cluster yet.</exception>
    public string Kubeconfig(string cluster) => _kubeconfigs.TryGetValue(cluster, out var text) ? (string)text
        : throw new RunException($"The platform '{_environment}' has no Kubernetes cluster '{cluster}' yet. Deploy it first: appstack up {_environment}");

    /// <summary>The authority that issues certificates of services, with its key.</summary>
    /// <exception cref="RunException">The platform does not have it yet.</exception>
    public string Authority => _authority is { Length: > 0 } ? _authority
        : throw new RunException($"The platform '{_environment}' has no authority for the certificates of services yet. Deploy it first: appstack up {_environment}");

    /// <summary>The monitoring nodes, by name; none when the platform has none.</summary>
    public IEnumerable<(string Name, BareMetalNodeArgs Access)> Monitors =>
        _monitors.OrderBy(found => found.Key, StringComparer.Ordinal).Select(found => (found.Key, MonitorOutput.Read(Texts(found.Value))));

    /// <summary>The certificates of the authorities of the platform's own registries, by the registry's address.</summary>
    public ImmutableDictionary<string, string> RegistryAuthorities =>
        _registries.Values.Select(Texts).ToImmutableDictionary(registry => registry["address"], registry => registry["authority"], StringComparer.Ordinal);

    /// <summary>The database of a service.</summary>
    /// <exception cref="RunException">The platform does not have it yet.</exception>
    public ServiceDatabaseOutput Database(string service) => _databases.TryGetValue(service, out var open) && _credentials.TryGetValue(service, out var secret)
        ? ServiceDatabaseOutput.Read(Texts(open), Texts(secret))
        : throw new RunException($"The platform '{_environment}' has no database for '{service}' yet. Deploy it first: appstack up {_environment}");

    private static ImmutableDictionary<string, object> Map(object? value) => value as ImmutableDictionary<string, object> ?? ImmutableDictionary<string, object>.Empty;

    private static ImmutableDictionary<string, string> Texts(object? value) => Map(value).ToImmutableDictionary(pair => pair.Key, pair => (string)pair.Value, StringComparer.Ordinal);
}

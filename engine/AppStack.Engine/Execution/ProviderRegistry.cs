using System.Collections.Concurrent;
using System.Collections.Immutable;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Operations;
using AppStack.Engine.Planning;
using AppStack.Engine.State;

namespace AppStack.Engine.Execution;

/// <summary>The providers of a run by reference. Each is made and configured when it is first needed, because most runs need few of them.</summary>
internal sealed class ProviderRegistry : IAsyncDisposable
{
    // Members of a provider's inputs that are the engine's business, not the provider's.
    private static readonly string[] EngineMembers = ["version", "pluginDownloadURL", "pluginChecksums", "parameterization", "__internal"];

    private readonly ImmutableDictionary<string, ProviderRegistration> _packages;
    private readonly ConcurrentDictionary<string, Instance> _instances = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<IResourceProvider> _made = [];
    private readonly ProviderResources _resources;

    public ProviderRegistry(ImmutableArray<ProviderRegistration> packages, Func<Guid> newId, CancellationToken abort)
    {
        _packages = packages.ToImmutableDictionary(package => package.Package, StringComparer.Ordinal);
        _resources = new ProviderResources(this, newId);
        Abort = abort;
    }

    private CancellationToken Abort { get; }

    /// <summary>Manages the provider resources themselves.</summary>
    public IResourceProvider ProviderResources => _resources;

    /// <summary>A package by name.</summary>
    /// <exception cref="PlanningException">There is no such package.</exception>
    public ProviderRegistration Package(string package) =>
        _packages.TryGetValue(package, out var registration)
            ? registration
            : throw new PlanningException(
                $"There is no provider for the package '{package}'. The embedded engine has: {string.Join(", ", _packages.Keys.Order(StringComparer.Ordinal))}.");

    /// <summary>Says how a provider is configured; the last word before its first use counts.</summary>
    public void Declare(string reference, string package, PropertyMap inputs) =>
        _instances.AddOrUpdate(
            reference,
            _ => new Instance(package, inputs),
            (_, existing) => existing.Inputs.Equals(inputs) ? existing : new Instance(package, inputs));

    /// <summary>The configuration of a declared provider.</summary>
    public PropertyMap? Inputs(string reference) => _instances.TryGetValue(reference, out var instance) ? instance.Inputs : null;

    /// <summary>The provider, ready for use; <see langword="null"/> when its configuration is not known yet (previews).</summary>
    /// <exception cref="PlanningException">The reference names no known provider.</exception>
    public async Task<IResourceProvider?> GetAsync(string? reference, string type)
    {
        if (Urns.IsProviderType(type))
        {
            return _resources;
        }

        if (reference is null || !_instances.TryGetValue(reference, out var instance))
        {
            throw new PlanningException($"The provider '{reference}' is not known.");
        }

        return await instance.StartAsync(this);
    }

    public static PropertyMap Configuration(PropertyMap inputs)
    {
        foreach (var member in EngineMembers)
        {
            inputs = inputs.Without(member);
        }

        return inputs;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var provider in _made)
        {
            switch (provider)
            {
                case IAsyncDisposable asynchronous:
                    await asynchronous.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }
        }
    }

    internal IResourceProvider Make(string package)
    {
        var provider = Package(package).Create();
        _made.Add(provider);
        return provider;
    }

    private sealed class Instance(string package, PropertyMap inputs)
    {
        private readonly Lock _lock = new();
        private Task<IResourceProvider?>? _start;

        public PropertyMap Inputs { get; } = inputs;

        public Task<IResourceProvider?> StartAsync(ProviderRegistry registry)
        {
            lock (_lock)
            {
                return _start ??= MakeAsync(registry);
            }
        }

        private async Task<IResourceProvider?> MakeAsync(ProviderRegistry registry)
        {
            var configuration = Configuration(Inputs);
            if (configuration.ContainsUnknowns)
            {
                return null;
            }

            var provider = registry.Make(package);
            await provider.ConfigureAsync(configuration, registry.Abort);
            return provider;
        }
    }
}

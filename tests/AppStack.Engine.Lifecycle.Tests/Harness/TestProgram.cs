using System.Collections.Immutable;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Operations;

namespace AppStack.Engine.Lifecycle.Tests.Harness;

/// <summary>What a test's program says to the engine.</summary>
internal sealed class TestProgram(IResourceMonitor monitor, ProgramContext context, string stackUrn)
{
    public IResourceMonitor Monitor => monitor;

    public ProgramContext Context => context;

    public string StackUrn => stackUrn;

    public Dictionary<string, PropertyValue> Outputs { get; } = [];

    public Dictionary<string, TestResource> Resources { get; } = [];

    public async Task<TestResource> ResourceAsync(string name, ResourceOf? options = null, params (string Key, PropertyValue Value)[] inputs)
    {
        options ??= new ResourceOf();
        var map = PropertyMap.Of(inputs);
        var dependencies = options.PropertyDependencies.Values.SelectMany(urns => urns).Concat(options.DependsOn).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        var response = await monitor.RegisterResourceAsync(
            new RegisterResourceRequest
            {
                Type = options.Type,
                Name = name,
                Custom = options.Custom,
                Parent = options.Parent,
                Inputs = map,
                Dependencies = [.. dependencies],
                PropertyDependencies = map.Keys.ToImmutableSortedDictionary(
                    key => key, key => options.PropertyDependencies.GetValueOrDefault(key, []), StringComparer.Ordinal),
                Provider = options.Provider,
                Providers = options.Providers,
                Options = options.Goal,
            },
            CancellationToken.None);
        var resource = new TestResource(response.Urn, response.Id, response.Outputs, response.Result);
        Resources[name] = resource;
        return resource;
    }

    public Task<TestResource> ComponentAsync(string name, ResourceOf? options = null) =>
        ResourceAsync(name, (options ?? new ResourceOf()) with { Custom = false, Type = options?.Type is null or ResourceOf.DefaultType ? "test:index:Component" : options.Type });

    public Task OutputsAsync(TestResource component, params (string Key, PropertyValue Value)[] outputs) =>
        monitor.RegisterResourceOutputsAsync(component.Urn, PropertyMap.Of(outputs), CancellationToken.None);

    public async Task<string> ProviderAsync(string name, string package = "test", ResourceGoalOptions? goal = null, params (string Key, PropertyValue Value)[] configuration)
    {
        var provider = await ResourceAsync(name, new ResourceOf { Type = $"pulumi:providers:{package}", Goal = goal ?? ResourceGoalOptions.Default }, configuration);
        return $"{provider.Urn}::{provider.Id ?? "04da6b54-80e4-46f7-96ec-b56ff0331ba9"}";
    }
}

/// <summary>A registered resource.</summary>
internal sealed record TestResource(string Urn, string? Id, PropertyMap Outputs, RegistrationResult Result)
{
    /// <summary>An output as an input of something else: unknown where it is not known.</summary>
    public PropertyValue Output(string name) => Outputs.Find(name) ?? PropertyValue.Unknown.Instance;
}

/// <summary>How a test's program declares a resource.</summary>
internal sealed record ResourceOf
{
    public const string DefaultType = "test:index:Thing";

    public string Type { get; init; } = DefaultType;

    public bool Custom { get; init; } = true;

    public string? Parent { get; init; }

    public ImmutableArray<string> DependsOn { get; init; } = [];

    public ImmutableDictionary<string, ImmutableArray<string>> PropertyDependencies { get; init; } = ImmutableDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal);

    public string? Provider { get; init; }

    public ImmutableSortedDictionary<string, string> Providers { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public ResourceGoalOptions Goal { get; init; } = ResourceGoalOptions.Default;

    /// <summary>A resource whose input comes from another's output.</summary>
    public static ResourceOf From(string input, TestResource source) => new()
    {
        PropertyDependencies = ImmutableDictionary.Create<string, ImmutableArray<string>>(StringComparer.Ordinal).Add(input, [source.Urn]),
    };
}

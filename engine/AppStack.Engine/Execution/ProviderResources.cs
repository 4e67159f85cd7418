using System.Collections.Concurrent;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.State;

namespace AppStack.Engine.Execution;

/// <summary>Manages providers as resources: their inputs are configuration, their ids are made up here, deleting them does nothing.</summary>
internal sealed class ProviderResources(ProviderRegistry registry, Func<Guid> newId) : IResourceProvider
{
    // Checking configuration needs a provider that is not configured itself.
    private readonly ConcurrentDictionary<string, IResourceProvider> _unconfigured = new(StringComparer.Ordinal);

    public string Package => "pulumi";

    public string Version => "";

    public Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken) => throw NotAResourceOfAPackage();

    public Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken) => throw NotAResourceOfAPackage();

    public Task ConfigureAsync(PropertyMap configuration, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken)
    {
        var configuration = ProviderRegistry.Configuration(request.NewInputs);
        var result = await Unconfigured(request.Type).CheckConfigAsync(
            request with { OldInputs = request.OldInputs is { } old ? ProviderRegistry.Configuration(old) : null, NewInputs = configuration },
            cancellationToken);
        var inputs = result.Inputs;
        foreach (var (name, value) in request.NewInputs)
        {
            if (!configuration.ContainsKey(name))
            {
                inputs = inputs.With(name, value);
            }
        }

        return result with { Inputs = inputs };
    }

    public async Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken)
    {
        var (old, @new) = (ProviderRegistry.Configuration(request.OldInputs), ProviderRegistry.Configuration(request.NewInputs));
        return old.Equals(@new) && !@new.ContainsUnknowns
            ? DiffResult.None
            : await Unconfigured(request.Type).DiffConfigAsync(request with { OldInputs = old, OldOutputs = ProviderRegistry.Configuration(request.OldOutputs), NewInputs = @new }, cancellationToken);
    }

    public Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new CreateResult(request.Preview ? PropertySignatures.Unknown : newId().ToString("D"), request.Inputs.Without("__internal")));

    public Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new ReadResult(request.Id, request.State, request.Inputs));

    public Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new UpdateResult(request.NewInputs.Without("__internal")));

    public Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<InvokeResponse> InvokeAsync(string token, PropertyMap arguments, IOperationLog log, CancellationToken cancellationToken) => throw NotAResourceOfAPackage();

    private static NotSupportedException NotAResourceOfAPackage() => new("Providers are managed by the engine itself.");

    private IResourceProvider Unconfigured(string type) => _unconfigured.GetOrAdd(Urns.ProviderPackage(type), registry.Make);
}

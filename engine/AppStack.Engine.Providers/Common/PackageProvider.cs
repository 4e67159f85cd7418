using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Providers.Common;

/// <summary>A provider that leaves each type of resource to a handler.</summary>
internal abstract class PackageProvider : IResourceProvider
{
    private readonly Dictionary<string, ResourceHandler> _handlers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public abstract string Package { get; }

    /// <inheritdoc/>
    public abstract string Version { get; }

    /// <inheritdoc/>
    public virtual Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(CheckResult.Ok(request.NewInputs));

    /// <inheritdoc/>
    public virtual Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken) => Task.FromResult(DiffResult.None);

    /// <inheritdoc/>
    public virtual Task ConfigureAsync(PropertyMap configuration, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        For(request.Type).CheckAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken) => Task.FromResult(For(request.Type).Diff(request));

    /// <inheritdoc/>
    public Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken) =>
        For(request.Type).CreateAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken) => For(request.Type).ReadAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken) =>
        For(request.Type).UpdateAsync(request, cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken) => For(request.Type).DeleteAsync(request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<InvokeResponse> InvokeAsync(string token, PropertyMap arguments, IOperationLog log, CancellationToken cancellationToken) =>
        throw new ProviderException($"The package '{Package}' has no function '{token}'.");

    /// <summary>Adds the handler of a type.</summary>
    protected void Add(ResourceHandler handler) => _handlers.Add(handler.Type, handler);

    private ResourceHandler For(string type) =>
        _handlers.TryGetValue(type, out var handler)
            ? handler
            : throw new ProviderException($"The package '{Package}' has no resource type '{type}'; it has {string.Join(", ", _handlers.Keys.Order(StringComparer.Ordinal))}.");
}

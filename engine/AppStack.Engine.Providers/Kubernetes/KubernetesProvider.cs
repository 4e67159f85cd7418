using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Access;
using AppStack.Engine.Providers.Kubernetes.Client;
using AppStack.Engine.Providers.Kubernetes.Helm;
using AppStack.Engine.Providers.Kubernetes.Objects;

namespace AppStack.Engine.Providers.Kubernetes;

/// <summary>The package <c>kubernetes</c>: objects of a cluster, applied on its API server.</summary>
/// <param name="options">The surroundings.</param>
/// <param name="transport">Connects to a cluster; <see langword="null"/> for the network.</param>
internal sealed class KubernetesProvider(BuiltInProviderOptions options, Func<ClusterAccess, HttpMessageHandler>? transport = null) : IResourceProvider, IDisposable
{
    private readonly HelmProgram _helm = new(options);
    private ClusterConnection? _cluster;
    private ObjectChecker? _checker;
    private ObjectApplier? _applier;

    /// <inheritdoc/>
    public string Package => "kubernetes";

    /// <inheritdoc/>
    public string Version => "4.23.0";

    private ClusterConnection Cluster => _cluster ?? throw new InvalidOperationException("The provider is not configured.");

    private ObjectChecker Checker => _checker ??= new ObjectChecker(Cluster);

    private HelmReleases Releases => new(_helm, Cluster, options.WorkingDirectory);

    private ObjectApplier Applier => _applier ??= new ObjectApplier(Cluster);

    /// <inheritdoc/>
    public Task<CheckResult> CheckConfigAsync(CheckRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new CheckResult(KeepSecret(request.NewInputs), ProviderSettingsReader.Check(request.NewInputs)));

    /// <inheritdoc/>
    public Task<DiffResult> DiffConfigAsync(DiffRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(ProviderDiffer.Diff(request.OldInputs, request.NewInputs));

    /// <inheritdoc/>
    public Task ConfigureAsync(PropertyMap configuration, CancellationToken cancellationToken)
    {
        _cluster = new ClusterConnection(
            ProviderSettingsReader.Read(configuration) with { WorkingDirectory = options.WorkingDirectory }, transport ?? (access => new ApiTransport(access)), options.TimeProvider);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<CheckResult> CheckAsync(CheckRequest request, CancellationToken cancellationToken) =>
        IsRelease(request.Type) ? Releases.CheckAsync(request, cancellationToken) : Checker.CheckAsync(request, Kind(request.Type), cancellationToken);

    /// <inheritdoc/>
    public Task<DiffResult> DiffAsync(DiffRequest request, CancellationToken cancellationToken) =>
        IsRelease(request.Type) ? Task.FromResult(Releases.Diff(request)) : new ObjectDiffer(Cluster, Checker).DiffAsync(request, Kind(request.Type), cancellationToken);

    /// <inheritdoc/>
    public Task<CreateResult> CreateAsync(CreateRequest request, CancellationToken cancellationToken) =>
        IsRelease(request.Type) ? Releases.CreateAsync(request, cancellationToken) : Applier.CreateAsync(request, Kind(request.Type), cancellationToken);

    /// <inheritdoc/>
    public Task<ReadResult> ReadAsync(ReadRequest request, CancellationToken cancellationToken) =>
        IsRelease(request.Type) ? Releases.ReadAsync(request, cancellationToken) : new ObjectReader(Cluster).ReadAsync(request, Kind(request.Type), cancellationToken);

    /// <inheritdoc/>
    public Task<UpdateResult> UpdateAsync(UpdateRequest request, CancellationToken cancellationToken) =>
        IsRelease(request.Type) ? Releases.UpdateAsync(request, cancellationToken) : Applier.UpdateAsync(request, Kind(request.Type), cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(DeleteRequest request, CancellationToken cancellationToken) =>
        IsRelease(request.Type) ? Releases.DeleteAsync(request, cancellationToken) : new ObjectRemover(Cluster).DeleteAsync(request, Kind(request.Type), cancellationToken);

    /// <inheritdoc/>
    public Task<InvokeResponse> InvokeAsync(string token, PropertyMap arguments, IOperationLog log, CancellationToken cancellationToken) =>
        token == HelmTemplateFunction.Token
            ? new HelmTemplateFunction(_helm).InvokeAsync(arguments, cancellationToken)
            : throw new ProviderException($"The package '{Package}' has no function '{token}'.");

    /// <inheritdoc/>
    public void Dispose() => _cluster?.Dispose();

    private static bool IsRelease(string type) => type == HelmReleases.Type;

    private static ObjectKind Kind(string type) =>
        ObjectKind.OfType(type) ?? throw new ProviderException($"The embedded engine's Kubernetes provider has no resource type '{type}'.");

    // Whoever has its content administers the cluster, whether the program marked it or not.
    private static PropertyMap KeepSecret(PropertyMap inputs) =>
        inputs.Find("kubeconfig") is PropertyValue.Text { Value: var text } content && (text.Contains('\n') || text.TrimStart().StartsWith('{'))
            ? inputs.With("kubeconfig", content.AsSecret())
            : inputs;
}

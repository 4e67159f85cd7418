using AppStack.Engine.Model.Providers;
using AppStack.Engine.Providers.Kubernetes.Access;
using AppStack.Engine.Providers.Kubernetes.Client;
using AppStack.Engine.Providers.Kubernetes.Objects;
using AppStack.Engine.Providers.Kubernetes.Readiness;

namespace AppStack.Engine.Providers.Kubernetes;

/// <summary>One cluster, as one provider reaches it. Nothing is read or sent before it is needed: a run without changes sends nothing at all.</summary>
internal sealed class ClusterConnection : IDisposable
{
    private readonly Lazy<Connected> _connected;

    public ClusterConnection(ProviderSettings settings, Func<ClusterAccess, HttpMessageHandler> transport, TimeProvider time)
    {
        Settings = settings;
        Time = time;
        _connected = new Lazy<Connected>(() => new Connected(KubeconfigReader.Read(settings.Kubeconfig, settings.Context, settings.Cluster, settings.WorkingDirectory), settings, transport, time));
    }

    public ProviderSettings Settings { get; }

    public TimeProvider Time { get; }

    /// <summary>Requests to the API server.</summary>
    /// <exception cref="UnreachableException">There is no kubeconfig (yet).</exception>
    /// <exception cref="ProviderException">The kubeconfig cannot be used.</exception>
    public ApiClient Api => Open().Api;

    public ObjectWaiter Waiter => Open().Waiter;

    /// <summary>The namespace of objects that name none.</summary>
    public string DefaultNamespace
    {
        get
        {
            try
            {
                return Settings.Namespace ?? Open().Access.Namespace;
            }
            catch (UnreachableException)
            {
                return "default";
            }
        }
    }

    /// <summary>The resource of a kind; <see langword="null"/> when the API server has none.</summary>
    public Task<ApiResource?> FindAsync(ObjectKind kind, bool patient, CancellationToken cancellationToken) => Open().Discovery.FindAsync(kind, patient, cancellationToken);

    /// <summary>Forgets what kinds there are in a group and version.</summary>
    public void Forget(string apiVersion) => Open().Discovery.Forget(apiVersion);

    public void Dispose()
    {
        if (_connected is { IsValueCreated: true })
        {
            _connected.Value.Api.Dispose();
        }
    }

    private Connected Open()
    {
        try
        {
            return _connected.Value;
        }
        catch (KubeconfigException exception) when (exception.IsMissing)
        {
            throw new UnreachableException($"{exception.Message}. Set `kubeconfig` of the provider, or $KUBECONFIG.");
        }
        catch (KubeconfigException exception)
        {
            throw new ProviderException($"the kubeconfig cannot be used: {exception.Message}", exception);
        }
    }

    private sealed class Connected
    {
        public Connected(ClusterAccess access, ProviderSettings settings, Func<ClusterAccess, HttpMessageHandler> transport, TimeProvider time)
        {
            Access = access;
            Api = new ApiClient(transport(access), access, settings.Limits, time);
            Discovery = new ApiDiscovery(Api);
            Waiter = new ObjectWaiter(Api, time);
        }

        public ClusterAccess Access { get; }

        public ApiClient Api { get; }

        public ApiDiscovery Discovery { get; }

        public ObjectWaiter Waiter { get; }
    }
}

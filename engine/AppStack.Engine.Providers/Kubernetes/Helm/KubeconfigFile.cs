using AppStack.Engine.Providers.Kubernetes.Access;

namespace AppStack.Engine.Providers.Kubernetes.Helm;

/// <summary>A provider's kubeconfig as a file, which is what programs read. One that was made is readable by nobody else, and goes with this object.</summary>
internal sealed class KubeconfigFile : IDisposable
{
    private readonly bool _isMade;

    private KubeconfigFile(string? path, bool isMade) => (Path, _isMade) = (path, isMade);

    /// <summary>The file; <see langword="null"/> for what the environment says.</summary>
    public string? Path { get; }

    /// <summary>The file of a provider.</summary>
    public static KubeconfigFile For(ProviderSettings settings)
    {
        if (settings.Kubeconfig is not { Length: > 0 } given)
        {
            return new KubeconfigFile(path: null, isMade: false);
        }

        if (!KubeconfigReader.IsContent(given))
        {
            return new KubeconfigFile(KubeconfigReader.PathOf(given, settings.WorkingDirectory), isMade: false);
        }

        var path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"appstack-kubeconfig-{Guid.NewGuid():n}");
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        using var writer = new StreamWriter(file);
        writer.Write(given);
        return new KubeconfigFile(path, isMade: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isMade)
        {
            File.Delete(Path!);
        }
    }
}

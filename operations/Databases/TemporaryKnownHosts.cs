using AppStack.Ssh;

namespace AppStack.Operations.Databases;

/// <summary>A file with the pinned host keys of one endpoint, for as long as an ssh of a person's own runs.</summary>
internal sealed class TemporaryKnownHosts : IDisposable
{
    public TemporaryKnownHosts(SshEndpoint endpoint)
    {
        Path = System.IO.Path.GetTempFileName();
        var name = endpoint.Port == 22 ? endpoint.Host : $"[{endpoint.Host}]:{endpoint.Port}";
        File.WriteAllLines(Path, endpoint.HostKeys.Select(key => $"{name} {key}"));
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}

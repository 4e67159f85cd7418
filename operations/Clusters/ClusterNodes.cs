using System.Security.Cryptography;
using AppStack.Ssh;

namespace AppStack.Operations.Clusters;

/// <summary>The nodes over SSH.</summary>
internal sealed class ClusterNodes(ISshClient ssh, IReadOnlyDictionary<string, SshEndpoint> endpoints) : IClusterNodes
{
    /// <summary>No command takes longer: the longest waits for API servers that start anew on a busy machine.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public Task<string> RunAsync(string node, string command, CancellationToken cancellationToken) =>
        NodeSsh.RunAsync(ssh, endpoints[node], node, new SshCommand(command) { Timeout = Limit }, cancellationToken);

    public async Task CopyAsync(string from, IReadOnlyCollection<string> to, string path, CancellationToken cancellationToken)
    {
        // Snapshots hold all that the cluster knows: the copy on the way is nobody else's to read.
        var copy = Path.Combine(Directory.CreateTempSubdirectory("appstack-snapshot-").FullName, "snapshot");
        try
        {
            using (var encoded = new FromBase64Transform())
            await using (var file = File.Create(copy))
            {
                await using var decoded = new CryptoStream(file, encoded, CryptoStreamMode.Write);
                // A command's output is text.
                var command = new SshCommand($"base64 --wrap 4096 {path}")
                {
                    Timeout = Limit,
                    OnStdoutLine = line => decoded.Write(System.Text.Encoding.ASCII.GetBytes(line)),
                };
                await NodeSsh.RunAsync(ssh, endpoints[from], from, command, cancellationToken);
            }

            foreach (var node in to)
            {
                await UploadAsync(node, copy, path, cancellationToken);
            }
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(copy)!, recursive: true);
        }
    }

    private async Task UploadAsync(string node, string copy, string path, CancellationToken cancellationToken)
    {
        await RunAsync(node, $"install -d -m 700 {Path.GetDirectoryName(path)}", cancellationToken);
        try
        {
            await ssh.UploadAsync(
                endpoints[node],
                SshUpload.Of(SshInput.Of(() => File.OpenRead(copy)), path, UnixFileMode.UserRead | UnixFileMode.UserWrite),
                cancellationToken: cancellationToken);
        }
        catch (Exception exception) when (exception is SshException or SshCommandException)
        {
            throw new OperationException($"{node}: {path} could not be written: {exception.Message}");
        }
    }
}

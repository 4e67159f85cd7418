using AppStack.Ssh;

namespace AppStack.Operations;

/// <summary>Commands on nodes that may lose their power meanwhile.</summary>
internal static class NodeSsh
{
    /// <summary>The connection to a node that lost its power must be given up before the node is back, not after the usual 15 s.</summary>
    private static readonly TimeSpan DeadNodeProbe = TimeSpan.FromSeconds(1);

    /// <summary>A client that notices dead nodes soon.</summary>
    public static SshClient Client() => new(new SshClientOptions { KeepAliveInterval = DeadNodeProbe, KeepAliveCount = 2 });

    /// <summary>Runs a command on a node.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="OperationException">It failed, or the node could not be reached.</exception>
    public static async Task<string> RunAsync(ISshClient ssh, SshEndpoint endpoint, string node, SshCommand command, CancellationToken cancellationToken)
    {
        try
        {
            var result = await ssh.RunAsync(endpoint, command, cancellationToken);
            return result.Succeeded ? result.Stdout : throw new OperationException($"{node}: `{command.Text}` failed with exit code {result.ExitCode}: {(result.Stderr + result.Stdout).Trim()}");
        }
        catch (SshException exception)
        {
            throw new OperationException($"{node}: `{command.Text}`: {exception.Message}");
        }
    }
}

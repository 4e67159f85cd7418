namespace AppStack.Ssh;

/// <summary>Short forms.</summary>
public static class SshClientExtensions
{
    /// <summary>Runs a command that needs nothing but its text.</summary>
    /// <exception cref="SshException">The command did not come to an end.</exception>
    public static Task<SshResult> RunAsync(this ISshClient client, SshEndpoint endpoint, string command, CancellationToken cancellationToken = default) =>
        client.RunAsync(endpoint, new SshCommand(command), cancellationToken);
}

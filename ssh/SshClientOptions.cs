namespace AppStack.Ssh;

/// <summary>How a client treats its connections.</summary>
public sealed record SshClientOptions
{
    /// <summary>How many commands run at once over one connection.</summary>
    /// <value>The default value is 8: sshd accepts 10 sessions (<c>MaxSessions</c>), and two are kept for ending commands that take too long.</value>
    public int CommandsPerConnection { get; init; } = 8;

    /// <summary>How many connections to one node are opened at most; further commands wait.</summary>
    /// <value>The default value is 3.</value>
    public int ConnectionsPerEndpoint { get; init; } = 3;

    /// <summary>After how much silence of a node it is asked for a sign of life.</summary>
    /// <value>The default value is 5 seconds.</value>
    public TimeSpan KeepAliveInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After how many unanswered questions a connection counts as lost.</summary>
    /// <value>The default value is 3.</value>
    public int KeepAliveCount { get; init; } = 3;

    /// <summary>How long the processes of a command that is ended may take to do so before they are killed.</summary>
    /// <value>The default value is 2 seconds.</value>
    public TimeSpan EndGracePeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Told about each failed attempt to reach a node; <see langword="null"/> when nobody listens.</summary>
    public Action<SshEndpoint, string>? OnRetry { get; init; }

    /// <summary>The clock for limits and pauses.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

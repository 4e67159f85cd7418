using AppStack.Operations.Load;
using AppStack.Operations.Verification;

namespace AppStack.Operations.Drills.Databases;

/// <summary>What database drills do to a platform and ask of it; the seam for tests.</summary>
internal interface IDatabaseDrillPlatform : IVerifiedPlatform
{
    /// <summary>The database that the writer writes to.</summary>
    string Database { get; }

    /// <summary>Who leads and can be written to; null: nobody.</summary>
    Task<string?> LeaderAsync(CancellationToken cancellationToken);

    /// <summary>A node that holds data and is not that one.</summary>
    string Other(string node);

    /// <summary>Takes a machine's power away.</summary>
    Task PowerOffAsync(string node, CancellationToken cancellationToken);

    /// <summary>Gives it back.</summary>
    Task PowerOnAsync(string node, CancellationToken cancellationToken);

    /// <summary>Unplugs a machine's cables.</summary>
    Task CutAsync(string node, CancellationToken cancellationToken);

    /// <summary>Plugs them in again.</summary>
    Task ReconnectAsync(string node, CancellationToken cancellationToken);

    /// <summary>Runs a command on a machine, whether its network works or not.</summary>
    Task<string> EnterAsync(string node, string command, CancellationToken cancellationToken);

    /// <summary>Runs a command on a node over SSH.</summary>
    /// <param name="node">The node.</param>
    /// <param name="command">The command.</param>
    /// <param name="stdin">What it reads.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it printed.</returns>
    Task<string> RunAsync(string node, string command, string stdin, TimeSpan limit, CancellationToken cancellationToken);

    /// <summary>Runs SQL on the leader, in the writer's database, as administrator.</summary>
    /// <returns>What it printed, columns with a bar between.</returns>
    Task<string> SqlAsync(string sql, CancellationToken cancellationToken);

    /// <summary>Makes the writer's own schema and starts it.</summary>
    Task<IDatabaseWriter> StartWriterAsync(double rate, CancellationToken cancellationToken);

    /// <summary>The rows that the database holds.</summary>
    Task<IReadOnlyList<WrittenRow>> ReadRowsAsync(CancellationToken cancellationToken);

    /// <summary>Removes what the writer needed.</summary>
    Task TidyUpAsync(CancellationToken cancellationToken);

    /// <summary>The address of a node, as the others know it.</summary>
    string AddressOf(string node);
}

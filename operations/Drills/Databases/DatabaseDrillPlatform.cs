using System.Globalization;
using AppStack.Components.Lab;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.PgBouncer;
using AppStack.Operations.Databases;
using AppStack.Operations.Load;
using AppStack.Operations.Verification;
using AppStack.Ssh;
using AppStack.Stacks.Environments;
using Npgsql;
using DatabaseSpec = AppStack.Stacks.Environments.DatabaseSpec;

namespace AppStack.Operations.Drills.Databases;

/// <summary>
/// The real thing: machines of a lab. The writer gets a role and a schema of its own in the first service's database, for as long as the drill
/// takes, because operations know nothing of a stack's secrets.
/// </summary>
internal sealed class DatabaseDrillPlatform : IDatabaseDrillPlatform, IAsyncDisposable
{
    /// <summary>The writer's schema.</summary>
    public const string Schema = "appstack_drill";

    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(60);

    private readonly DatabaseSpec _cluster;
    private readonly LabControl _lab;
    private readonly ISshClient _ssh;
    private readonly IReadOnlyDictionary<string, SshEndpoint> _endpoints;
    private readonly Verifier _verifier;
    private readonly GuardClient _guards;
    private readonly TemporaryRole _role;
    private readonly string _authority = Path.GetTempFileName();

    public DatabaseDrillPlatform(DatabaseSpec cluster, LabControl lab, ISshClient ssh, IReadOnlyDictionary<string, SshEndpoint> endpoints, Verifier verifier)
    {
        (_cluster, _lab, _ssh, _endpoints, _verifier) = (cluster, lab, ssh, endpoints, verifier);
        _guards = new GuardClient(cluster);
        Database = cluster.Services[0].Database;
        _role = new TemporaryRole(Schema, Database);
    }

    public long NowMicros => MonotonicClock.NowMicros;

    public string Database { get; }

    public Task<string?> LeaderAsync(CancellationToken cancellationToken) => _guards.LeaderAsync(cancellationToken);

    public string Other(string node) => _cluster.Servers.First(server => server.Name != node).Name;

    public string AddressOf(string node) => _cluster.Servers.Single(server => server.Name == node).MainAddress.ToString();

    public Task PowerOffAsync(string node, CancellationToken cancellationToken) => _lab.PowerOffAsync(node, cancellationToken);

    public Task PowerOnAsync(string node, CancellationToken cancellationToken) => _lab.PowerOnAsync(node, cancellationToken);

    public Task CutAsync(string node, CancellationToken cancellationToken) => _lab.CutLinkAsync(node, cancellationToken);

    public Task ReconnectAsync(string node, CancellationToken cancellationToken) => _lab.RestoreLinkAsync(node, cancellationToken);

    public Task<string> EnterAsync(string node, string command, CancellationToken cancellationToken) => _lab.EnterAsync(node, command, cancellationToken);

    public Task ObserveAsync(TimeSpan time, CancellationToken cancellationToken) => Task.Delay(time, cancellationToken);

    public Task<VerifyReport> VerifyAsync(CancellationToken cancellationToken) => _verifier.RunAsync(cancellationToken);

    public async Task<IDatabaseWriter> StartWriterAsync(double rate, CancellationToken cancellationToken)
    {
        await SqlAsync(
            $"""
            {_role.Creation}
            create table {Schema}.entry (id bigint not null, at timestamptz not null default clock_timestamp(), server inet default inet_server_addr());
            create table {Schema}.attempt (at timestamptz not null default clock_timestamp());
            alter table {Schema}.entry owner to {_role.Name};
            """,
            cancellationToken);
        var authority = await RunAsync(_cluster.Poolers[0].Name, $"cat {PgBouncerPaths.Authority}", "", CommandLimit, cancellationToken);
        await File.WriteAllTextAsync(_authority, authority, cancellationToken);
        return DatabaseWriter.Start([ConnectionString(0), ConnectionString(1)], $"insert into {Schema}.entry (id) values ($1)", rate);
    }

    public async Task<IReadOnlyList<WrittenRow>> ReadRowsAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(ConnectionString(0));
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand($"select id, host(server), (extract(epoch from at) * 1000000)::bigint from {Schema}.entry", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<WrittenRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new WrittenRow(reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2)));
        }

        return rows;
    }

    public Task TidyUpAsync(CancellationToken cancellationToken) =>
        SqlAsync(_role.Removal, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _guards.Dispose();
        File.Delete(_authority);
        return ValueTask.CompletedTask;
    }

    // All poolers, each connection beginning with another one.
    private string ConnectionString(int first)
    {
        var poolers = Enumerable.Range(0, _cluster.Poolers.Length).Select(i => _cluster.Poolers[(first + i) % _cluster.Poolers.Length].MainAddress);
        return new NpgsqlConnectionStringBuilder
        {
            Host = string.Join(',', poolers),
            Port = PgBouncerGroupSpec.DefaultPort,
            Database = Database,
            Username = _role.Name,
            Password = _role.Password,
            SslMode = SslMode.VerifyFull,
            RootCertificate = _authority,
            Timeout = 5,
            CommandTimeout = 60,
            Pooling = false,
            NoResetOnClose = true,
        }.ConnectionString;
    }

    // Whichever server is up can reach the leader.
    public async Task<string> SqlAsync(string sql, CancellationToken cancellationToken)
    {
        var up = (await _guards.AskAsync(cancellationToken)).FirstOrDefault(pair => pair.Value is { Role: "leader" or "standby" }).Key ?? _cluster.Servers[0].Name;
        return await RunAsync(up, $"{PostgresPaths.Tool} sql --database {Database}", sql, CommandLimit, cancellationToken);
    }

    public Task<string> RunAsync(string node, string command, string stdin, TimeSpan limit, CancellationToken cancellationToken) =>
        NodeSsh.RunAsync(_ssh, _endpoints[node], node, new SshCommand(command) { Stdin = SshInput.Of(stdin), Timeout = limit }, cancellationToken);
}

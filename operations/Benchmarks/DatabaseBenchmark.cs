using System.Globalization;
using AppStack.Components.Lab;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.PgBouncer;
using AppStack.Operations.Databases;
using AppStack.Ssh;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;
using DatabaseSpec = AppStack.Stacks.Environments.DatabaseSpec;

namespace AppStack.Operations.Benchmarks;

/// <summary>
/// Transactions through a pooler, beside those straight to the leader, by PostgreSQL's own <c>pgbench</c> in the network of the lab's client: client,
/// pooler and all servers share the machine.
/// </summary>
internal sealed class DatabaseBenchmark : IBenchmark
{
    private const string Schema = "appstack_bench";
    private const int Rounds = 5;
    private const int SecondsPerRound = 4;

    /// <summary>100,000 rows for each unit: 150 MB, which the servers hold in memory.</summary>
    private const int Scale = 10;

    /// <summary>Fewer than a service's smallest pool, so that nobody waits for a connection, and enough to take all there is of a small machine.</summary>
    private const int ManyClients = 8;

    /// <summary>A third process and two more passes through the kernel for each statement: what is asked of updates, which wait for a standby anyway.</summary>
    private const double UpdateTarget = 0.8;

    /// <summary>As above for reads of a row, in which the way is nearly all of the work.</summary>
    private const double SelectTarget = 0.5;

    /// <summary>
    /// As many connections as cores: what a pooler adds to a statement. With more, the processes of both ways take the cores from one another, and the
    /// ratio says how much work a pooler is on a machine that also is client and server.
    /// </summary>
    private static readonly int FewClients = Environment.ProcessorCount;

    public string Name => "database";

    public string Summary => "transactions through a pooler, beside straight to the leader (pgbench)";

    public async Task<IReadOnlyList<BenchResult>> RunAsync(OperationsContext context, Action<string> progress, CancellationToken cancellationToken)
    {
        var environment = context.Environment;
        var client = environment.NodesOf(NodeRole.Client).FirstOrDefault();
        var cluster = environment.Databases.FirstOrDefault(found => !found.Services.IsEmpty && !found.Poolers.IsEmpty);
        if (client is null || cluster is null || environment.Lab is not { } lab)
        {
            throw new InvalidOperationException($"{environment.Name} lacks a lab with a client, poolers and the database of a service to measure");
        }

        using var guards = new GuardClient(cluster);
        var leader = await guards.LeaderAsync(cancellationToken) ?? throw new InvalidOperationException($"nobody leads cluster {cluster.Name}");
        await using var ssh = new SshClient();
        using var files = new TemporaryFolder();
        var runner = new Runner(cluster, ssh, NodeEndpoints.For(environment), LabPaths.For(lab.Name).NetworkNamespace(client.Name), leader, files);
        await runner.PrepareAsync(progress, cancellationToken);
        try
        {
            return
            [
                .. await runner.CompareAsync("simple update", "simple-update", FewClients, UpdateTarget, progress, cancellationToken),
                .. await runner.CompareAsync("select", "select-only", FewClients, SelectTarget, progress, cancellationToken),
                .. await runner.CompareAsync("simple update", "simple-update", ManyClients, null, progress, cancellationToken),
                .. await runner.CompareAsync("select", "select-only", ManyClients, SelectTarget, progress, cancellationToken),
            ];
        }
        finally
        {
            await runner.RemoveAsync(CancellationToken.None);
        }
    }

    private sealed class Runner(DatabaseSpec cluster, ISshClient ssh, IReadOnlyDictionary<string, SshEndpoint> endpoints, string network, string leader, TemporaryFolder files)
    {
        private readonly string _database = cluster.Services[0].Database;

        private readonly TemporaryRole _role = new(Schema, cluster.Services[0].Database);

        public async Task PrepareAsync(Action<string> progress, CancellationToken cancellationToken)
        {
            progress("a schema and a role for this run");
            await SqlAsync($"{_role.Creation}alter role {_role.Name} set search_path = {Schema};\n", cancellationToken);
            File.SetUnixFileMode(files.Write("pgpass", $"*:*:*:{_role.Name}:{_role.Password}\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var authority = await ssh.RunAsync(endpoints[leader], $"cat {PostgresPaths.Authority}", cancellationToken);
            files.Write("ca.crt", authority.EnsureSuccess("the authority's certificate").Stdout);
            progress($"{Scale * 100_000:N0} rows");
            await PgbenchAsync(Direct, cancellationToken, "--initialize", "--init-steps=dtGp", "--scale", $"{Scale}", "--quiet");
        }

        public Task RemoveAsync(CancellationToken cancellationToken) => SqlAsync(_role.Removal, cancellationToken);

        public Task<IReadOnlyList<BenchResult>> CompareAsync(
            string mode, string script, int clients, double? target, Action<string> progress, CancellationToken cancellationToken) =>
            new Turns($"{mode}, {clients} clients", "transactions/s", Rounds).CompareAsync(
                ("straight to the leader", () => MeasureAsync(Direct, script, clients, cancellationToken)),
                ("through a pooler", () => MeasureAsync(Through, script, clients, cancellationToken)),
                target,
                progress);

        private (string Host, int Port) Direct => (cluster.Servers.Single(server => server.Name == leader).MainAddress.ToString(), RepmgrClusterSpec.DefaultPort);

        private (string Host, int Port) Through => (cluster.Poolers[0].MainAddress.ToString(), PgBouncerGroupSpec.DefaultPort);

        private async Task<double> MeasureAsync((string Host, int Port) server, string script, int clients, CancellationToken cancellationToken) =>
            PgbenchResult.Parse(await PgbenchAsync(
                server, cancellationToken, "--builtin", script, "--client", $"{clients}", "--jobs", "2", "--time", $"{SecondsPerRound}", "--scale", $"{Scale}", "--no-vacuum")).TransactionsPerSecond;

        private async Task<string> PgbenchAsync((string Host, int Port) server, CancellationToken cancellationToken, params string[] arguments)
        {
            var program = $"{PostgresPaths.Programs(cluster.Version)}/pgbench";
            if (!File.Exists(program))
            {
                throw new InvalidOperationException($"{program} is not on this host; install the package postgresql-{cluster.Version}");
            }

            var start = SelfProcess.StartInfo(
                ["ip", "netns", "exec", network, program, "--host", server.Host, "--port", server.Port.ToString(CultureInfo.InvariantCulture), "--username", _role.Name, .. arguments, _database]);
            start.Environment["PGPASSFILE"] = Path.Combine(files.FullName, "pgpass");
            start.Environment["PGSSLROOTCERT"] = Path.Combine(files.FullName, "ca.crt");
            start.Environment["PGSSLMODE"] = "verify-full";
            var (exitCode, output, errors) = await SelfProcess.CaptureAsync(start, cancellationToken);
            return exitCode == 0 ? output : throw new InvalidOperationException($"pgbench at {server.Host}:{server.Port}: {errors.Trim()}");
        }

        private async Task SqlAsync(string sql, CancellationToken cancellationToken)
        {
            var command = new SshCommand($"{PostgresPaths.Tool} sql --database {_database}") { Stdin = SshInput.Of(sql) };
            (await ssh.RunAsync(endpoints[leader], command, cancellationToken)).EnsureSuccess("the role and the schema of the benchmark");
        }
    }
}

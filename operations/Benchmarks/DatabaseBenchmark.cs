using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using AppStack.Components.Lab;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.Databases;
using AppStack.Components.Postgres.PgBouncer;
using AppStack.Operations.Databases;
using AppStack.Ssh;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;
using DatabaseSpec = AppStack.Stacks.Environments.DatabaseSpec;

namespace AppStack.Operations.Benchmarks;

/// <summary>
/// Transactions through a pooler, beside those straight to the leader, by PostgreSQL's own <c>pgbench</c> in the network of the lab's client. Both
/// in turns: client, pooler and all servers share the machine, so that only the ratio means something.
/// </summary>
internal sealed class DatabaseBenchmark : IBenchmark
{
    private const string Schema = "appstack_bench";
    private const int Rounds = 5;
    private const int SecondsPerRound = 4;

    /// <summary>100,000 rows for each unit: 150 MB, which the servers hold in memory.</summary>
    private const int Scale = 10;

    /// <summary>Fewer than a service's smallest pool, so that nobody waits for a connection.</summary>
    private const int Clients = 8;

    /// <summary>A third process and two more passes through the kernel for each statement: what is asked of updates, which wait for a standby anyway.</summary>
    private const double UpdateTarget = 0.8;

    /// <summary>As above for reads of a row, in which the way is nearly all of the work.</summary>
    private const double SelectTarget = 0.5;

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
                .. await runner.CompareAsync("simple update", "simple-update", UpdateTarget, progress, cancellationToken),
                .. await runner.CompareAsync("select", "select-only", SelectTarget, progress, cancellationToken),
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

        // A name of its own for each run: poolers remember a role for a while, also when it was dropped and made again.
        private readonly string _role = $"{Schema}_{RandomNumberGenerator.GetString("abcdefghijkmnopqrstuvwxyz", 8)}";

        private string Removal => $"""
            set client_min_messages = warning;
            drop schema if exists {Schema} cascade;
            select 'drop owned by ' || rolname from pg_roles where rolname like '{Schema}\_%' \gexec
            select 'drop role ' || rolname from pg_roles where rolname like '{Schema}\_%' \gexec
            """;

        public async Task PrepareAsync(Action<string> progress, CancellationToken cancellationToken)
        {
            progress("a schema and a role for this run");
            var password = RandomNumberGenerator.GetString("abcdefghijkmnopqrstuvwxyz23456789", 32);
            var group = new DatabaseRoleSpec { Database = _database, Kind = DatabaseRoleKind.Runtime }.Group;
            await SqlAsync(
                $"""
                {Removal}
                create role {_role} login nosuperuser password '{ScramVerifier.Of(password, RandomNumberGenerator.GetBytes(ScramVerifier.SaltBytes))}';
                grant {group} to {_role};
                create schema {Schema} authorization {_role};
                alter role {_role} set search_path = {Schema};
                """,
                cancellationToken);
            File.SetUnixFileMode(files.Write("pgpass", $"*:*:*:{_role}:{password}\n"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var authority = await ssh.RunAsync(endpoints[leader], $"cat {PostgresPaths.Authority}", cancellationToken);
            files.Write("ca.crt", authority.EnsureSuccess("the authority's certificate").Stdout);
            progress($"{Scale * 100_000:N0} rows");
            await PgbenchAsync(Direct, cancellationToken, "--initialize", "--init-steps=dtGp", "--scale", $"{Scale}", "--quiet");
        }

        public Task RemoveAsync(CancellationToken cancellationToken) => SqlAsync(Removal, cancellationToken);

        public async Task<IReadOnlyList<BenchResult>> CompareAsync(string mode, string script, double target, Action<string> progress, CancellationToken cancellationToken)
        {
            var throughRates = new List<double>();
            var directRates = new List<double>();
            for (var round = 1; round <= Rounds; round++)
            {
                progress($"{mode}: round {round} of {Rounds}");
                directRates.Add(await MeasureAsync(Direct, script, cancellationToken));
                throughRates.Add(await MeasureAsync(Through, script, cancellationToken));
            }

            return
            [
                new BenchResult($"{mode}: straight to the leader", Median.Of(directRates), "transactions/s"),
                new BenchResult($"{mode}: through a pooler", Median.Of(throughRates), "transactions/s"),
                new BenchResult($"{mode}: ratio", Median.Of([.. throughRates.Zip(directRates, (a, b) => a / b)]), "ratio", target, AtLeast: true),
            ];
        }

        private (string Host, int Port) Direct => (cluster.Servers.Single(server => server.Name == leader).MainAddress.ToString(), RepmgrClusterSpec.DefaultPort);

        private (string Host, int Port) Through => (cluster.Poolers[0].MainAddress.ToString(), PgBouncerGroupSpec.DefaultPort);

        private async Task<double> MeasureAsync((string Host, int Port) server, string script, CancellationToken cancellationToken) =>
            PgbenchResult.Parse(await PgbenchAsync(
                server, cancellationToken, "--builtin", script, "--client", $"{Clients}", "--jobs", "2", "--time", $"{SecondsPerRound}", "--scale", $"{Scale}", "--no-vacuum")).TransactionsPerSecond;

        private async Task<string> PgbenchAsync((string Host, int Port) server, CancellationToken cancellationToken, params string[] arguments)
        {
            var program = $"{PostgresPaths.Programs(cluster.Version)}/pgbench";
            if (!File.Exists(program))
            {
                throw new InvalidOperationException($"{program} is not on this host; install the package postgresql-{cluster.Version}");
            }

            var start = SelfProcess.StartInfo(
                ["ip", "netns", "exec", network, program, "--host", server.Host, "--port", server.Port.ToString(CultureInfo.InvariantCulture), "--username", _role, .. arguments, _database]);
            start.Environment["PGPASSFILE"] = Path.Combine(files.FullName, "pgpass");
            start.Environment["PGSSLROOTCERT"] = Path.Combine(files.FullName, "ca.crt");
            start.Environment["PGSSLMODE"] = "verify-full";
#pragma warning disable RS0030 // A program of this host in the network of a machine that has none of its own.
            using var process = Process.Start(start)!;
#pragma warning restore RS0030
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"pgbench at {server.Host}:{server.Port}: {(await errors).Trim()}");
        }

        private async Task SqlAsync(string sql, CancellationToken cancellationToken)
        {
            var command = new SshCommand($"{PostgresPaths.Tool} sql --database {_database}") { Stdin = SshInput.Of(sql + "\n") };
            (await ssh.RunAsync(endpoints[leader], command, cancellationToken)).EnsureSuccess("the role and the schema of the benchmark");
        }
    }
}

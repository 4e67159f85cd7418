using System.Collections.Immutable;
using System.Diagnostics;
using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.PgBouncer;
using AppStack.Testing;

namespace AppStack.Components.Tests.Postgres.PgBouncer;

public sealed class PgBouncerTests
{
    [Fact]
    public void Configuration() => Snapshot.Verify(PgBouncerRenderer.Configuration(PoolerExamples.Group, PoolerExamples.Group.Poolers[0]), "ini");

    [Fact]
    public void Endpoints() => Snapshot.Verify(PgBouncerRenderer.Template(PoolerExamples.Group), "ini");

    [Fact]
    public void Settings() => Snapshot.Verify(PgBouncerRenderer.Settings(PoolerExamples.Group, PoolerExamples.Group.Poolers[0]), "conf");

    [Fact]
    public void Whole_bundle()
    {
        var bundle = PgBouncerBundle.Of(PoolerExamples.Group, PoolerExamples.Group.Poolers[0], PoolerExamples.Secrets);

        // The tool is a file of the repository; here it would only repeat itself.
        Snapshot.Verify(BundleRenderer.Document(bundle with { Files = [.. bundle.Files.Select(f => f.Path == PgBouncerPaths.Tool ? f with { Content = "(the tool)\n" } : f)] }));
    }

    [Fact]
    public void What_is_secret_is_marked_so_and_readable_for_PgBouncer_only()
    {
        var bundle = PgBouncerBundle.Of(PoolerExamples.Group, PoolerExamples.Group.Poolers[0], PoolerExamples.Secrets);

        var secret = bundle.Files.Where(f => f.Content.Contains("(private key)", StringComparison.Ordinal) || f.Content.Contains(PoolerExamples.Secrets.AuthenticationPassword + "\n", StringComparison.Ordinal) || f.Content.Contains("\"lookup\"", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, secret.Count);
        Assert.All(secret, f => Assert.True(f is { Secret: true, Mode: "0600", Owner: "postgres:postgres" }, f.Path));
    }

    [Fact]
    public void What_verify_logs_in_with_is_for_root_only_and_changes_nothing_that_runs()
    {
        var bundle = PgBouncerBundle.Of(PoolerExamples.Group, PoolerExamples.Group.Poolers[0], PoolerExamples.Secrets);

        var file = Assert.Single(bundle.Files, f => f.Content.Contains("trying", StringComparison.Ordinal));
        Assert.Equal((PgBouncerPaths.Verification, "appstack_verify_readonly_a\ntrying\n"), (file.Path, file.Content));
        Assert.True(file is { Secret: true, Mode: "0600", Owner: "root:root", Group: null or "" }, $"{file.Mode} {file.Owner} {file.Group}");
        Assert.DoesNotContain(PgBouncerBundle.Of(PoolerExamples.Group, PoolerExamples.Group.Poolers[0], PoolerExamples.Secrets with { Verification = null }).Files, f => f.Path == PgBouncerPaths.Verification);
    }

    [Fact]
    public void Everything_wrong_is_listed_at_once()
    {
        var bad = PoolerExamples.Group with
        {
            Name = "Main",
            Poolers = [new() { Name = "p", Address = "10.1.0.300" }, new() { Name = "p", Address = "10.1.0.47" }],
            Servers = [],
            ClientNetworks = [],
            Databases =
            [
                new() { Name = "Benefits", PoolSize = 0, ReadOnlyPoolSize = -1 }, new() { Name = "a" }, new() { Name = "a_ro" }, new() { Name = "pgbouncer" },
            ],
            MaxConnections = 50,
            ReservedConnections = 5,
            HealthPort = 6432,
            MaxClientConnections = 0,
        };

        Snapshot.Verify(string.Join('\n', PgBouncerGroupValidator.Validate(bad)) + "\n");
    }

    [Fact]
    public void The_example_is_valid() => Assert.Empty(PgBouncerGroupValidator.Validate(PoolerExamples.Group));

    [Theory]
    [InlineData(106, true)]
    [InlineData(105, false)]
    public void Pools_must_fit_into_what_a_server_accepts(int maxConnections, bool fits)
    {
        // (20 + 10 + 2 + 10 + 0 + 1) x 2 poolers + 20 reserved
        var problems = PgBouncerGroupValidator.Validate(PoolerExamples.Group with { MaxConnections = maxConnections });

        Assert.Equal(fits, problems.Count == 0);
        Assert.All(problems, p => Assert.Equal(
            "databases: can open 86 connections at one server: benefits (20 + 10 + 2 for logins) x 2 = 64, registry (10 + 0 + 1 for logins) x 2 = 22; it accepts 105, of which 20 are reserved; "
                + "use pools that are smaller by 1 in all, or maxConnections: 106",
            p.ToString()));
    }

    // Whatever the sizes: what the validator lets pass can never exceed what a server accepts, and one connection less is refused.
    [Fact]
    public void The_budget_is_exact()
    {
        for (var poolers = 1; poolers <= 3; poolers++)
        {
            for (var pool = 2; pool <= 20; pool += 3)
            {
                for (var readers = 0; readers <= 10; readers += 5)
                {
                    ImmutableArray<PooledDatabaseSpec> databases = [new() { Name = "a", PoolSize = pool, ReadOnlyPoolSize = readers }, new() { Name = "b", PoolSize = 2, ReadOnlyPoolSize = 2 }];
                    var needed = poolers * (pool + readers + (readers > 0 ? 2 : 1) + 6) + 10;

                    Assert.Null(new ConnectionBudget(poolers, databases, needed, 10).Problem);
                    Assert.NotNull(new ConnectionBudget(poolers, databases, needed - 1, 10).Problem);
                }
            }
        }
    }

    [Theory]
    [InlineData(RecoveryTimePromise.Fast)]
    [InlineData(RecoveryTimePromise.Standard)]
    [InlineData(RecoveryTimePromise.Careful)]
    public void Statements_wait_longer_than_a_pause_and_a_pause_longer_than_a_dead_leader(RecoveryTimePromise promise)
    {
        var timers = PgBouncerTimers.For(promise);

        Assert.True(timers.QueryWaitTimeout > timers.PauseLimit);
        Assert.True(timers.PauseLimit > timers.TcpUserTimeout);
        Assert.True(timers.AnswerLifetime > timers.FollowInterval + timers.FollowTimeout);
    }

    [Theory]
    [InlineData("pool_mode = transaction", "pool_mode = transactions", 1)]
    [InlineData("pool_mode = transaction", "pool_mod = transaction", 1)]
    [InlineData("pool_mode = transaction", "pool_mode = transaction", 0)]
    public void The_check_of_the_bundle_tells_a_right_configuration_from_a_wrong_one(string text, string replacement, int exitCode)
    {
        if (!File.Exists("/usr/sbin/pgbouncer") || !Environment.IsPrivilegedProcess)
        {
            return;
        }

        var folder = Directory.CreateTempSubdirectory("appstack-check-").FullName;
        try
        {
            var bundle = PgBouncerBundle.Of(PoolerExamples.Group, PoolerExamples.Group.Poolers[0], PoolerExamples.Secrets);
            var command = bundle.FileGroups.Single(g => g.Name == "pgbouncer").Check!;
            foreach (var path in new[] { PgBouncerPaths.Tool, PgBouncerPaths.Configuration, PgBouncerPaths.Template })
            {
                var staged = Path.Combine(folder, Path.GetFileName(path));
                File.WriteAllText(staged, bundle.Files.Single(f => f.Path == path).Content.Replace(text, replacement, StringComparison.Ordinal));
                command = command.Replace($"{{{path}}}", staged, StringComparison.Ordinal);
            }

            var start = new ProcessStartInfo("/bin/sh", ["-c", command + " 2>&1"]) { UseShellExecute = false, RedirectStandardOutput = true };
            start.Environment["PATH"] += ":/usr/sbin:/sbin";
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.True(process.ExitCode == exitCode, $"{process.ExitCode}: {output}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}

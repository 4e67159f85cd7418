using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.Databases;
using AppStack.Components.Postgres.PgBouncer;
using AppStack.Testing;
using Npgsql;

namespace AppStack.Postgres.Tests;

/// <summary>A leader, a standby, their guards, and two poolers; shared by the tests of a class, each with databases of its own.</summary>
public sealed class DatabaseFixture : IAsyncLifetime
{
    private const string AuthenticationPassword = "lookupLookupLookupLookup";
    private readonly TestAuthority _authority = new();
    private readonly Dictionary<string, string> _passwords = new(StringComparer.Ordinal);
    private readonly string _authorityFile = Path.GetTempFileName();

    /// <summary>Connections to the leader that a pooler may hold for a database.</summary>
    internal const int PoolSize = 4;

    internal string Authority => _authority.Certificate;

    internal PgBouncerGroupSpec Spec { get; private set; } = null!;

    internal PostgresServer Leader { get; private set; } = null!;

    internal PostgresServer Standby { get; private set; } = null!;

    internal FakeGuard LeaderGuard { get; private set; } = null!;

    internal FakeGuard StandbyGuard { get; private set; } = null!;

    /// <summary>The guard of a third server; says nothing, and the server does not run, until a test starts them.</summary>
    internal FakeGuard OtherGuard { get; private set; } = null!;

    internal ImmutableArray<Pooler> Poolers { get; private set; }

    public async Task InitializeAsync()
    {
        if (!PostgresServer.IsInstalled)
        {
            return;
        }

        await File.WriteAllTextAsync(_authorityFile, _authority.Certificate);

        // Other test processes may run the same fixture: everybody takes a network of the loopback of their own.
        var network = $"127.{Environment.ProcessId % 200 + 20}.{RandomNumberGenerator.GetInt32(1, 250)}";
        var (leader, standby, other) = ($"{network}.11", $"{network}.12", $"{network}.13");
        Leader = await PostgresServer.StartAsync(leader, PostgresServer.FreePort(), _authority);
        var verifier = ScramVerifier.Of(AuthenticationPassword, RandomNumberGenerator.GetBytes(16));
        await Leader.SqlAsync("postgres", $"{RoleSql.Unlogged}\nCREATE ROLE {PostgresUsers.PoolerAuthentication} LOGIN PASSWORD '{verifier}';");
        Standby = await Leader.CloneAsync(standby, _authority);
        Spec = new PgBouncerGroupSpec
        {
            Name = "main",
            Poolers = [new() { Name = "pooler-1", Address = $"{network}.21" }, new() { Name = "pooler-2", Address = $"{network}.22" }],
            Servers = [new() { Name = "db-1", Address = leader }, new() { Name = "db-2", Address = standby }, new() { Name = "db-3", Address = other }],
            FirstLeader = "db-1",
            ClientNetworks = ["127.0.0.0/8"],
            Access = new() { ManagementNetworks = ["127.0.0.0/8"] },
            MaxConnections = 60,
            ReservedConnections = 10,
            Rto = RecoveryTimePromise.Fast,
            ServerPort = Leader.Port,
            StatusPort = PostgresServer.FreePort(),
            Port = PostgresServer.FreePort(),
            HealthPort = PostgresServer.FreePort(),
        };
        LeaderGuard = new FakeGuard(leader, Spec.StatusPort, FakeGuard.Leader(1));
        StandbyGuard = new FakeGuard(standby, Spec.StatusPort, FakeGuard.Standby(1));
        OtherGuard = new FakeGuard(other, Spec.StatusPort, "");
        Poolers = [.. await Task.WhenAll(Spec.Poolers.Select(p => Pooler.StartAsync(Spec, p.Name, _authority, AuthenticationPassword)))];
    }

    public async Task DisposeAsync()
    {
        foreach (var part in new IAsyncDisposable?[] { LeaderGuard, StandbyGuard, OtherGuard, Standby, Leader }.Concat(Poolers.IsDefault ? [] : Poolers).OfType<IAsyncDisposable>())
        {
            await part.DisposeAsync();
        }

        _authority.Dispose();
        File.Delete(_authorityFile);
    }

    /// <summary>Starts the third server, as another standby.</summary>
    internal Task<PostgresServer> StartOtherAsync() => Leader.CloneAsync(Spec.Servers[2].Address, _authority);

    /// <summary>The password of a generation of a role; stands in for RandomPassword.</summary>
    internal string PasswordOf(string login, int generation)
    {
        lock (_passwords)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{login}/{generation}");
            return _passwords.TryGetValue(key, out var known) ? known : _passwords[key] = RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", 32);
        }
    }

    /// <summary>Makes a database with its roles as the components do, and tells the poolers.</summary>
    internal async Task DeployAsync(DatabaseSpec database)
    {
        foreach (var kind in Enum.GetValues<DatabaseRoleKind>())
        {
            await DeployRoleAsync(database.Role(kind));
        }

        await Leader.SqlAsync("postgres", DatabaseSql.Render(database));
        if (Spec.Databases.All(d => d.Name != database.Name))
        {
            Spec = Spec with { Databases = Spec.Databases.Add(new() { Name = database.Name, PoolSize = PoolSize, ReadOnlyPoolSize = 1 }) };
            await Task.WhenAll(Poolers.Select(async pooler =>
            {
                await pooler.LayDownAsync(Spec);
                await pooler.VerbAsync("reload");
            }));
        }
    }

    internal Task<string> DeployRoleAsync(DatabaseRoleSpec role) => Leader.SqlAsync(
        "postgres",
        RoleSql.Render(role, Verifier(role.LoginOf(1), role.GenerationOfA)!, Verifier(role.LoginOf(2), role.GenerationOfB)));

    /// <summary>Applies a database's migrations as the component does, through the poolers.</summary>
    internal async Task<(int ExitCode, string Output, string Errors)> MigrateAsync(DatabaseSpec database)
    {
        var login = database.Role(DatabaseRoleKind.Migration).Login;
        var command = DatabaseCommands.Migration(Spec.Poolers.Select(p => p.Address), Spec.Port, database.Name, login)
            .Replace(PgBouncerPaths.Authority, _authorityFile, StringComparison.Ordinal);
        File.SetUnixFileMode(_authorityFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        return await ServiceProcess.TryAsync($"{PasswordOf(login, database.PasswordGeneration)}\n{MigrationSql.Render(database)}", "sh", "-c", command);
    }

    /// <summary>A connection string as services write it.</summary>
    internal string ConnectionString(DatabaseRoleSpec role, bool readOnly = false, Action<NpgsqlConnectionStringBuilder>? change = null)
    {
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = string.Join(',', Spec.Poolers.Select(p => p.Address)),
            Port = Spec.Port,
            Database = role.Database + (readOnly ? PooledDatabaseSpec.ReadOnlySuffix : ""),
            Username = role.Login,
            Password = PasswordOf(role.Login, role.Generation),
            SslMode = SslMode.VerifyFull,
            RootCertificate = _authorityFile,
            NoResetOnClose = true,
            Timeout = 5,
        };
        change?.Invoke(builder);
        return builder.ConnectionString;
    }

    internal async Task<NpgsqlConnection> OpenAsync(DatabaseRoleSpec role, bool readOnly = false, Action<NpgsqlConnectionStringBuilder>? change = null)
    {
        var connection = new NpgsqlConnection(ConnectionString(role, readOnly, change));
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private string? Verifier(string login, int generation)
        => generation == 0 ? null : ScramVerifier.Of(PasswordOf(login, generation), SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(login))[..16]);
}

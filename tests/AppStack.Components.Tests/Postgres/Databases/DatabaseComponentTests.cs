using System.Collections.Concurrent;
using AppStack.Components.Nodes;
using AppStack.Components.Postgres.Databases;
using AppStack.Components.Postgres.PgBouncer;
using AppStack.Components.Tests.Postgres.PgBouncer;
using Moq;
using Pulumi;
using Pulumi.Testing;

namespace AppStack.Components.Tests.Postgres.Databases;

public sealed class DatabaseComponentTests
{
    private const string CommandType = "command:remote:Command";
    private readonly ConcurrentQueue<MockResourceArgs> _registered = new();
    private readonly Mock<IMocks> _mocks = new();

    public DatabaseComponentTests()
        => _mocks.Setup(m => m.NewResourceAsync(It.IsAny<MockResourceArgs>())).Returns((MockResourceArgs args) =>
        {
            _registered.Enqueue(args);
            var state = args.Inputs.Add("stdout", "{}").Add("result", $"password-of-{args.Name}").Add("base64", "AAECAwQFBgcICQoLDA0ODw==");
            return Task.FromResult<(string? Id, object State)>(($"{args.Name}_id", state));
        });

    [Fact]
    public async Task A_database_is_its_roles_its_own_script_and_its_migrations_in_this_order()
    {
        Database? database = null;
        await RunAsync(() => database = Deploy(DatabaseTests.Example));

        var commands = _registered.Where(r => r.Type == CommandType).Select(r => r.Name!).ToList();
        Assert.Equal(["main-benefits-migration-sql", "main-benefits-readonly-sql", "main-benefits-runtime-sql", "main-benefits-sql", "main-benefits-migrations"], [.. commands.Take(3).Order(StringComparer.Ordinal), .. commands.Skip(3)]);
        Assert.Equal("benefits_runtime_b", await Value(database!.Runtime.Username));
    }

    [Fact]
    public async Task No_command_holds_a_password_but_the_first_line_of_the_migrations_input()
    {
        await RunAsync(() => Deploy(DatabaseTests.Example));

        foreach (var command in _registered.Where(r => r.Type == CommandType))
        {
            Assert.DoesNotContain("password-of", (string)command.Inputs["create"], StringComparison.Ordinal);
            var stdin = (string)command.Inputs["stdin"];
            if (command.Name == "main-benefits-migrations")
            {
                Assert.StartsWith("password-of-main-benefits-migration-b-password\n", stdin, StringComparison.Ordinal);
                stdin = stdin[stdin.IndexOf('\n', StringComparison.Ordinal)..];
            }

            Assert.DoesNotContain("password-of", stdin, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Passwords_are_secret()
    {
        Database? database = null;
        await RunAsync(() => database = Deploy(DatabaseTests.Example));

        Assert.True(await Output.IsSecretAsync(database!.Runtime.Password));
        Assert.Equal("password-of-main-benefits-runtime-b-password", await Value(database.Runtime.Password));
    }

    [Fact]
    public async Task The_first_generation_has_one_login_role()
    {
        await RunAsync(() => Deploy(DatabaseTests.Example with { PasswordGeneration = 1 }));

        Assert.DoesNotContain(_registered, r => r.Name!.EndsWith("-b-password", StringComparison.Ordinal));
        var sql = (string)_registered.Single(r => r.Name == "main-benefits-runtime-sql").Inputs["stdin"];
        Assert.DoesNotContain("benefits_runtime_b", sql, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Poolers_are_changed_one_after_the_other()
    {
        var order = new ConcurrentQueue<string>();
        _mocks.Setup(m => m.NewResourceAsync(It.Is<MockResourceArgs>(a => a.Type == CommandType))).Returns(async (MockResourceArgs args) =>
        {
            order.Enqueue($"begin {args.Name}");
            await Task.Yield();
            order.Enqueue($"end {args.Name}");
            return ($"{args.Name}_id", args.Inputs);
        });

        await RunAsync(() => Poolers(PoolerExamples.Group));

        Assert.Equal(["begin main-main-pooler-1-bundle", "end main-main-pooler-1-bundle", "begin main-main-pooler-2-bundle", "end main-main-pooler-2-bundle"], order);
    }

    [Fact]
    public async Task Poolers_that_exceed_the_budget_are_refused()
    {
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => RunAsync(() => Poolers(PoolerExamples.Group with { MaxConnections = 60 })));

        Assert.Contains("can open 86 connections at one server", refused.ToString(), StringComparison.Ordinal);
    }

    private static PgBouncerGroup Poolers(PgBouncerGroupSpec spec) => new("main", new()
    {
        Spec = spec,
        Nodes = spec.Poolers.ToDictionary(p => p.Name, p => Node(p.Name), StringComparer.Ordinal),
        Secrets = spec.Poolers.ToDictionary(p => p.Name, _ => Output.CreateSecret(PoolerExamples.Secrets), StringComparer.Ordinal),
    });

    private static Database Deploy(DatabaseSpec spec) => new("main-benefits", new()
    {
        Spec = spec,
        Node = Node("main-db-1"),
        Pooler = Node("main-pooler-1"),
        PoolerHosts = ["10.1.0.46", "10.1.0.47"],
        Authority = Output.Create("(authority)"),
    });

    private static BareMetalNode Node(string name) => new(name, new() { Address = "10.1.0.1", PrivateKey = Output.CreateSecret("key"), HostKey = "ssh-ed25519 AAAA" });

    private static async Task<T> Value<T>(Output<T> output)
    {
        var value = new TaskCompletionSource<T>();
        output.Apply(v =>
        {
            value.SetResult(v);
            return v;
        });
        return await value.Task;
    }

    private Task RunAsync(Action program) => Deployment.TestAsync(_mocks.Object, new TestOptions { IsPreview = false }, program);
}

using System.Collections.Immutable;
using AppStack.Components.Nodes;
using AppStack.Components.Postgres.PgBouncer;
using Pulumi;

namespace AppStack.Components.Postgres.Databases;

/// <summary>
/// The database of one service with its roles and its schema. What the database holds outlives the resource: nothing is dropped when it is
/// deleted.
/// </summary>
public sealed class Database : ComponentResource
{
    /// <summary>Declares a database.</summary>
    /// <param name="name">Name of the component.</param>
    /// <param name="args">Specification, machines and endpoints.</param>
    /// <param name="options">Options of the component; it should depend on the cluster's rollout.</param>
    /// <exception cref="InvalidSpecException">The specification is not valid; lists all problems.</exception>
    public Database(string name, DatabaseArgs args, ComponentResourceOptions? options = null)
        : base("appstack:postgres:Database", name, options)
    {
        ArgumentNullException.ThrowIfNull(args);
        var spec = args.Spec;
        InvalidSpecException.ThrowIfAny($"database '{name}'", DatabaseValidator.Validate(spec));

        Migrator = Role(DatabaseRoleKind.Migration, "migration");
        Runtime = Role(DatabaseRoleKind.Runtime, "runtime");
        Reader = Role(DatabaseRoleKind.ReadOnly, "readonly");

        var after = BundleOptions.For(this, options);
        after.DependsOn.AddRange(new Resource[] { Migrator.Command, Runtime.Command, Reader.Command });
        Command = args.Node.Run($"{name}-sql", DatabaseCommands.Administrator, DatabaseSql.Render(spec), after);

        var last = new List<Resource> { Command };
        if (!spec.Migrations.IsEmpty)
        {
            var migrating = new CustomResourceOptions { Parent = this };
            migrating.DependsOn.AddRange(args.Poolers.Add(Command));
            var login = spec.Role(DatabaseRoleKind.Migration).Login;
            last.Add(Migrations.Run($"{name}-migrations", spec, args.Pooler, args.PoolerHosts, args.PoolerPort, login, Migrator.Password, migrating));
        }

        Ready = [.. last, Runtime.Command];
        DatabaseName = Output.Create(spec.Name);
        ReadOnlyName = Output.Create(spec.Name + PooledDatabaseSpec.ReadOnlySuffix);
        Hosts = Output.Create(args.PoolerHosts);
        Port = Output.Create(args.PoolerPort);
        Authority = args.Authority;
        RegisterOutputs();

        DatabaseRole Role(DatabaseRoleKind kind, string word)
        {
            var child = new ComponentResourceOptions { Parent = this };
            if (options is not null)
            {
                child.DependsOn.AddRange(options.DependsOn);
            }

            return new DatabaseRole($"{name}-{word}", new DatabaseRoleArgs { Spec = spec.Role(kind), Node = args.Node }, child);
        }
    }

    /// <summary>What has to be there before the service's traffic: database, roles, migrations. Depend on all of it.</summary>
    public ImmutableArray<Resource> Ready { get; }

    /// <summary>The command that makes the database; depend on it to come after it, but before the migrations.</summary>
    public Pulumi.Command.Remote.Command Command { get; }

    /// <summary>Who changes the schema.</summary>
    public DatabaseRole Migrator { get; }

    /// <summary>Who the running service is.</summary>
    public DatabaseRole Runtime { get; }

    /// <summary>Who reads only.</summary>
    public DatabaseRole Reader { get; }

    /// <summary>The name to connect to for reading and writing.</summary>
    [Output("databaseName")]
    public Output<string> DatabaseName { get; private set; }

    /// <summary>The name to connect to for reading from standbys.</summary>
    [Output("readOnlyName")]
    public Output<string> ReadOnlyName { get; private set; }

    /// <summary>The poolers; clients list all of them.</summary>
    [Output("hosts")]
    public Output<ImmutableArray<string>> Hosts { get; private set; }

    /// <summary>Their port.</summary>
    [Output("port")]
    public Output<int> Port { get; private set; }

    /// <summary>Certificate (PEM) of the authority that vouches for them.</summary>
    [Output("authority")]
    public Output<string> Authority { get; private set; }
}

using System.Collections.Immutable;
using AppStack.Components.Nodes;
using Pulumi;

namespace AppStack.Components.Postgres.Databases;

/// <summary>Runs the migrations of a database: in one transaction, each once, as the migration role, through the poolers.</summary>
public static class Migrations
{
    /// <summary>Declares the command.</summary>
    /// <param name="name">Name of the resource.</param>
    /// <param name="spec">The database with its migrations; must be valid.</param>
    /// <param name="pooler">The pooler on which it runs.</param>
    /// <param name="hosts">Addresses of all poolers.</param>
    /// <param name="port">Their port.</param>
    /// <param name="login">The login role.</param>
    /// <param name="password">Its password.</param>
    /// <param name="options">Options of the resource.</param>
    /// <returns>The command; its standard output says of each migration whether it was applied or known.</returns>
    public static Pulumi.Command.Remote.Command Run(
        string name, DatabaseSpec spec, BareMetalNode pooler, ImmutableArray<string> hosts, int port, string login, Output<string> password, CustomResourceOptions options)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(pooler);
        ArgumentNullException.ThrowIfNull(password);
        var stdin = Output.CreateSecret(password.Apply(text => $"{text}\n{MigrationSql.Render(spec)}"));
        return pooler.Run(name, DatabaseCommands.Migration(hosts, port, spec.Name, login), stdin, options);
    }
}

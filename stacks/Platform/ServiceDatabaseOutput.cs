using System.Collections.Immutable;
using System.Globalization;
using AppStack.Components.Nodes;
using AppStack.Components.Postgres.Databases;
using AppStack.Components.Services;
using Pulumi;

namespace AppStack.Stacks;

/// <summary>
/// What a platform tells the stack of a service about its database, as texts: outputs of stacks carry no types. Who writes them and who reads them
/// are here side by side.
/// </summary>
/// <param name="Access">How the service reaches it.</param>
/// <param name="Migrator">The login role that changes the schema.</param>
/// <param name="MigratorPassword">Its password.</param>
/// <param name="Pooler">How the pooler is reached on which migrations run.</param>
internal sealed record ServiceDatabaseOutput(DatabaseAccess Access, string Migrator, string MigratorPassword, BareMetalNodeArgs Pooler)
{
    private const string PoolerPrefix = "pooler.";

    /// <summary>The texts that anybody may see, and the secret ones.</summary>
    public static (Output<ImmutableDictionary<string, string>> Open, Output<ImmutableDictionary<string, string>> Secret) Of(Database database, BareMetalNode pooler) => (
        Output
            .Tuple(
                Output.Tuple(database.Hosts, database.Port, database.DatabaseName, database.ReadOnlyName),
                Output.Tuple(database.Authority, database.Runtime.Username, database.Migrator.Username),
                pooler.Access())
            .Apply(all => new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["hosts"] = string.Join(',', all.Item1.Item1),
                ["port"] = all.Item1.Item2.ToString(CultureInfo.InvariantCulture),
                ["name"] = all.Item1.Item3,
                ["readOnlyName"] = all.Item1.Item4,
                ["authority"] = all.Item2.Item1,
                ["username"] = all.Item2.Item2,
                ["migrator"] = all.Item2.Item3,
            }.Concat(all.Item3.Select(pair => KeyValuePair.Create(PoolerPrefix + pair.Key, pair.Value))).ToImmutableDictionary(StringComparer.Ordinal)),
        Output.CreateSecret(Output.Tuple(database.Runtime.Password, database.Migrator.Password, pooler.PrivateKey()).Apply(all => new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["password"] = all.Item1,
            ["migratorPassword"] = all.Item2,
            ["privateKey"] = all.Item3,
        }.ToImmutableDictionary(StringComparer.Ordinal))));

    /// <summary>Reads the texts.</summary>
    /// <param name="open">Those that anybody may see.</param>
    /// <param name="secret">The secret ones.</param>
    public static ServiceDatabaseOutput Read(IReadOnlyDictionary<string, string> open, IReadOnlyDictionary<string, string> secret) => new(
        new DatabaseAccess
        {
            Hosts = [.. open["hosts"].Split(',')],
            Port = int.Parse(open["port"], CultureInfo.InvariantCulture),
            Name = open["name"],
            ReadOnlyName = open["readOnlyName"],
            Username = open["username"],
            Password = secret["password"],
            Authority = open["authority"],
        },
        open["migrator"],
        secret["migratorPassword"],
        new BareMetalNodeArgs
        {
            Address = open[PoolerPrefix + "address"],
            User = open[PoolerPrefix + "user"],
            Port = int.Parse(open[PoolerPrefix + "port"], CultureInfo.InvariantCulture),
            HostKey = open.TryGetValue(PoolerPrefix + "hostKey", out var hostKey) ? (Input<string>)hostKey : null,
            PrivateKey = secret["privateKey"] is { Length: > 0 } privateKey ? (Input<string>)Output.CreateSecret(privateKey) : null,
        });
}

using System.Collections.Immutable;
using AppStack.Components.Lab;
using AppStack.Components.Nodes;
using AppStack.Components.Postgres;
using AppStack.Components.Postgres.Databases;
using AppStack.Components.Postgres.PgBouncer;
using AppStack.Stacks.Environments;
using Pulumi;

namespace AppStack.Stacks;

/// <summary>Declares the poolers of a cluster and, behind them, the databases of the services.</summary>
internal static class PoolerResources
{
    /// <summary>Declares everything of one cluster.</summary>
    /// <param name="database">The cluster as the descriptor has it.</param>
    /// <param name="spec">Its poolers.</param>
    /// <param name="secrets">What the cluster's parties know of each other.</param>
    /// <param name="nodes">The machines by name.</param>
    /// <param name="lab">The lab; null when the nodes exist without us.</param>
    /// <param name="writable">What is there when the cluster can be written to.</param>
    /// <param name="folder">The repository's folder, in which migrations lie.</param>
    /// <returns>What the stack of each service has to know of its database.</returns>
    /// <exception cref="RunException">A folder with migrations is not there.</exception>
    public static IEnumerable<(string Service, Output<ImmutableDictionary<string, string>> Open, Output<ImmutableDictionary<string, string>> Secret)> Declare(
        Environments.DatabaseSpec database,
        PgBouncerGroupSpec spec,
        RepmgrClusterSecrets secrets,
        IReadOnlyDictionary<string, BareMetalNode> nodes,
        LocalLab? lab,
        Resource writable,
        string folder)
    {
        var options = new ComponentResourceOptions { DeletedWith = lab, DependsOn = { writable } };
        var verification = Verification(spec, nodes, options);
        var poolers = new PgBouncerGroup($"{spec.Name}-poolers", new PgBouncerGroupArgs
        {
            Spec = spec,
            Nodes = nodes,
            Secrets = spec.Poolers.ToDictionary(pooler => pooler.Name, pooler => Secrets(pooler, secrets, verification), StringComparer.Ordinal),
        }, options);

        return [.. database.Services.Select(service =>
        {
            var pooler = nodes[spec.Poolers[0].Name];
            var made = new Database($"{spec.Name}-{service.Name}", new DatabaseArgs
            {
                Spec = Database(service, spec, folder),
                Node = nodes[spec.FirstLeader],
                Pooler = pooler,
                PoolerHosts = [.. spec.Poolers.Select(pooler => pooler.Address)],
                PoolerPort = spec.Port,
                Authority = secrets.Authority.Certificate,
                Poolers = poolers.Bundles,
            }, options);
            var (open, secret) = ServiceDatabaseOutput.Of(made, pooler);
            return (service.Name, open, secret);
        })];
    }

    /// <summary>The database of a service, as its component is told.</summary>
    /// <param name="service">The service's section of the descriptor.</param>
    /// <param name="poolers">The poolers in front of it.</param>
    /// <param name="folder">The repository's folder, in which migrations lie.</param>
    /// <returns>The specification; not validated.</returns>
    /// <exception cref="RunException">A folder with migrations is not there.</exception>
    public static Components.Postgres.Databases.DatabaseSpec Database(ServiceDatabaseSpec service, PgBouncerGroupSpec poolers, string folder) => new()
    {
        Name = service.Database,
        ConnectionLimit = ConnectionBudget.Of(poolers).Of(poolers.Databases.Single(found => found.Name == service.Database)),
        Extensions = service.Extensions,
        PasswordGeneration = service.PasswordGeneration,
        Migrations = service.Migrations is { } path ? MigrationFiles.Read(Path.Combine(folder, path)) : [],
    };

    // Each pooler keeps a connection for each endpoint where it was tried, and two may try at once. The pools' own limits, and so the budget, hold for these connections, too.
    private static DatabaseRole? Verification(PgBouncerGroupSpec spec, IReadOnlyDictionary<string, BareMetalNode> nodes, ComponentResourceOptions options) => spec.Databases.IsEmpty
        ? null
        : new DatabaseRole($"{spec.Name}-verification", new DatabaseRoleArgs
        {
            Spec = DatabaseRoleSpec.Verification(2 * spec.Poolers.Length * spec.Databases.Sum(found => found.ReadOnlyPoolSize > 0 ? 2 : 1)),
            Node = nodes[spec.FirstLeader],
        }, options);

    private static Output<PgBouncerSecrets> Secrets(PgBouncerNodeSpec pooler, RepmgrClusterSecrets secrets, DatabaseRole? verification)
    {
        var issued = secrets.Authority.Issue($"{pooler.Name}-certificate", pooler.Name, pooler.Address);
        var login = verification is null ? Output.Create((PgBouncerLogin?)null) : Output.Tuple(verification.Username, verification.Password).Apply(parts => (PgBouncerLogin?)new PgBouncerLogin(parts.Item1, parts.Item2));
        return Output.CreateSecret(Output.Tuple(secrets.Authority.Certificate, issued.Certificate, issued.PrivateKey, secrets.PoolerPassword, login)
            .Apply(parts => new PgBouncerSecrets(parts.Item1, parts.Item2, parts.Item3, parts.Item4, parts.Item5)));
    }
}

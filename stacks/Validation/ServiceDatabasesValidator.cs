using AppStack.Components.Postgres.Databases;
using AppStack.Components.Postgres.PgBouncer;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments.Validation;

/// <summary>Every service has a database of its own, and all pools together fit into what the servers accept.</summary>
internal sealed class ServiceDatabasesValidator : IEnvironmentValidator
{
    public void Validate(EnvironmentValidation context)
    {
        var databases = EnvironmentValidation.Each("databases", context.Environment.Databases).ToList();

        // Across clusters, too: where a service's database is must have one answer.
        context.ReportTwice(
            "service",
            databases.SelectMany(d => EnvironmentValidation.Each($"{d.Path}.services", d.Item.Services)).Select(s => ($"{s.Path}.name", s.Item.Name)));
        foreach (var (path, database) in databases)
        {
            foreach (var (where, service) in EnvironmentValidation.Each($"{path}.services", database.Services))
            {
                Check(context, where, service);
            }

            Budget(context, path, database);
        }
    }

    private static void Check(EnvironmentValidation context, string path, ServiceDatabaseDescriptor service)
    {
        if (service.Name is { } name && DatabaseNames.Problem(ServiceDatabaseSpec.DatabaseOf(name)) is { } problem)
        {
            context.Problems.Add($"{path}.name", problem, "another name");
        }

        for (var i = 0; i < service.Extensions.Count; i++)
        {
            if (service.Extensions[i] is { } extension && !DatabaseExtensions.Allowed.Contains(extension, StringComparer.Ordinal))
            {
                context.ReportUnknown($"{path}.extensions[{i}]", $"'{extension}' is not an extension that services may have", extension, DatabaseExtensions.Allowed);
            }
        }
    }

    private static void Budget(EnvironmentValidation context, string path, DatabaseDescriptor database)
    {
        var pools = database.Services.OfType<ServiceDatabaseDescriptor>().Select(service => new PooledDatabaseSpec
        {
            Name = service.Name ?? "?",
            PoolSize = service.Pool ?? Defaults.DatabasePool,
            ReadOnlyPoolSize = service.ReadOnlyPool ?? Defaults.DatabaseReadOnlyPool,
        });
        var budget = new ConnectionBudget(
            context.NodesOf(database.Name, NodeRole.Pooler).Count(),
            [.. pools],
            database.MaxConnections ?? Defaults.DatabaseConnections,
            database.ReservedConnections ?? Defaults.DatabaseReservedConnections);
        if (budget.Problem is { } problem)
        {
            context.Problems.Add($"{path}.services", $"the poolers of {database.Name} {problem}".Replace(" can open", " could open", StringComparison.Ordinal), budget.Remedy);
        }
    }
}

using AppStack.Components.Nodes;
using AppStack.Components.Postgres.Databases;

namespace AppStack.Components.Postgres.PgBouncer;

/// <summary>Validates groups of poolers.</summary>
public static class PgBouncerGroupValidator
{
    /// <summary>Checks a group: machines, endpoints, and that its pools fit into what the servers accept.</summary>
    /// <param name="spec">The group.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(PgBouncerGroupSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new NetworkProblems();
        problems.Name("name", spec.Name);
        Machines(problems, "poolers", [.. spec.Poolers.Select(p => (p.Name, p.Address))]);
        Machines(problems, "servers", [.. spec.Servers.Select(s => (s.Name, s.Address))]);
        problems.AddIf(
            !spec.Servers.IsDefaultOrEmpty && spec.Servers.All(s => s.Name != spec.FirstLeader),
            "firstLeader",
            $"'{spec.FirstLeader}' is not one of the servers ({string.Join(", ", spec.Servers.Select(s => s.Name))})");
        problems.AddIf(spec.ClientNetworks.IsDefaultOrEmpty, "clientNetworks", "is empty; no client could connect");
        problems.Networks("clientNetworks", spec.ClientNetworks);
        problems.Access("access", spec.Access);
        problems.Port("port", spec.Port);
        problems.Port("healthPort", spec.HealthPort);
        problems.Port("serverPort", spec.ServerPort);
        problems.Port("statusPort", spec.StatusPort);
        problems.AddIf(spec.Port == spec.HealthPort, "healthPort", $"{spec.HealthPort} is already the clients' port");
        problems.AddIf(spec.MaxClientConnections is < 10 or > 50_000, "maxClientConnections", $"{spec.MaxClientConnections} is not between 10 and 50000");

        // PostgreSQL keeps 3 for superusers; guard, repmgr and monitoring need some, and so does whoever repairs something.
        problems.AddIf(spec.ReservedConnections < 10, "reservedConnections", $"{spec.ReservedConnections} is below 10; the cluster itself, monitoring and an administrator would not get in");
        Databases(problems, spec);
        return problems.All;
    }

    private static void Machines(NetworkProblems problems, string path, IReadOnlyList<(string Name, string Address)> machines)
    {
        problems.AddIf(machines.Count == 0, path, "is empty; at least one is needed");
        problems.Unique(path, "name", machines.Select(m => m.Name));
        problems.Unique(path, "address", machines.Select(m => m.Address));
        for (var i = 0; i < machines.Count; i++)
        {
            problems.Name($"{path}[{i}].name", machines[i].Name);
            problems.Address($"{path}[{i}].address", machines[i].Address);
        }
    }

    private static void Databases(NetworkProblems problems, PgBouncerGroupSpec spec)
    {
        problems.Unique("databases", "endpoint", spec.Databases.SelectMany(d => d.ReadOnlyPoolSize > 0 ? [d.Name, d.ReadOnlyName] : new[] { d.Name }));
        for (var i = 0; i < spec.Databases.Length; i++)
        {
            var database = spec.Databases[i];
            if (DatabaseNames.Problem(database.Name) is { } name)
            {
                problems.Add($"databases[{i}].name", name);
            }

            problems.AddIf(database.PoolSize is < 1 or > 1000, $"databases[{i}].poolSize", $"{database.PoolSize} is not between 1 and 1000");
            problems.AddIf(database.ReadOnlyPoolSize is < 0 or > 1000, $"databases[{i}].readOnlyPoolSize", $"{database.ReadOnlyPoolSize} is not between 0 (no read-only endpoint) and 1000");
        }

        var budget = ConnectionBudget.Of(spec);
        problems.AddIf(budget.Problem is not null, "databases", $"{budget.Problem}; use {budget.Remedy}");
    }
}

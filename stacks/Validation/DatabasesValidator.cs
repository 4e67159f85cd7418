using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments.Validation;

/// <summary>Every PostgreSQL cluster can lose a node without losing data or its majority.</summary>
internal sealed class DatabasesValidator : IEnvironmentValidator
{
    public void Validate(EnvironmentValidation context)
    {
        var databases = context.Environment.Databases;
        foreach (var (path, database) in EnvironmentValidation.Each("databases", databases))
        {
            if (database.Name is { } name)
            {
                Check(context, path, database, name);
            }
        }

        foreach (var (path, node) in context.Nodes())
        {
            if (node.Role == NodeRole.Restore && context.Nodes().All(found => found.Node.Role != NodeRole.Backup))
            {
                context.Problems.Add(path, "a node for restores has nothing to restore: there is no node that keeps backups", "a node with role: backup");
            }

            if (node is { Role: NodeRole.Database or NodeRole.Witness or NodeRole.Pooler, Cluster: { } name } && databases.All(found => found?.Name != name))
            {
                context.ReportUnknown($"{path}.cluster", $"there is no database cluster '{name}'", name, databases.Select(found => found?.Name));
            }
        }
    }

    /// <summary>A cluster that waits for a disaster has what the other one has, and nobody that would write to it.</summary>
    private static void Follows(EnvironmentValidation context, string path, DatabaseDescriptor database, string name)
    {
        var source = context.Environment.Databases.FirstOrDefault(found => found?.Name == database.Follows);
        if (source is null || source == database)
        {
            context.ReportUnknown($"{path}.follows", $"there is no other database cluster '{database.Follows}'", database.Follows!, context.Environment.Databases.Where(found => found != database).Select(found => found?.Name));
            return;
        }

        if (source.Follows is not null)
        {
            context.Problems.Add($"{path}.follows", $"{source.Name} follows {source.Follows} itself", $"follows: {source.Follows}");
        }

        if (source.Version is { } wanted && database.Version is { } version && version != wanted)
        {
            context.Problems.Add($"{path}.version", $"{name} follows {source.Name}, which has version {wanted}; pages of PostgreSQL fit one version only", $"version: {wanted}");
        }

        if (database.Services.Count > 0 || context.NodesOf(name, NodeRole.Pooler).Any())
        {
            context.Problems.Add(
                database.Services.Count > 0 ? $"{path}.services" : path,
                $"{name} follows {source.Name}, so nobody can write to it",
                "no services and no poolers; after `appstack db promote` they are given to it, and `follows` goes");
        }

        if (database.Backups is not null)
        {
            context.Problems.Add($"{path}.backups", $"{name} follows {source.Name}, whose backups are made already", "no backups here");
        }
    }

    private static void Check(EnvironmentValidation context, string path, DatabaseDescriptor database, string name)
    {
        context.ReportTwice("parameter", EnvironmentValidation.Each($"{path}.parameters", database.Parameters).Select(found => ($"{found.Path}.name", found.Item.Name)));
        if (database.Backups is not null && database.Follows is null && context.Nodes().All(found => found.Node.Role != NodeRole.Backup))
        {
            context.Problems.Add($"{path}.backups", $"there is no node that would keep the backups of {name}", "a node with role: backup");
        }

        if (database.MaxLag is not null && database.Rpo is null or RecoveryPoint.Zero)
        {
            context.Problems.Add($"{path}.maxLag", $"the database cluster {name} promises rpo: zero, with which nothing may be lost", "rpo: bounded, or no maxLag");
        }

        var servers = context.NodesOf(name, NodeRole.Database).ToList();
        var voters = servers.Count + context.NodesOf(name, NodeRole.Witness).Count();
        if (servers.Count == 0)
        {
            context.Problems.Add(path, $"the database cluster {name} has no database nodes", "nodes with role: database");
            return;
        }

        if (voters % 2 == 0)
        {
            context.Problems.Add(path, $"the database cluster {name} has {voters} voters; a partition in two halves would leave it without a leader", "an odd number: one more node with role: witness");
        }

        var leader = database.FirstLeader ?? 1;
        if (servers.All(found => found.Node.Seq is { } seq && seq != leader))
        {
            context.Problems.Add(
                database.FirstLeader is null ? path : $"{path}.firstLeader",
                $"the database cluster {name} has no database node with seq {leader}",
                $"one of {string.Join(", ", servers.Select(found => found.Node.Seq))}");
        }

        if (database.Rpo is null or RecoveryPoint.Zero && servers.Count == 1)
        {
            context.Problems.Add(path, $"the database cluster {name} promises rpo: zero with one database node", "a second node with role: database, or rpo: bounded");
        }

        if (database.Follows is not null)
        {
            Follows(context, path, database, name);
        }
        else if (!context.NodesOf(name, NodeRole.Pooler).Any())
        {
            context.Problems.Add(path, $"the database cluster {name} has no pooler nodes; clients could not follow the leader", "nodes with role: pooler");
        }
        else if (context.Environment.Lab is null && context.NodesOf(name, NodeRole.Pooler).Count() == 1)
        {
            context.Problems.Add(path, $"the database cluster {name} has one pooler; without it, also while it is changed, no service reaches its database", "two nodes with role: pooler; clients list both");
        }
    }
}

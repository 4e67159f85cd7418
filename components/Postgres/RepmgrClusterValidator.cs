using AppStack.Components.Nodes;
using AppStack.Components.Postgres.Backups;
using AppStack.Components.Postgres.Parameters;
using AppStack.Components.Postgres.Timeline;

namespace AppStack.Components.Postgres;

/// <summary>Validates database clusters.</summary>
public static class RepmgrClusterValidator
{
    /// <summary>Checks a cluster: who votes, what is promised, what PostgreSQL is told.</summary>
    /// <param name="spec">The cluster.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(RepmgrClusterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new NetworkProblems();
        problems.Name("name", spec.Name);
        problems.Port("port", spec.Port);
        problems.Port("guardPort", spec.GuardPort);
        problems.Port("statusPort", spec.StatusPort);
        problems.Access("access", spec.Access);
        Topology(problems, spec);
        problems.AddIf(spec.MaxConnections < 20, "maxConnections", $"{spec.MaxConnections} is below 20; the cluster itself needs some");
        problems.AddIf(spec.MaxLagMiB < 1, "maxLagMiB", $"{spec.MaxLagMiB} is below 1; no standby of a leader that writes is always as far as it: rpo zero loses nothing");
        foreach (var problem in FailoverTimeline.Validate(spec.EffectiveTimers, spec.Rto, spec.Nodes.Length))
        {
            problems.Add($"timers.{problem.Path}", problem.Message);
        }

        problems.AddIf(
            spec.PackageVersion is { } package && !PostgresVersions.IsPackageOf(spec.Version, package),
            "packageVersion",
            $"'{spec.PackageVersion}' is not a version of Debian's package postgresql-{spec.Version}, e.g. {spec.Version}.20-0+deb12u1");
        if (spec.Production && PostgresVersions.Unsafe(spec.Version, spec.PackageVersion) is { } reason)
        {
            problems.Add("version", reason);
        }

        if (spec.Backup is { } backup)
        {
            BackupTargetValidator.Validate(problems, backup);
        }

        if (spec.Source is { } source)
        {
            problems.AddIf(source.Nodes.IsDefaultOrEmpty, "source", $"'{source.Name}' has no database nodes");
            problems.AddIf(source.Name == spec.Name, "source", "is the cluster itself");
            problems.AddIf(
                spec.MaxConnections < source.MaxConnections,
                "maxConnections",
                $"{spec.MaxConnections} is below {source.MaxConnections} of '{source.Name}', which this cluster follows; PostgreSQL would refuse to start");
            problems.AddIf(spec.Backup is not null, "backup", $"a cluster that follows '{source.Name}' archives nothing of its own until it takes its place");
        }

        ParameterValidation.Validate(problems, spec);
        return problems.All;
    }

    /// <summary>What should be told to whoever deploys, but does not stop them.</summary>
    /// <param name="spec">The cluster.</param>
    /// <returns>The warnings; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Warnings(RepmgrClusterSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return !spec.Production && PostgresVersions.Unsafe(spec.Version, spec.PackageVersion) is { } reason ? [new("version", reason)] : [];
    }

    private static void Topology(NetworkProblems problems, RepmgrClusterSpec spec)
    {
        problems.AddIf(spec.Nodes.IsDefaultOrEmpty, "nodes", "is empty; a cluster needs at least one node that holds data");
        problems.AddIf(
            spec.Voters % 2 == 0,
            "nodes",
            $"and witnesses are {spec.Voters} voters; after a cut in two halves neither could elect a leader: make it an odd number, a witness is enough");
        problems.Unique("nodes", "name", spec.Nodes.Select(n => n.Name).Concat(spec.Witnesses.Select(w => w.Name)));
        problems.Unique("nodes", "address", spec.Nodes.Select(n => n.Address).Concat(spec.Witnesses.Select(w => w.Address)));
        problems.Unique("nodes", "seq", spec.Nodes.Select(n => $"{n.Seq}"));
        problems.AddIf(
            spec.Nodes.All(n => n.Name != spec.FirstLeader),
            "firstLeader",
            $"'{spec.FirstLeader}' is not one of the nodes ({string.Join(", ", spec.Nodes.Select(n => n.Name))})");
        problems.AddIf(
            spec.Rpo == RecoveryPointPromise.Zero && spec.Nodes.Length < 2,
            "rpo",
            "zero needs a second node that holds data; with one node it can only be bounded");
        for (var i = 0; i < spec.Nodes.Length; i++)
        {
            var node = spec.Nodes[i];
            problems.Name($"nodes[{i}].name", node.Name);
            problems.Address($"nodes[{i}].address", node.Address);
            problems.AddIf(node.Seq < 1, $"nodes[{i}].seq", $"{node.Seq} is below 1");
            problems.AddIf(node.MemoryMiB < 256, $"nodes[{i}].memoryMiB", $"{node.MemoryMiB} is below 256 MiB");
            problems.AddIf(node.Cores < 1, $"nodes[{i}].cores", $"{node.Cores} is below 1");
        }

        for (var i = 0; i < spec.Witnesses.Length; i++)
        {
            problems.Name($"witnesses[{i}].name", spec.Witnesses[i].Name);
            problems.Address($"witnesses[{i}].address", spec.Witnesses[i].Address);
        }
    }
}

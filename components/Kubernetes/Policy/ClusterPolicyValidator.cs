using System.Text.RegularExpressions;
using AppStack.Components.Nodes;

namespace AppStack.Components.Kubernetes.Policy;

/// <summary>Finds what is wrong with a cluster's rules before it is asked.</summary>
public static partial class ClusterPolicyValidator
{
    /// <summary>Checks the rules.</summary>
    /// <param name="spec">The rules.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(ClusterPolicySpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new NetworkProblems();
        problems.Unique("namespaces", "name", spec.Namespaces.Select(found => found.Name));
        for (var i = 0; i < spec.Namespaces.Length; i++)
        {
            var (path, found) = ($"namespaces[{i}]", spec.Namespaces[i]);
            problems.Name($"{path}.name", found.Name);
            problems.AddIf(found.Name == "default" || found.Name.StartsWith("kube-", StringComparison.Ordinal), $"{path}.name", $"'{found.Name}' is Kubernetes' own; take another name");
            problems.AddIf(found.Team is { } team && !Group().IsMatch(team), $"{path}.team", $"'{found.Team}' is not the name of a group");
            problems.AddIf(found.Team is { } own && own.StartsWith("system:", StringComparison.Ordinal), $"{path}.team", $"'{found.Team}' is a group of Kubernetes itself, to which everybody or every node may belong");
            problems.AddIf(
                found.PodSecurity == PodSecurityLevel.Baseline && !spec.Version.HasPodSecurityAdmission,
                $"{path}.podSecurity",
                $"baseline is not known to Kubernetes {spec.Version}, whose pod security is made of policies; use restricted or privileged");
            problems.AddIf(found.Cores < 1, $"{path}.cores", $"{found.Cores} cores are none; use at least 1");
            problems.AddIf(found.MemoryMiB < 64, $"{path}.memory", $"{found.MemoryMiB} MiB are not enough for one pod; use at least 64");
            problems.AddIf(found.Pods < 1, $"{path}.pods", $"{found.Pods} pods are none; use at least 1");
            problems.Networks($"{path}.from", found.From);
        }

        return problems.All;
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9:._/-]{0,252}$")]
    private static partial Regex Group();
}

using System.Globalization;
using AppStack.Stacks.Environments.Descriptors;
using static AppStack.Operations.Verification.VerifyCheck;

namespace AppStack.Operations.Verification;

/// <summary>Judges what the nodes of a Kubernetes cluster said. Pure: the same output gives the same checks.</summary>
internal static class KubernetesEvaluator
{
    /// <summary>etcd is saved every six hours; an hour of grace for a machine that was off.</summary>
    private static readonly TimeSpan OldestSnapshot = TimeSpan.FromHours(7);

    /// <summary>The checks of a node that answered.</summary>
    public static IEnumerable<VerifyCheck> Evaluate(NodeExpectation node, ProbeOutput probe)
    {
        if (node.Kubernetes is not { } expected)
        {
            return [];
        }

        var section = probe[ProbeScript.Kubernetes];
        var facts = section.Text.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(words => words.Length > 1).ToLookup(words => words[0], StringComparer.Ordinal);
        if (section.ExitCode != 0 || Number(facts["now"].FirstOrDefault()) is not { } now)
        {
            return [Fail("kubernetes", node, section.FirstLine)];
        }

        var certificates = Certificates(node, [.. facts["certificate"]], now);
        return node.Role == NodeRole.ControlPlane
            ?
            [
                Nodes(node, expected, [.. facts["node"]]),
                Components(node, [.. facts["component"]]),
                Members(node, expected, [.. facts["member"]]),
                Workloads(node, [.. facts["workload"]]),
                .. ServiceRoutes.Held(node, section.Text.Split('\n')),
                .. facts["object"].Select(found => Workload(node, found)).OfType<VerifyCheck>(),
                certificates,
                Snapshot(node, Number(facts["joined"].FirstOrDefault()), Number(facts["snapshot"].FirstOrDefault()), now),
            ]
            : [certificates];
    }

    private static VerifyCheck Nodes(NodeExpectation node, KubernetesExpectation expected, IReadOnlyList<string[]> seen)
    {
        var problems = new List<string>();
        foreach (var name in expected.Nodes)
        {
            if (seen.FirstOrDefault(found => found[1] == name) is not { Length: > 3 } found)
            {
                problems.Add($"{name} is not part of the cluster");
                continue;
            }

            problems.AddRange(found[2] == "True" ? [] : [$"{name} is not ready"]);
            problems.AddRange(found[3] == $"v{expected.Version}" ? [] : [$"{name} runs {found[3]}, not v{expected.Version}"]);
            problems.AddRange(found.Length > 4 && found[4] == "true" ? [$"{name} is cordoned"] : []);
        }

        problems.AddRange(seen.Where(found => !expected.Nodes.Contains(found[1])).Select(found => $"{found[1]} is in the cluster, but not in the descriptor"));
        return Check("nodes", node, problems, $"{string.Join(", ", expected.Nodes)} ready, v{expected.Version}");
    }

    private static VerifyCheck Components(NodeExpectation node, IReadOnlyList<string[]> seen) => Check(
        "components",
        node,
        [.. seen.Where(found => found is not [_, _, "ok"]).Select(found => $"{found[1]}: {(found.Length > 2 ? string.Join(' ', found[2..]) : "no answer")}")],
        $"{string.Join(", ", seen.Select(found => found[1]))} healthy");

    private static VerifyCheck Members(NodeExpectation node, KubernetesExpectation expected, IReadOnlyList<string[]> seen)
    {
        var problems = expected.ControlPlanes.Where(name => !seen.Any(found => found is [_, var member, "started"] && member == name)).Select(name => $"{name} is no started member")
            .Concat(seen.Where(found => !expected.ControlPlanes.Contains(found[1])).Select(found => $"{found[1]} is a member, but no control plane"));
        return Check("etcd", node, [.. problems], $"{seen.Count} of {expected.ControlPlanes.Count} members started");
    }

    private static VerifyCheck Workloads(NodeExpectation node, IReadOnlyList<string[]> seen)
    {
        // A workload of which nothing is available has no number there.
        var problems = seen.Count == 0
            ? ["the API server lists none"]
            : seen.Where(found => found.Length < 4 || found[2] != found[3]).Select(found => $"{found[1]}: {(found.Length < 4 ? "0" : found[2])} of {found[^1]} available");
        return Check("system-pods", node, [.. problems], string.Join(", ", seen.Select(found => $"{found[1]} {found[2]}")));
    }

    // A deployment, or pods on every node, of a service or of the ingress.
    private static VerifyCheck? Workload(NodeExpectation node, string[] seen)
    {
        if (seen is not [_, var kind, var space, var name, var available, var wanted])
        {
            return null;
        }

        var (now, then) = (Count(available), Count(wanted));
        var detail = $"{space}/{name}: {now} of {then} available";
        return (now >= then ? Pass("workload", node, detail) : Fail("workload", node, detail)) with { About = $"{kind.ToLowerInvariant()}/{space}/{name}", Now = $"{now} of {then}" };
    }

    private static int Count(string field) => int.TryParse(field[(field.IndexOf('=', StringComparison.Ordinal) + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;

    private static VerifyCheck Certificates(NodeExpectation node, IReadOnlyList<string[]> seen, DateTimeOffset now)
    {
        var ends = seen.Select(found => (Path: found[1], Left: (Number(["", found[^1]]) ?? now) - now)).OrderBy(found => found.Left).ToList();
        if (ends.Count == 0)
        {
            return Fail("certificates", node, "there are none; the node has not joined");
        }

        var due = ends.Where(found => found.Left < CertificateEvaluator.LeastValidity).Select(found => $"{found.Path} is valid for {found.Left.TotalDays:0} more days; on a control plane: appstack-kubernetes renew --now").ToList();
        return Check("certificates", node, due, string.Create(CultureInfo.InvariantCulture, $"{ends.Count}, the first ends in {ends[0].Left.TotalDays:0} days"));
    }

    private static VerifyCheck Snapshot(NodeExpectation node, DateTimeOffset? joined, DateTimeOffset? last, DateTimeOffset now)
    {
        var newest = last ?? joined ?? DateTimeOffset.UnixEpoch;
        return now - newest > OldestSnapshot
            ? Fail("etcd-snapshot", node, $"the newest is {(last is null ? "not there" : string.Create(CultureInfo.InvariantCulture, $"{(now - newest).TotalHours:0} hours old"))}; look at appstack-etcd-snapshot.service")
            : Pass("etcd-snapshot", node, last is null ? "none yet, the node is new" : string.Create(CultureInfo.InvariantCulture, $"{(now - newest).TotalHours:0.0} hours old"));
    }

    private static DateTimeOffset? Number(string[]? words) =>
        words is [_, .., var text] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static VerifyCheck Check(string name, NodeExpectation node, IReadOnlyList<string> problems, string seen) =>
        problems.Count == 0 ? Pass(name, node, seen) : Fail(name, node, string.Join("; ", problems));
}

using System.Net;
using AppStack.Components.Kubernetes.Welcome;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Operations.Drills;

/// <summary>To which node of an environment a scenario is done, and what is asked meanwhile.</summary>
/// <param name="Target">What it is done to.</param>
/// <param name="Client">The node from which the load comes.</param>
/// <param name="Frontend">What it asks.</param>
/// <param name="Lab">The lab that the nodes are machines of.</param>
internal sealed record DrillPreparation(DrillTarget Target, string Client, IPEndPoint Frontend, string Lab)
{
    /// <summary>Prepares a scenario; nothing is reached.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="settings">What the caller chose.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="problem">Why it cannot be run there, and what can; empty when it can.</param>
    /// <returns>The preparation; <see langword="null"/> when the scenario cannot be run there.</returns>
    public static DrillPreparation? Of(DrillScenario scenario, DrillSettings settings, EnvironmentSpec environment, out string problem)
    {
        var candidates = environment.NodesOf(scenario.Role).ToList();
        var node = settings.Node is null ? candidates.FirstOrDefault() : candidates.Find(candidate => candidate.Name == settings.Node);
        var client = environment.NodesOf(NodeRole.Client).FirstOrDefault();
        // What is done to a cluster shows only where it serves.
        var cluster = environment.Clusters.FirstOrDefault(found => found.Name == node?.Cluster && scenario.Role is NodeRole.Worker or NodeRole.ControlPlane);
        var frontend = environment.Edge?.Frontends.FirstOrDefault(found => cluster is null || Serves(environment.Edge, found, cluster));
        problem = candidates.Count < scenario.Needs ? $"{scenario.Name} needs {scenario.Needs} nodes of the role {Words.Of(scenario.Role)}; {environment.Name} has {candidates.Count}{Instead(scenario, environment)}"
            : node is null ? $"{scenario.Name} needs one of the nodes {string.Join(", ", candidates.Select(found => found.Name))}; not '{settings.Node}'"
            : client is null ? $"{environment.Name} has no node of the role client, from which the load would come"
            : frontend is null ? $"{environment.Name} has no frontend {(cluster is null ? "" : $"with a backend in the cluster {cluster.Name} ")}that could be asked"
            : environment.Lab is null ? $"the nodes of {environment.Name} are not machines of a lab: nothing here can take their power away"
            : "";
        return problem.Length > 0 ? null
            : new DrillPreparation(
                new DrillTarget(node!.Name, Helper(environment, node), cluster is null ? frontend!.Backend : WelcomeSpec.Name) { ControlPlanes = [.. cluster?.ControlPlanes.Select(found => found.Name) ?? []] },
                client!.Name,
                new IPEndPoint(frontend!.Vip.V4, frontend.Port),
                environment.Lab!.Name);
    }

    // What stands where the scenario looked for something else.
    private static string Instead(DrillScenario scenario, EnvironmentSpec environment) =>
        scenario.Instead is { } name && DrillScenarios.Find(name) is { } other && environment.NodesOf(other.Role).Count() >= other.Needs
            ? $". Its {Words.Of(other.Role)} nodes serve: appstack drill {environment.Name} {name}"
            : "";

    private static bool Serves(EdgeSpec edge, FrontendSpec frontend, ClusterSpec cluster) =>
        edge.Backends.Single(backend => backend.Name == frontend.Backend).Servers.Any(cluster.Workers.Contains);

    private static string Helper(EnvironmentSpec environment, NodeSpec node) =>
        environment.Clusters.FirstOrDefault(cluster => cluster.Name == node.Cluster)?.ControlPlanes.OrderBy(found => found == node).First().Name ?? node.Name;
}

using AppStack.Components.Kubernetes.Cluster;
using AppStack.Components.Kubernetes.Ingress;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Drills;

/// <summary>What Kubernetes clusters must stand while they serve a frontend.</summary>
internal static class ClusterDrillScenarios
{
    /// <summary>The rate for which the limits are stated; a lab's nodes share the cores with everything else.</summary>
    private const double Rate = 200;

    /// <summary>Longer than a dead node is believed to be alive (8 to 10 s with fast timings) and its endpoints need to be removed everywhere.</summary>
    private static readonly TimeSpan AfterLoss = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Drained = TimeSpan.FromSeconds(3);

    /// <summary>All scenarios, in the order in which help lists them.</summary>
    public static IReadOnlyList<DrillScenario> All { get; } =
    [
        new()
        {
            Name = "worker-loss",
            Summary = "a worker loses its power; its pods' requests go to those of the others",
            Role = NodeRole.Worker,
            Rate = Rate,
            Limits = DrillLimits.WorkerLoss,
            Steps = target => DrillScenarios.PowerLoss(target.Node, AfterLoss),
        },
        new()
        {
            Name = "worker-drain",
            Summary = "a worker is drained for maintenance and returns; nobody notices",
            Role = NodeRole.Worker,
            Rate = Rate,
            Limits = DrillLimits.Drain,
            Steps = target =>
            [
                Run(DrillStepKind.Fault, $"drain {target.Node}", target.Helper, $"drain {target.Node}"),
                DrillStep.Observe("drained", Drained),
                Run(DrillStepKind.Restore, $"uncordon {target.Node}", target.Helper, $"uncordon {target.Node}"),
                DrillScenarios.AwaitHealth,
            ],
        },
        new()
        {
            Name = "rolling-update",
            Summary = "all pods of the web service are replaced, as by a new version; nobody notices",
            Role = NodeRole.ControlPlane,
            Needs = 1,
            Rate = Rate,
            Limits = DrillLimits.Drain,
            Steps = target => Rollout(target, "replace the pods", $"{target.Service} deployment/{target.Service}"),
        },
        new()
        {
            Name = "ingress-rollout",
            Summary = "all pods of the ingress are replaced, as by a new version; nobody notices, with new or kept-alive connections",
            Role = NodeRole.ControlPlane,
            Needs = 1,
            Rate = Rate,
            Loads = [0, 50],
            Limits = DrillLimits.Drain,
            Steps = target => Rollout(target, "replace the ingress' pods", $"{IngressSpec.Namespace} daemonset/ingress"),
        },
        new()
        {
            Name = "waf-reload",
            Summary = "the firewall rules of a service change twenty times under load; nobody notices",
            Role = NodeRole.ControlPlane,
            Needs = 1,
            Rate = Rate,
            Limits = DrillLimits.Drain,
            Steps = target =>
            [
                Run(DrillStepKind.Fault, "change the rules 20 times", target.Node, $"change_rules {target.Service} 20"),
                Run(DrillStepKind.Restore, "its own rules again", target.Node, $"own_rules {target.Service}"),
                DrillScenarios.AwaitHealth,
            ],
        },
        new()
        {
            Name = "control-plane-loss",
            Summary = "a control plane loses its power; the API takes writes through the others, and nobody notices",
            Role = NodeRole.ControlPlane,
            Needs = 3,
            Rate = Rate,
            Limits = DrillLimits.ControlPlane,
            Steps = target =>
            [
                new(DrillStepKind.Fault, $"power off {target.Node}", (platform, cancellationToken) => platform.PowerOffAsync(target.Node, cancellationToken)),
                Run(DrillStepKind.Observe, "the API takes a write", target.Helper, "write"),
                DrillStep.Observe("without it", Drained),
                new(DrillStepKind.Restore, $"power on {target.Node}", (platform, cancellationToken) => platform.PowerOnAsync(target.Node, cancellationToken)),
                DrillScenarios.AwaitHealth,
            ],
        },
        new()
        {
            Name = "etcd-restore",
            Summary = "a cluster goes back to a snapshot of a moment ago, all its control planes together; its pods serve on",
            Role = NodeRole.ControlPlane,
            Needs = 1,
            Rate = Rate,
            Limits = DrillLimits.ControlPlane,
            Steps = target =>
            [
                Run(DrillStepKind.Observe, "save, then write", target.Node, "rehearse_save"),
                new(DrillStepKind.Fault, $"restore {string.Join(", ", target.ControlPlanes)}", (platform, cancellationToken) =>
                    platform.RestoreClusterAsync(target.ControlPlanes, target.Node, KubernetesPaths.Rehearsal, cancellationToken)),
                Run(DrillStepKind.Observe, "what was saved is there, what came later is not", target.Node, "rehearse_look"),
                Run(DrillStepKind.Restore, "the API takes a write", target.Node, "write"),
                DrillScenarios.AwaitHealth,
            ],
        },
    ];

    // All pods of a workload (NAMESPACE KIND/NAME) anew.
    private static DrillStep[] Rollout(DrillTarget target, string name, string workload) =>
    [
        Run(DrillStepKind.Fault, name, target.Node, $"roll {workload}"),
        Run(DrillStepKind.Restore, "all replaced", target.Node, $"rolled {workload}"),
        DrillScenarios.AwaitHealth,
    ];

    private static DrillStep Run(DrillStepKind kind, string name, string node, string verb) =>
        new(kind, name, (platform, cancellationToken) => platform.RunAsync(node, $"{KubernetesPaths.Tool} {verb}", cancellationToken));
}

using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Operations.Drills;

/// <summary>The scenarios there are.</summary>
internal static class DrillScenarios
{
    /// <summary>Longer than everything that follows a fault by itself: BFD (0.3 s), health checks (1 s), a repeated SYN (1 s).</summary>
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(4);

    /// <summary>The time that a drained load balancer rests before it returns.</summary>
    private static readonly TimeSpan Drained = TimeSpan.FromSeconds(3);

    /// <summary>Ends every scenario: nothing is over before everything is as it was.</summary>
    internal static readonly DrillStep AwaitHealth = new(DrillStepKind.AwaitHealth, "platform whole again", (platform, cancellationToken) => DrillHealth.AwaitAsync(platform, DrillHealth.Limit, cancellationToken));

    /// <summary>All scenarios, in the order in which help lists them.</summary>
    public static IReadOnlyList<DrillScenario> All { get; } =
    [
        new()
        {
            Name = "lb-node-loss",
            Summary = "a load balancer loses its power; the others take over without a failed request",
            Role = NodeRole.LoadBalancer,
            Limits = DrillLimits.LoadBalancerLoss,
            Steps = target => PowerLoss(target.Node, AfterFault),
        },
        new()
        {
            Name = "lb-haproxy-crash",
            Summary = "HAProxy is killed (kill -9); its route is withdrawn at once, systemd starts it again",
            Role = NodeRole.LoadBalancer,
            Limits = DrillLimits.HAProxyCrash,
            Steps = target =>
            [
                new(DrillStepKind.Fault, $"kill HAProxy on {target.Node}", (platform, cancellationToken) => platform.RunAsync(
                    target.Node, "systemctl kill --kill-whom=all --signal=KILL haproxy", cancellationToken)),
                DrillStep.Observe("after the crash", AfterFault),
                new(DrillStepKind.Restore, $"haproxy active on {target.Node}", (platform, cancellationToken) => platform.RunAsync(
                    target.Node, "systemctl is-active --quiet haproxy || { systemctl reset-failed haproxy; systemctl start haproxy; }", cancellationToken)),
                AwaitHealth,
            ],
        },
        new()
        {
            Name = "lb-drain",
            Summary = "a load balancer is drained for maintenance and returns; nobody notices, with new or kept-alive connections",
            Role = NodeRole.LoadBalancer,
            Loads = [0, 50],
            Limits = DrillLimits.Drain,
            Steps = target =>
            [
                new(DrillStepKind.Fault, $"drain {target.Node}", (platform, cancellationToken) => platform.RunAsync(
                    target.Node, "/usr/local/sbin/appstack-lb drain --timeout 2", cancellationToken)),
                DrillStep.Observe("drained", Drained),
                new(DrillStepKind.Restore, $"undrain {target.Node}", (platform, cancellationToken) => platform.RunAsync(
                    target.Node, "/usr/local/sbin/appstack-lb undrain", cancellationToken)),
                AwaitHealth,
            ],
        },
        new()
        {
            Name = "backend-loss",
            Summary = "a backend loses its power; the load balancers send its connections to the others",
            Role = NodeRole.Backend,
            Instead = "worker-loss",
            Limits = DrillLimits.BackendLoss,
            Steps = target => PowerLoss(target.Node, AfterFault),
        },
        .. ClusterDrillScenarios.All,
    ];

    /// <summary>The scenario of that name, or <see langword="null"/>.</summary>
    public static DrillScenario? Find(string name) => All.FirstOrDefault(scenario => scenario.Name == name);

    /// <summary>A machine loses its power and gets it back.</summary>
    internal static IReadOnlyList<DrillStep> PowerLoss(string node, TimeSpan observe) =>
    [
        new(DrillStepKind.Fault, $"power off {node}", (platform, cancellationToken) => platform.PowerOffAsync(node, cancellationToken)),
        DrillStep.Observe("without it", observe),
        new(DrillStepKind.Restore, $"power on {node}", (platform, cancellationToken) => platform.PowerOnAsync(node, cancellationToken)),
        AwaitHealth,
    ];
}

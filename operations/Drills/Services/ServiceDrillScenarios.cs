using System.Globalization;

namespace AppStack.Operations.Drills.Services;

/// <summary>The scenarios there are. They know the sample service dilosi: what it is asked for, and how it is made to fail.</summary>
internal static class ServiceDrillScenarios
{
    /// <summary>Documents per second that are issued and verified meanwhile.</summary>
    public const double Rate = 50;

    /// <summary>Deployments in a row.</summary>
    private const int Deployments = 20;

    private const string ShortDeadline = "20s";

    private static readonly TimeSpan LeaderLimit = TimeSpan.FromSeconds(60);

    /// <summary>All scenarios.</summary>
    public static IReadOnlyList<ServiceDrillScenario> All { get; } =
    [
        new()
        {
            Name = "service-deploy",
            Summary = $"{Deployments} versions of dilosi are deployed one after the other while documents are issued and verified; nobody notices",
            DeployMs = 30_000,
            Do = async run =>
            {
                for (var number = 1; number <= Deployments; number++)
                {
                    var version = string.Create(CultureInfo.InvariantCulture, $"drill-{number}");
                    await run.DeployAsync($"deploy {version}", DescriptorEdit.With(run.Descriptor, "version", version));
                    await run.ExpectVersionAsync(version);
                }
            },
        },
        new()
        {
            Name = "service-bad-version",
            Summary = "a version that crashes, one that never gets ready, and one whose image does not exist: the version before serves on, and the error says why",
            Do = async run =>
            {
                var bad = DescriptorEdit.With(DescriptorEdit.With(run.Descriptor, "version", "drill-bad"), "deadline", ShortDeadline);
                await run.DeployBadAsync("a version that crashes", DescriptorEdit.With(bad, "config", "{ Dilosi__Port: \"8081\" }"), "citizens must not reach metrics");
                await run.DeployBadAsync("a version that never gets ready", DescriptorEdit.With(bad, "probes", "{ port: 8081, readiness: /drill }"), "probe failed");
                await run.DeployBadAsync("an image that does not exist", DescriptorEdit.With(bad, "image", "{ reference: \"appstack.local/dilosi:drill\" }"), "there is no image", "nothing was changed");
            },
        },
        new()
        {
            Name = "end-to-end-leader-loss",
            Summary = "the leader of dilosi's database loses its power while documents are issued through the edge: every acknowledged document is there afterwards",
            MayFail = null,
            RecoveryMs = 10_000,
            Do = async run =>
            {
                var platform = run.Platform;
                var leader = await platform.LeaderAsync(run.Cancellation) ?? throw new OperationException("nobody leads the database");
                run.Fault();
                await run.StepAsync($"power off {leader}", () => platform.PowerOffAsync(leader, run.Cancellation));
                try
                {
                    await run.StepAsync("another node leads", () => run.UntilAsync("another node leads", LeaderLimit, async () => await platform.LeaderAsync(run.Cancellation) is { } now && now != leader));
                    await run.StepAsync("documents are issued", () => run.IssuedAgainAsync(LeaderLimit));
                    await platform.ObserveAsync(TimeSpan.FromSeconds(5), run.Cancellation);
                }
                finally
                {
                    // Whatever happened, also when the drill was given up.
                    await run.StepAsync($"power on {leader}", () => platform.PowerOnAsync(leader, CancellationToken.None));
                }

                await run.StepAsync("platform whole again", () => DrillHealth.AwaitAsync(platform, TimeSpan.FromSeconds(120), run.Cancellation));
            },
        },
    ];

    /// <summary>The scenario of that name, or <see langword="null"/>.</summary>
    public static ServiceDrillScenario? Find(string name) => All.FirstOrDefault(scenario => scenario.Name == name);
}

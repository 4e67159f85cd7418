using AppStack.Operations.Verification;

namespace AppStack.Operations.Drills;

/// <summary>Waits for a platform to be whole.</summary>
internal static class DrillHealth
{
    /// <summary>Longer than a machine needs to boot and BGP to converge (about 5 s), short enough for people to wait.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Between two looks: each look is an SSH round trip to every node and must not load the machines.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Refuses a drill on a platform that is not whole.</summary>
    /// <exception cref="OperationException">It is not; with what is off.</exception>
    public static void RequireWhole(VerifyReport before, string scenario, string environment)
    {
        if (!before.Ok)
        {
            throw new OperationException($"drill {scenario}: the platform is not whole before the drill, which would say nothing: {before.OffLine}. Run `appstack up {environment}` first; `appstack repair {environment}` if somebody changed nodes by hand.");
        }
    }

    /// <summary>Verifies again and again until everything is as it should be.</summary>
    /// <exception cref="OperationException">It did not happen in time; with what is off.</exception>
    public static async Task AwaitAsync(IVerifiedPlatform platform, TimeSpan limit, CancellationToken cancellationToken)
    {
        var deadline = platform.NowMicros + (long)limit.TotalMicroseconds;
        while (true)
        {
            var report = await platform.VerifyAsync(cancellationToken);
            if (report.Ok)
            {
                return;
            }

            if (platform.NowMicros >= deadline)
            {
                throw new OperationException($"the platform is not whole again after {limit.TotalSeconds} s: {report.OffLine}");
            }

            await platform.ObserveAsync(Pause, cancellationToken);
        }
    }
}

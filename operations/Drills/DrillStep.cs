namespace AppStack.Operations.Drills;

/// <summary>One step of a scenario, done while the load goes on.</summary>
/// <param name="Kind">What the step means for the report and for restoring the platform.</param>
/// <param name="Name">The step, for people and reports.</param>
/// <param name="Action">What is done.</param>
internal sealed record DrillStep(DrillStepKind Kind, string Name, Func<IDrillPlatform, CancellationToken, Task> Action)
{
    /// <summary>Lets the load run for a while and watches.</summary>
    public static DrillStep Observe(string name, TimeSpan time) =>
        new(DrillStepKind.Observe, name, (platform, cancellationToken) => platform.ObserveAsync(time, cancellationToken));
}

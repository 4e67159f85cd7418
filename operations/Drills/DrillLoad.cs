using AppStack.Operations.Load;

namespace AppStack.Operations.Drills;

/// <summary>A load generator's process, as drills see it.</summary>
internal sealed class DrillLoad(LoadProcess process) : IDrillLoad
{
    public double CpuMs => process.CpuMs;

    public IReadOnlyList<RequestSample> Samples => process.Samples;

    public Task<IReadOnlyList<RequestSample>> StopAsync(CancellationToken cancellationToken) => process.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => process.DisposeAsync();
}

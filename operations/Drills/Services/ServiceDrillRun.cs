namespace AppStack.Operations.Drills.Services;

/// <summary>A scenario that is being run: what its steps can do, and what they noted.</summary>
internal sealed class ServiceDrillRun(IServiceDrillPlatform platform, IDocumentLoad load, Action<string> tell, CancellationToken cancellation)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly List<DrillStepTime> _steps = [];
    private readonly List<string> _complaints = [];
    private string? _before;

    /// <summary>The world.</summary>
    public IServiceDrillPlatform Platform { get; } = platform;

    /// <summary>Ends the drill early.</summary>
    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>The service's descriptor as it was before.</summary>
    public string Descriptor { get; } = platform.Descriptor;

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<DrillStepTime> Steps => _steps;

    /// <summary>What did not go as it should.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>When the fault was caused; <see langword="null"/> when none was.</summary>
    public long? FaultMicros { get; private set; }

    /// <summary>The longest deployment, in milliseconds; 0 when there was none.</summary>
    public double SlowestDeployMs { get; private set; }

    /// <summary>Notes that the fault is caused now.</summary>
    public void Fault() => FaultMicros = Platform.NowMicros;

    /// <summary>Does a step and notes its time.</summary>
    public async Task<double> StepAsync(string name, Func<Task> action)
    {
        var begun = Platform.NowMicros;
        await action();
        var ms = (Platform.NowMicros - begun) / 1000.0;
        _steps.Add(new DrillStepTime(name, ms));
        var samples = load.Samples;
        tell($"{samples.Count,7} documents, {samples.Count(sample => sample.IssueFailure is not null || sample.VerifyFailure is not null)} failed  {name} done in {ms / 1000:0.00} s");
        return ms;
    }

    /// <summary>Deploys a version that works.</summary>
    /// <exception cref="OperationException">It was not deployed; with what the command said.</exception>
    public async Task DeployAsync(string name, string descriptor)
    {
        var ms = await StepAsync(name, () => DeployAsync(name, descriptor, Cancellation));
        SlowestDeployMs = Math.Max(SlowestDeployMs, ms);
    }

    /// <summary>Deploys the version that was there before, also when the drill was given up; it is none of those that are judged.</summary>
    /// <exception cref="OperationException">It was not deployed; with what the command said.</exception>
    public Task DeployAgainAsync(string version, string descriptor) =>
        StepAsync($"deploy {version} again", () => DeployAsync($"deploy {version} again", descriptor, CancellationToken.None));

    /// <summary>Complains when not all pods have a version.</summary>
    public async Task ExpectVersionAsync(string version)
    {
        var (found, ready, all) = await Platform.PodsAsync(Cancellation);
        if (found != version || ready < all || all == 0)
        {
            _complaints.Add($"{version} was deployed, and {ready} of {all} pods are ready with version {found}");
        }
    }

    /// <summary>Deploys a version that does not work: it must be refused, with the reason, and the version before must serve.</summary>
    public async Task DeployBadAsync(string name, string descriptor, params string[] reasons)
    {
        _before ??= (await Platform.PodsAsync(Cancellation)).Version;
        await StepAsync(name, async () =>
        {
            var (exitCode, said) = await Platform.DeployAsync(descriptor, Cancellation);
            if (exitCode == 0)
            {
                _complaints.Add($"{name}: it was deployed");
            }

            foreach (var reason in reasons.Where(reason => !said.Contains(reason, StringComparison.Ordinal)))
            {
                _complaints.Add($"{name}: the error does not say '{reason}': {said}");
            }
        });
        await ExpectVersionAsync(_before);
    }

    /// <summary>Waits until a document is issued that was sent after now.</summary>
    public async Task IssuedAgainAsync(TimeSpan limit)
    {
        var from = Platform.NowMicros;
        await UntilAsync("documents are issued", limit, () => Task.FromResult(load.Samples.Any(sample => sample.Code is not null && sample.IssueStartMicros > from)));
    }

    /// <summary>Waits until something is so.</summary>
    /// <exception cref="OperationException">It was not in time.</exception>
    public async Task UntilAsync(string what, TimeSpan limit, Func<Task<bool>> test)
    {
        var deadline = Platform.NowMicros + (long)limit.TotalMicroseconds;
        while (!await test())
        {
            if (Platform.NowMicros > deadline)
            {
                throw new OperationException($"{what}: not within {limit.TotalSeconds} s");
            }

            await Platform.ObserveAsync(Poll, Cancellation);
        }
    }

    private async Task DeployAsync(string name, string descriptor, CancellationToken cancellationToken)
    {
        var (exitCode, said) = await Platform.DeployAsync(descriptor, cancellationToken);
        if (exitCode != 0)
        {
            throw new OperationException($"{name} ended with {exitCode}: {said}");
        }
    }
}

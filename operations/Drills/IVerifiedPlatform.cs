using AppStack.Operations.Load;
using AppStack.Operations.Verification;

namespace AppStack.Operations.Drills;

/// <summary>What every drill asks of a platform: the time, patience, and whether it is whole.</summary>
internal interface IVerifiedPlatform
{
    /// <summary>Now, in microseconds of <see cref="MonotonicClock"/>, with which samples are stamped, too.</summary>
    long NowMicros { get; }

    /// <summary>Lets time pass while the load goes on.</summary>
    Task ObserveAsync(TimeSpan time, CancellationToken cancellationToken);

    /// <summary>Looks at the whole platform once.</summary>
    Task<VerifyReport> VerifyAsync(CancellationToken cancellationToken);
}

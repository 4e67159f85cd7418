namespace AppStack.Components.Postgres.PgBouncer;

/// <summary>How fast a pooler notices and how long it is patient. Follows from the cluster's promise.</summary>
public sealed record PgBouncerTimers
{
    /// <summary>How often each guard is asked who leads.</summary>
    public required TimeSpan FollowInterval { get; init; }

    /// <summary>How long a guard's answer may take.</summary>
    public required TimeSpan FollowTimeout { get; init; }

    /// <summary>How long an answer counts; a server that has not answered for so long is out of the read-only endpoint.</summary>
    public required TimeSpan AnswerLifetime { get; init; }

    /// <summary>After a failed login at a server, the next attempt comes after this.</summary>
    public required TimeSpan ServerLoginRetry { get; init; }

    /// <summary>How long connecting and logging in at a server may take.</summary>
    public required TimeSpan ServerConnectTimeout { get; init; }

    /// <summary>A connection whose data the other end has not acknowledged for so long is dead (<c>TCP_USER_TIMEOUT</c>).</summary>
    public required TimeSpan TcpUserTimeout { get; init; }

    /// <summary>How long a statement waits for a server; longer than any failover that the promise allows, so that clients see a delay and no error.</summary>
    public required TimeSpan QueryWaitTimeout { get; init; }

    /// <summary>A pause ends after this, whether there is a new leader or not; shorter than <see cref="QueryWaitTimeout"/>.</summary>
    public required TimeSpan PauseLimit { get; init; }

    /// <summary>The timers of a promise.</summary>
    /// <param name="promise">How fast writes come back.</param>
    /// <returns>The timers.</returns>
    public static PgBouncerTimers For(RecoveryTimePromise promise) => promise switch
    {
        // Measured in a lab: tcp_user_timeout 2 s, retry 0.5 s, together with neighbours that are asked anew at once.
        RecoveryTimePromise.Fast => new()
        {
            FollowInterval = TimeSpan.FromMilliseconds(100),
            FollowTimeout = TimeSpan.FromMilliseconds(400),
            AnswerLifetime = TimeSpan.FromSeconds(1),
            ServerLoginRetry = TimeSpan.FromMilliseconds(200),
            ServerConnectTimeout = TimeSpan.FromSeconds(2),
            TcpUserTimeout = TimeSpan.FromSeconds(2),
            QueryWaitTimeout = TimeSpan.FromSeconds(30),
            PauseLimit = TimeSpan.FromSeconds(15),
        },
        RecoveryTimePromise.Standard => new()
        {
            FollowInterval = TimeSpan.FromMilliseconds(200),
            FollowTimeout = TimeSpan.FromSeconds(1),
            AnswerLifetime = TimeSpan.FromSeconds(3),
            ServerLoginRetry = TimeSpan.FromMilliseconds(500),
            ServerConnectTimeout = TimeSpan.FromSeconds(3),
            TcpUserTimeout = TimeSpan.FromSeconds(5),
            QueryWaitTimeout = TimeSpan.FromSeconds(60),
            PauseLimit = TimeSpan.FromSeconds(30),
        },
        RecoveryTimePromise.Careful => new()
        {
            FollowInterval = TimeSpan.FromMilliseconds(500),
            FollowTimeout = TimeSpan.FromSeconds(2),
            AnswerLifetime = TimeSpan.FromSeconds(10),
            ServerLoginRetry = TimeSpan.FromSeconds(1),
            ServerConnectTimeout = TimeSpan.FromSeconds(5),
            TcpUserTimeout = TimeSpan.FromSeconds(15),
            QueryWaitTimeout = TimeSpan.FromSeconds(120),
            PauseLimit = TimeSpan.FromSeconds(60),
        },
        _ => throw new ArgumentOutOfRangeException(nameof(promise), promise, "There is no such promise."),
    };
}

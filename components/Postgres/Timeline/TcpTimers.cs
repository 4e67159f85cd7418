using System.Globalization;

namespace AppStack.Components.Postgres.Timeline;

/// <summary>How nodes of a cluster connect to each other with libpq: standbys to their leader, clones, rewinds and the questions of the tool.</summary>
public sealed record TcpTimers
{
    /// <summary>How long connecting and logging in may take (<c>connect_timeout</c>); whole seconds, at least two: libpq takes less for two.</summary>
    public required TimeSpan Connect { get; init; }

    /// <summary>How the kernel notices that the other end of a silent connection is gone.</summary>
    public required TcpKeepalive Keepalive { get; init; }

    /// <summary>How long data may stay unacknowledged (<c>tcp_user_timeout</c>); milliseconds. Linux ends a silent connection by it, too, instead of by the keepalive's count.</summary>
    public required TimeSpan UserTimeout { get; init; }

    /// <summary>
    /// After how long at most a connection whose other end is gone is given up. Data: the user timeout. Silence: with the first question after it, and one
    /// must have been asked (<c>tcp_keepalive_timer</c> in Linux).
    /// </summary>
    public TimeSpan Silence => UserTimeout <= Keepalive.Idle + Keepalive.Interval
        ? Keepalive.Idle + Keepalive.Interval
        : Keepalive.Idle + (Keepalive.Interval * Math.Ceiling((UserTimeout - Keepalive.Idle) / Keepalive.Interval));

    /// <summary>The same for libpq.</summary>
    /// <returns>Keys and values of a connection string, without quotes.</returns>
    public string ToConnectionString() => string.Create(
        CultureInfo.InvariantCulture,
        $"connect_timeout={Connect.TotalSeconds:0} keepalives_idle={Keepalive.Idle.TotalSeconds:0} keepalives_interval={Keepalive.Interval.TotalSeconds:0} keepalives_count={Keepalive.Count} tcp_user_timeout={UserTimeout.TotalMilliseconds:0}");

    /// <summary>Checks the times against each other.</summary>
    /// <returns>All problems; empty when there is none.</returns>
    public IReadOnlyList<SpecProblem> Validate()
    {
        var problems = new List<SpecProblem>();
        Whole("connect", Connect, 2);
        Whole("keepalive.idle", Keepalive.Idle, 1);
        Whole("keepalive.interval", Keepalive.Interval, 1);
        if (Keepalive.Count < 1)
        {
            problems.Add(new("keepalive.count", $"{Keepalive.Count} is below 1"));
        }

        var least = Keepalive.Idle + Keepalive.Interval;
        if (problems.Count == 0 && (UserTimeout < least || UserTimeout > Keepalive.Limit))
        {
            problems.Add(new("userTimeout", $"{Seconds(UserTimeout)} is not between {Seconds(least)} (idle and one interval of the keepalive) and {Seconds(Keepalive.Limit)} (idle and all of them); silent connections would be given up at another time than busy ones"));
        }

        return problems;

        void Whole(string name, TimeSpan time, int least)
        {
            if (time < TimeSpan.FromSeconds(least) || time.Ticks % TimeSpan.TicksPerSecond != 0)
            {
                problems.Add(new(name, $"{Seconds(time)} is not a number of whole seconds from {least} on"));
            }
        }
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");
}

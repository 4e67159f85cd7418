namespace AppStack.Components.Postgres.Timeline;

/// <summary>When the kernel gives up a connection that nothing is sent on.</summary>
/// <param name="Idle">Silence after which it asks the other end; whole seconds, at least one.</param>
/// <param name="Interval">How often it asks again; whole seconds, at least one.</param>
/// <param name="Count">How many questions in a row stay unanswered until it gives up; at least one.</param>
public sealed record TcpKeepalive(TimeSpan Idle, TimeSpan Interval, int Count)
{
    /// <summary>After how long a silence the connection is given up.</summary>
    public TimeSpan Limit => Idle + (Interval * Count);
}

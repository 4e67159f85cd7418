using AppStack.Operations.Databases;

namespace AppStack.Operations.Tests.Databases;

public sealed class RejoinWatchTests
{
    private static readonly GuardStatus Follows = new() { Node = "main-db-2", Role = "standby", Streaming = true, Leader = "main-db-1", Lsn = "0/5000000", Timeline = 3 };
    private static readonly GuardStatus Stopped = new() { Node = "main-db-2", Role = "down", Leader = "main-db-1" };

    [Fact]
    public void A_node_that_stopped_and_streams_again_follows()
    {
        var watch = new RejoinWatch("main-db-2", "local");

        Assert.Null(watch.Look(Stopped, Seconds(0.2)));
        Assert.Equal((OperationsExitCode.Ok, "main-db-2 follows main-db-1, after 1.5 s"), watch.Look(Follows, Seconds(1.5)));
    }

    [Fact]
    public void A_node_that_streams_has_to_stop_first_or_does_so_after_the_guard_had_time_to_begin()
    {
        var watch = new RejoinWatch("main-db-2", "local");

        Assert.Null(watch.Look(Follows, Seconds(0.2)));
        Assert.Equal(OperationsExitCode.Ok, watch.Look(Follows, Seconds(2.1))?.ExitCode);
    }

    [Fact]
    public void A_held_node_says_why() => Assert.Equal(
        (OperationsExitCode.Off, "main-db-2 is held: it cannot be rewound"),
        new RejoinWatch("main-db-2", "local").Look(Stopped with { Role = "held", Held = "it cannot be rewound" }, Seconds(2.1)));

    [Fact]
    public void Cloning_may_take_as_long_as_it_takes_and_replaying_too()
    {
        var watch = new RejoinWatch("main-db-2", "local");

        foreach (var minute in Enumerable.Range(0, 600))
        {
            Assert.Null(watch.Look(Stopped with { Job = "clone" }, TimeSpan.FromMinutes(minute)));
        }

        foreach (var minute in Enumerable.Range(600, 100))
        {
            Assert.Null(watch.Look(Stopped with { Role = "standby", Lsn = $"0/{minute}" }, TimeSpan.FromMinutes(minute)));
        }
    }

    [Fact]
    public void A_node_that_dies_meanwhile_is_waited_for_only_so_long()
    {
        var watch = new RejoinWatch("main-db-2", "local");
        Assert.Null(watch.Look(Stopped with { Job = "clone" }, Seconds(100)));

        Assert.Null(watch.Look(null, Seconds(219)));
        var end = watch.Look(null, Seconds(220));

        Assert.Equal(OperationsExitCode.Off, end?.ExitCode);
        Assert.StartsWith("main-db-2 has not answered for 120 s. See whether the machine runs (`appstack verify local`)", end?.Said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_on_which_nothing_happens_is_waited_for_only_so_long()
    {
        var watch = new RejoinWatch("main-db-2", "local");
        Assert.Null(watch.Look(Stopped with { Leader = "" }, Seconds(1)));

        var end = watch.Look(Stopped with { Leader = "" }, Seconds(121));

        Assert.Equal(OperationsExitCode.Off, end?.ExitCode);
        Assert.StartsWith("main-db-2 is down, follows nobody and has done nothing for 120 s; it knows of no leader. See who leads (`appstack db status local`)", end?.Said, StringComparison.Ordinal);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}

using AppStack.Components.Postgres;
using AppStack.Components.Postgres.Timeline;
using FsCheck;
using FsCheck.Fluent;

namespace AppStack.Components.Tests.Postgres.Cluster;

/// <summary>
/// The protocol, step by step, on machines that stand still between any two steps for as long as they like, with clocks that run apart:
/// arm a round in the kernel, send it, be heard or not, confirm it. Whenever a majority has granted the lease to somebody else, the gate of
/// the one before is shut, and stays so.
/// </summary>
public sealed class LeaseSimulationTests
{
    private const int Voters = 3;
    private const int Majority = 2;
    private static readonly Gen<Pause> Pauses =
        from quiet in Gen.Choose(0, 9)
        from milliseconds in quiet == 0 ? Gen.Choose(0, 6000) : Gen.Choose(0, 120)
        from heard in Gen.Choose(0, 7)
        select new Pause(milliseconds, heard);

    private static readonly Gen<Course> Courses =
        from steps in Pauses.ListOf(60)
        from tries in Gen.Choose(0, 30_000).ListOf(40)
        from clocks in Gen.Choose(-1000, 1000).ListOf(Voters + 1)
        from promise in Gen.Elements(Enum.GetValues<RecoveryTimePromise>())
        select new Course([.. steps], [.. tries.Order()], [.. clocks], promise);

    [Fact]
    public void Nobody_else_is_granted_the_lease_before_the_gate_is_shut() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(Courses.ToArbitrary(), course => Run(course, armFirst: true)));

    [Fact]
    public void The_simulation_notices_when_a_round_is_armed_only_once_it_is_confirmed() =>
        Assert.ThrowsAny<Exception>(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(Courses.ToArbitrary(), course => Run(course, armFirst: false))));

    private static bool Run(Course course, bool armFirst)
    {
        var timers = FailoverTimers.For(course.Promise);
        double[] speed = [.. course.Clocks.Select(clock => 1 + (timers.Drift / 2 * clock / 1000.0))];
        var hold = (timers.Hold.TotalMilliseconds / speed[Voters]) + timers.Fence.TotalMilliseconds;
        var grant = timers.Grant.TotalMilliseconds;

        var events = new PriorityQueue<Action<double>, double>();
        var promised = new double[Voters];
        var open = double.NegativeInfinity;
        var lost = false;
        var safe = true;

        // The leader: one thread of steps, however long each takes.
        var now = 0.0;
        for (var i = 0; i + 2 < course.Steps.Length; i += 3)
        {
            var armed = now += course.Steps[i].Milliseconds;
            var sent = now += course.Steps[i + 1].Milliseconds;
            var heard = new bool[Voters];
            for (var voter = 0; voter < Voters; voter++)
            {
                var (number, arrival) = (voter, sent + (course.Steps[(i + voter) % course.Steps.Length].Milliseconds / 2.0));
                if ((course.Steps[i].Heard >> voter & 1) == 1)
                {
                    events.Enqueue(at => Hear(number, at, heard), arrival);
                }
            }

            var confirmed = now += course.Steps[i + 2].Milliseconds;
            events.Enqueue(at => open = heard.Count(h => h) >= Majority ? (armFirst ? armed : at) + hold : open, confirmed);
        }

        foreach (var attempt in course.Tries)
        {
            events.Enqueue(Stand, attempt);
        }

        while (events.TryDequeue(out var happens, out var at))
        {
            happens(at);
            safe &= !lost || open <= at;
        }

        return safe;

        // Whoever has promised somebody else nothing more to the leader.
        void Hear(int voter, double at, bool[] heard)
        {
            if (!lost)
            {
                promised[voter] = Math.Max(promised[voter], at + (grant / speed[voter]));
                heard[voter] = true;
            }
        }

        void Stand(double at) => lost |= promised.Count(until => until <= at) >= Majority;
    }

    private sealed record Pause(int Milliseconds, int Heard);

    private sealed record Course(Pause[] Steps, int[] Tries, int[] Clocks, RecoveryTimePromise Promise)
    {
        public override string ToString() => $"{Promise}, clocks {string.Join(' ', Clocks)}, steps {string.Join(' ', Steps.Select(s => $"{s.Milliseconds}/{s.Heard}"))}, tries {string.Join(' ', Tries)}";
    }
}

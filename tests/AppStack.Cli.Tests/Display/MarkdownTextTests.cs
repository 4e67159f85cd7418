using AppStack.Cli.Display;
using AppStack.Engine.Events;
using AppStack.Testing;

namespace AppStack.Cli.Tests.Display;

public sealed class MarkdownTextTests
{
    [Fact]
    public void Preview_as_a_comment_on_a_pull_request()
    {
        var text = MarkdownText.Of("local", [.. SampleRun.Preview()]);

        Assert.All(["s3cr3t", "n3w", "hidden"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Snapshot.Verify(text, "md");
    }

    [Fact]
    public void Order_and_time_of_the_events_do_not_show()
    {
        var events = SampleRun.Preview().ToList();
        var backwards = events.AsEnumerable().Reverse().Select((happened, index) => happened with { Sequence = index + 1, Time = SampleRun.Began.AddHours(index) });

        Assert.Equal(MarkdownText.Of("local", events), MarkdownText.Of("local", [.. backwards]));
    }

    [Fact]
    public void Nothing_to_do_is_said()
    {
        var same = SampleRun.Preview().Where(happened => happened is EngineEvent.ResourceOutputs { Step.Kind: StepKind.Same });

        Assert.Contains("Nothing would change.", MarkdownText.Of("local", [.. same]), StringComparison.Ordinal);
    }
}

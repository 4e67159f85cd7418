using System.Text;
using AppStack.Cli.Display;
using AppStack.Engine.Events;
using AppStack.Testing;
using Spectre.Console;

namespace AppStack.Cli.Tests.Display;

public sealed class DisplayTests
{
    [Fact]
    public async Task LineDisplay_Update_OneLineForEachThingThatHappens() =>
        Snapshot.Verify(await Lines(SampleRun.Update(), "Updating (local)", preview: false, diff: false));

    [Fact]
    public async Task LineDisplay_Preview_OneLineForEachChange() =>
        Snapshot.Verify(await Lines(SampleRun.Preview(), "Previewing update (local)", preview: true, diff: false));

    [Fact]
    public async Task LineDisplay_PreviewWithDiff_ShowsWhatChangesAndNoSecret()
    {
        var text = await Lines(SampleRun.Preview(), "Previewing update (local)", preview: true, diff: true);

        Assert.DoesNotContain("s3cr3t", text, StringComparison.Ordinal);
        Assert.DoesNotContain("n3w", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        Snapshot.Verify(text);
    }

    [Fact]
    public async Task LineDisplay_NothingToDo_SaysSo()
    {
        var same = SampleRun.Preview().Where(happened => happened is EngineEvent.ResourcePre { Step.Kind: StepKind.Same } or EngineEvent.Summary)
            .Select(happened => happened is EngineEvent.Summary summary ? summary with { Changes = summary.Changes.Clear().Add(StepKind.Same, 7) } : happened);

        Snapshot.Verify(await Lines(same, "Updating (local)", preview: false, diff: false));
    }

    [Fact]
    public void LiveTree_HalfWay_ShowsRunningSteps() => Snapshot.Verify(Draw(SampleRun.Half(), height: 40));

    [Fact]
    public void LiveTree_SmallTerminal_ShowsWhatRunsFirst() => Snapshot.Verify(Draw(SampleRun.Half(), height: 8));

    [Fact]
    public void LiveTree_End_ShowsEveryChange()
    {
        var model = SampleRun.Update().Aggregate(new ProgressModel(), (folded, happened) => folded.Apply(happened));

        Snapshot.Verify(Render(LiveTree.DrawEnd("Updating (local)", model)));
    }

    [Fact]
    public void EventJson_Update_HasPulumisNamesAndNoSecret()
    {
        var lines = string.Join('\n', SampleRun.Update().Select(EventJson.Write).OfType<byte[]>().Select(Encoding.UTF8.GetString)) + "\n";

        Assert.DoesNotContain("s3cr3t", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", lines, StringComparison.Ordinal);
        Snapshot.Verify(lines, "jsonl");
    }

    private static async Task<string> Lines(IEnumerable<EngineEvent> events, string title, bool preview, bool diff)
    {
        var text = new StringWriter { NewLine = "\n" };
        var display = new LineDisplay(new StyledWriter(text, colours: false), title, preview, diff);
        await display.RunAsync(() =>
        {
            foreach (var happened in events)
            {
                display.Handle(happened);
            }

            return Task.FromResult(0);
        });
        return text.ToString();
    }

    private static string Draw(IEnumerable<EngineEvent> events, int height)
    {
        var model = events.Aggregate(new ProgressModel { Expected = 20 }, (folded, happened) => folded.Apply(happened));
        return Render(LiveTree.Draw("Updating (local)", model, SampleRun.Began, SampleRun.Began.AddSeconds(30), height));
    }

    private static string Render(Spectre.Console.Rendering.IRenderable picture)
    {
        var text = new StringWriter { NewLine = "\n" };
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(text) });
        console.Profile.Width = 120;
        console.Profile.Capabilities.Unicode = true;
        console.Write(picture);
        return string.Join('\n', text.ToString().Split('\n').Select(line => line.TrimEnd())) + "\n";
    }
}

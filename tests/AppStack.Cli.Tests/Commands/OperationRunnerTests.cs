using System.Collections.Immutable;
using AppStack.Cli.Commands;
using AppStack.Cli.Hosting;
using AppStack.Cli.Tests.Display;
using AppStack.Engine.Events;
using AppStack.Engine.Operations;
using Moq;

namespace AppStack.Cli.Tests.Commands;

public sealed class OperationRunnerTests
{
    private readonly Mock<IStackOperations> _operations = new(MockBehavior.Strict);
    private readonly Interruption _interruption = new();

    [Fact]
    public async Task RunAsync_Lab_UpdatesWithoutPreviewAndQuestion()
    {
        Up(Succeeded());

        var exitCode = await RunAsync(new FakeTerminal(), OperationKind.Up, asksNobody: true);

        Assert.Equal(ExitCodes.Done, exitCode);
        _operations.Verify(engine => engine.PreviewAsync(It.IsAny<Func<Task<int>>>(), It.IsAny<OperationOptions>(), It.IsAny<Action<EngineEvent>>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Theory]
    [InlineData("yes\n", ExitCodes.Done)]
    [InlineData("no\n", ExitCodes.Refused)]
    [InlineData("", ExitCodes.Refused)]
    public async Task RunAsync_Terminal_ShowsThePreviewAndAsks(string answer, int expected)
    {
        Preview(Succeeded());
        Up(Succeeded());
        var terminal = new FakeTerminal(answer, canAsk: true);

        var exitCode = await RunAsync(terminal, OperationKind.Up);

        Assert.Equal(expected, exitCode);
        Assert.Contains("Update the stack 'local' now?", terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_PreviewFails_DoesNotAsk()
    {
        Preview(Succeeded() with { Succeeded = false });
        var terminal = new FakeTerminal("yes\n", canAsk: true);

        Assert.Equal(ExitCodes.Failed, await RunAsync(terminal, OperationKind.Up));
        Assert.DoesNotContain("now?", terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Interrupted_SaysWhatIsPending()
    {
        Up(Succeeded() with { Succeeded = false, Cancelled = true, Pending = [SampleRun.Bundle] });
        var terminal = new FakeTerminal();

        var exitCode = await RunAsync(terminal, OperationKind.Up, asksNobody: true);

        Assert.Equal(ExitCodes.Interrupted, exitCode);
        Assert.Contains("command:remote:Command edge-lb-1-haproxy", terminal.Error, StringComparison.Ordinal);
        Assert.Contains("4 resources were not reached.", terminal.Error, StringComparison.Ordinal);
        Assert.Contains("run the command again to go on", terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Request_FirstStops_SecondBreaksOff_ThirdEndsTheProcess()
    {
        Assert.True(_interruption.Request());
        Assert.True(_interruption.Stop.IsCancellationRequested);
        Assert.False(_interruption.Abort.IsCancellationRequested);

        Assert.True(_interruption.Request());
        Assert.True(_interruption.Abort.IsCancellationRequested);

        Assert.False(_interruption.Request());
    }

    private Task<int> RunAsync(FakeTerminal terminal, OperationKind kind, bool asksNobody = false) =>
        new OperationRunner(terminal.Terminal, _interruption, TimeProvider.System).RunAsync(
            new OperationTarget { Stack = "local", Operations = _operations.Object, Program = () => Task.FromResult(0), AsksNobody = asksNobody, ToldResources = () => Task.FromResult(5) },
            new OperationRequest { Kind = kind });

    private void Preview(OperationResult result) => _operations
        .Setup(engine => engine.PreviewAsync(It.IsAny<Func<Task<int>>>(), It.IsAny<OperationOptions>(), It.IsAny<Action<EngineEvent>>(), It.IsAny<CancellationToken>()))
        .ReturnsAsync(result);

    private void Up(OperationResult result) => _operations
        .Setup(engine => engine.UpAsync(It.IsAny<Func<Task<int>>>(), It.IsAny<OperationOptions>(), It.IsAny<Action<EngineEvent>>(), It.IsAny<CancellationToken>()))
        .ReturnsAsync(result);

    private static OperationResult Succeeded() => new()
    {
        Succeeded = true,
        Changes = ImmutableSortedDictionary<StepKind, int>.Empty,
        Duration = TimeSpan.FromSeconds(1),
    };
}

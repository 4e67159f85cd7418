using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Operations;

namespace AppStack.Engine.Lifecycle.Tests.Harness;

/// <summary>Runs a test's program as the SDK would: the stack first, its outputs last, an exception is an error of the program.</summary>
internal sealed class TestProgramHost : IProgramHost
{
    public Func<TestProgram, Task> Body { get; set; } = _ => Task.CompletedTask;

    public TestProgram? Last { get; private set; }

    public async Task<int> RunAsync(Func<Task<int>> program, ProgramContext context, IResourceMonitor monitor, CancellationToken cancellationToken)
    {
        var stack = await monitor.RegisterResourceAsync(
            new RegisterResourceRequest { Type = "pulumi:pulumi:Stack", Name = $"{context.Project}-{context.Stack}", Custom = false }, cancellationToken);
        Last = new TestProgram(monitor, context, stack.Urn);
        try
        {
            await Body(Last);
        }
        catch (ProgramFailure failure)
        {
            monitor.Log(new LogMessage(LogSeverity.Error, failure.Message));
            return 32;
        }

        await monitor.RegisterResourceOutputsAsync(stack.Urn, PropertyMap.Of(Last.Outputs), cancellationToken);
        return 0;
    }
}

/// <summary>The program itself fails.</summary>
internal sealed class ProgramFailure(string message) : Exception(message);

using AppStack.Engine.Model.Registration;
using Pulumi;

namespace AppStack.Sdk.Tests.Support;

/// <summary>Runs programs against a monitor, as the engine does.</summary>
internal static class Run
{
    public static Task<int> Program(
        IResourceMonitor monitor,
        Func<Task<int>> program,
        bool isDryRun = false,
        IReadOnlyDictionary<string, string>? config = null,
        IReadOnlySet<string>? secrets = null,
        CancellationToken cancellationToken = default) =>
        new ProgramHost
        {
            Monitor = monitor,
            Project = "project",
            Stack = "stack",
            RootDirectory = "/project",
            IsDryRun = isDryRun,
            Config = config ?? new Dictionary<string, string>(StringComparer.Ordinal),
            ConfigSecretKeys = secrets ?? new HashSet<string>(StringComparer.Ordinal),
            CancellationToken = cancellationToken,
        }.RunAsync(program);

    /// <summary>Runs a program that must succeed.</summary>
    public static async Task<FakeMonitor> Ok(Action program, bool isDryRun = false, FakeMonitor? monitor = null)
    {
        monitor ??= new FakeMonitor();
        var exitCode = await Program(monitor, () => Deployment.RunAsync(program), isDryRun);
        Assert.Equal([], monitor.Errors);
        Assert.Equal(0, exitCode);
        return monitor;
    }

    /// <summary>Runs an asynchronous program that must succeed.</summary>
    public static async Task<FakeMonitor> Ok(Func<Task> program, bool isDryRun = false, FakeMonitor? monitor = null)
    {
        monitor ??= new FakeMonitor();
        var exitCode = await Program(monitor, () => Deployment.RunAsync(program), isDryRun);
        Assert.Equal([], monitor.Errors);
        Assert.Equal(0, exitCode);
        return monitor;
    }

    /// <summary>Runs a program that must fail, and gives the errors that were logged.</summary>
    public static async Task<string[]> Failing(Action program, bool isDryRun = false, FakeMonitor? monitor = null)
    {
        monitor ??= new FakeMonitor();
        Assert.Equal(32, await Program(monitor, () => Deployment.RunAsync(program), isDryRun));
        return [.. monitor.Errors];
    }
}

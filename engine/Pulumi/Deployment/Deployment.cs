using System.Collections.Immutable;
using AppStack.Engine.Model.Registration;

namespace Pulumi;

/// <summary>A run of a program: what the program declares is registered with the engine and awaited.</summary>
public sealed partial class Deployment
{
    private static readonly AsyncLocal<DeploymentInstance?> CurrentInstance = new();

    private readonly ProgramHost _host;
    private readonly TaskTracker _tasks = new();
    private readonly Action<Resource>? _onRegister;
    private Stack? _stack;
    private volatile bool _loggedErrors;

    internal Deployment(ProgramHost host, Action<Resource>? onRegister = null)
    {
        _host = host;
        _onRegister = onRegister;
    }

    /// <summary>The current run.</summary>
    /// <exception cref="InvalidOperationException">There is none in this asynchronous flow.</exception>
    public static DeploymentInstance Instance =>
        CurrentInstance.Value ?? throw new InvalidOperationException("Trying to acquire Deployment.Instance before 'Run' was called.");

    internal static Deployment Internal => Instance.Deployment;

    internal ProgramHost Host => _host;

    /// <summary>The name of the stack resource.</summary>
    internal string RootName => $"{_host.Project}-{_host.Stack}";

    internal Stack Stack
    {
        get => _stack ?? throw new InvalidOperationException("Trying to acquire Deployment.Stack before 'Run' was called.");
        set => _stack = value;
    }

    /// <summary>Makes the current run, if any, wait for an output and report its failure.</summary>
    internal static void TrackOutput(Task task) => CurrentInstance.Value?.Deployment._tasks.Track(task);

    /// <summary>A configuration value by its full key.</summary>
    internal string? GetConfig(string fullKey) => _host.Config.GetValueOrDefault(fullKey);

    internal void Log(LogSeverity severity, string message, Resource? resource, int? streamId, bool? ephemeral)
    {
        _loggedErrors |= severity == LogSeverity.Error;
        var urn = resource?.Urn?.DataTask;
        if (urn is null || urn.IsCompleted)
        {
            _host.Monitor.Log(new LogMessage(severity, message, UrnOf(urn), streamId ?? 0, ephemeral ?? false));
            return;
        }

        _tasks.Track(LogLaterAsync());

        async Task LogLaterAsync()
        {
            await ((Task)urn).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _host.Monitor.Log(new LogMessage(severity, message, UrnOf(urn), streamId ?? 0, ephemeral ?? false));
        }
    }

#pragma warning disable RS0030 // The task has completed.
    private static string? UrnOf(Task<OutputData<string>>? completed) => completed is { IsCompletedSuccessfully: true } ? completed.Result.Value : null;
#pragma warning restore RS0030
}

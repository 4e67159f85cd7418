using System.Collections.Concurrent;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;

namespace AppStack.Engine.Providers.Tests.Common;

/// <summary>Keeps what an operation tells, and lets a test wait for it.</summary>
internal sealed class RecordingLog : IOperationLog
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ConcurrentQueue<(LogSeverity Severity, string Message)> Messages { get; } = new();

    public ConcurrentQueue<string> Statuses { get; } = new();

    public IEnumerable<string> Lines => Messages.Select(message => message.Message);

    /// <summary>Hears of each status before whoever tells it goes on.</summary>
    public Action<string>? OnStatus { get; init; }

    /// <summary>Completes with the first message.</summary>
    public Task First => _first.Task;

    public void Write(LogSeverity severity, string message)
    {
        Messages.Enqueue((severity, message));
        _first.TrySetResult();
    }

    public void Status(string message)
    {
        Statuses.Enqueue(message);
        OnStatus?.Invoke(message);
    }
}

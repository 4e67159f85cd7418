using System.Diagnostics;

namespace Pulumi;

/// <summary>
/// Counts the work under way. A program declares resources without waiting for them; the run ends when nothing is under way any more.
/// </summary>
internal sealed class TaskTracker
{
    private readonly Lock _lock = new();
    private readonly HashSet<Exception> _seen = new(ReferenceEqualityComparer.Instance);
    private List<Exception> _failures = [];
    private TaskCompletionSource? _changed;
    private int _active;

    /// <summary>Waits for a task and notes its failure.</summary>
    public void Track(Task task)
    {
        if (task.IsCompletedSuccessfully)
        {
            return;
        }

        Interlocked.Increment(ref _active);
        _ = task.ContinueWith(
            static (completed, tracker) => ((TaskTracker)tracker!).Complete(completed),
            this,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Completes at the first failures not yet given, or with none when nothing is under way. Each failure is given once.</summary>
    public async Task<IReadOnlyList<Exception>> NextFailuresAsync()
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_failures.Count > 0)
                {
                    var failures = _failures;
                    _failures = [];
                    return failures;
                }

                if (Volatile.Read(ref _active) == 0)
                {
                    return [];
                }

                _changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                changed = _changed.Task;
            }

            await changed.ConfigureAwait(false);
        }
    }

    private void Complete(Task task)
    {
        // Most tasks succeed and are not the last; they need no lock.
        if (task.IsCompletedSuccessfully && DecrementUnlessLast())
        {
            return;
        }

        TaskCompletionSource? changed = null;
        lock (_lock)
        {
            foreach (var failure in task.IsCanceled ? [CancellationOf(task)] : task.Exception?.InnerExceptions ?? [])
            {
                if (_seen.Add(failure))
                {
                    _failures.Add(failure);
                }
            }

            if (Interlocked.Decrement(ref _active) == 0 || !task.IsCompletedSuccessfully)
            {
                changed = _changed;
                _changed = null;
            }
        }

        changed?.TrySetResult();
    }

    // Gives the exception that was thrown, so that one cancellation seen through many outputs is one failure.
    private static Exception CancellationOf(Task canceled)
    {
        try
        {
            canceled.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException exception)
        {
            return exception;
        }

        throw new UnreachableException("The task was cancelled.");
    }

    private bool DecrementUnlessLast()
    {
        var active = Volatile.Read(ref _active);
        while (active > 1)
        {
            var before = Interlocked.CompareExchange(ref _active, active - 1, active);
            if (before == active)
            {
                return true;
            }

            active = before;
        }

        return false;
    }
}

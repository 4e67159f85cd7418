namespace AppStack.Ssh.Multiplexing;

/// <summary>How many bytes the other side still takes (RFC 4254, section 5.2). One reader adds to it, one writer takes from it.</summary>
internal sealed class SendWindow
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _size;

    public void Add(uint bytes)
    {
        lock (_lock)
        {
            _size += bytes;
            _opened.TrySetResult();
        }
    }

    /// <summary>Waits until there is room, and takes as much of it as is wanted and there.</summary>
    public async Task<int> TakeAsync(int wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task opened;
            lock (_lock)
            {
                if (_size > 0)
                {
                    var taken = (int)Math.Min(wanted, _size);
                    _size -= taken;
                    return taken;
                }

                if (_opened.Task.IsCompleted)
                {
                    _opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                }

                opened = _opened.Task;
            }

            await opened.WaitAsync(cancellationToken);
        }
    }
}

using System.Collections.Immutable;
using System.Threading.Channels;
using AppStack.Engine.Backend;
using AppStack.Engine.Secrets;

namespace AppStack.Engine.Journal;

/// <summary>
/// The journal of a run, on disk. One writer takes whatever has gathered since its last write and flushes it once, so that steps that run
/// in parallel share a flush. The file is made when the first entry comes that is not only "kept", so that a run without changes writes none.
/// </summary>
internal sealed class FileJournal : IJournal
{
    private readonly IStateFiles _files;
    private readonly string _path;
    private readonly JournalHeader _header;
    private readonly JournalFormat _format;
    private readonly Channel<Request> _queue = Channel.CreateUnbounded<Request>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<JournalEntry> _entries = [];
    private readonly Lock _lock = new();
    private readonly Task _writer;
    private volatile Exception? _failure;

    public FileJournal(IStateFiles files, string path, JournalHeader header, ISecretCodec codec)
    {
        _files = files;
        _path = path;
        _header = header;
        _format = new JournalFormat(codec);
        _writer = Task.Run(WriteAsync);
    }

    /// <inheritdoc/>
    public bool IsBroken => _failure is not null;

    /// <inheritdoc/>
    public ImmutableArray<JournalEntry> Entries
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    public void Append(JournalEntry entry) => Enqueue(new Request(entry, Flushed: null));

    public Task AppendDurablyAsync(JournalEntry entry)
    {
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Enqueue(new Request(entry, flushed));
        return flushed.Task;
    }

    /// <inheritdoc/>
    public async Task CompleteAsync()
    {
        _queue.Writer.TryComplete();
        await _writer;
        if (_failure is { } failure)
        {
            throw new IOException($"The journal {_path} could not be written: {failure.Message}", failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _writer;
    }

    private static bool IsOnlyKept(JournalEntry entry) =>
        entry is { Begin: null, End: null, Set: [], Drop: [], Put: [], Renamed: [] };

    // Order in the file and order in memory must be the same, so both happen under one lock. What cannot be written any more (disk full) is
    // still remembered: the state that is written at the end may find room.
    private void Enqueue(Request request)
    {
        lock (_lock)
        {
            _entries.Add(request.Entry);
            if (_queue.Writer.TryWrite(request))
            {
                return;
            }
        }

        request.Flushed?.TrySetException(new IOException($"The journal {_path} is closed.", _failure));
    }

    private async Task WriteAsync()
    {
        IAppendFile? file = null;
        var waiting = new List<TaskCompletionSource>();
        var held = new List<JournalEntry>();
        try
        {
            while (await _queue.Reader.WaitToReadAsync())
            {
                while (_queue.Reader.TryRead(out var request))
                {
                    held.Add(request.Entry);
                    if (request.Flushed is { } flushed)
                    {
                        waiting.Add(flushed);
                    }
                }

                if (file is null && waiting.Count == 0 && held.TrueForAll(IsOnlyKept))
                {
                    continue;
                }

                if (file is null)
                {
                    file = _files.OpenAppend(_path);
                    file.Append(JournalFormat.Header(_header).Span);
                }

                foreach (var entry in held)
                {
                    file.Append(_format.Line(entry).Span);
                }

                held.Clear();
                if (waiting.Count > 0)
                {
                    file.Flush(toDisk: true);
                    foreach (var flushed in waiting)
                    {
                        flushed.TrySetResult();
                    }

                    waiting.Clear();
                }
                else
                {
                    file.Flush(toDisk: false);
                }
            }
        }
        catch (Exception exception)
        {
            Fail(exception, waiting);
        }
        finally
        {
            file?.Dispose();
        }
    }

    private void Fail(Exception exception, List<TaskCompletionSource> waiting)
    {
        _failure = exception;
        _queue.Writer.TryComplete();
        while (_queue.Reader.TryRead(out var request))
        {
            if (request.Flushed is { } flushed)
            {
                waiting.Add(flushed);
            }
        }

        foreach (var flushed in waiting)
        {
            flushed.TrySetException(new IOException($"The journal {_path} could not be written: {exception.Message}", exception));
        }
    }

    private sealed record Request(JournalEntry Entry, TaskCompletionSource? Flushed);
}

using System.Text;
using AppStack.Ssh;

namespace AppStack.Engine.Providers.Command;

/// <summary>Runs one program on this machine to its end, and with its whole process group when there is not enough time.</summary>
internal sealed class LocalProcess(
    IReadOnlyList<string> words, IReadOnlyDictionary<string, string> environment, string directory, string? stdin, TimeProvider timeProvider)
{
    private static readonly TimeSpan EndGracePeriod = TimeSpan.FromSeconds(2);

    // A service started in the background may keep the output open for ever; what the command itself wrote is there by then.
    private static readonly TimeSpan OutputGracePeriod = TimeSpan.FromSeconds(1);

    /// <summary>Runs it.</summary>
    /// <exception cref="TimeoutException">It took too long, and was ended.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled, and was ended.</exception>
    /// <exception cref="IOException">It cannot be started.</exception>
    public async Task<LocalResult> RunAsync(TimeSpan? timeout, Action<string> onStdout, Action<string> onStderr, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = ProcessGroup.Start(
            words[0], words.Skip(1), environment.Select(variable => KeyValuePair.Create(variable.Key, (string?)variable.Value)), directory);
        using var limit = new CancellationTokenSource(timeout ?? Timeout.InfiniteTimeSpan, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var stopReading = new CancellationTokenSource();
        var stdout = ReadAsync(process.Stdout, onStdout, stopReading.Token);
        var stderr = ReadAsync(process.Stderr, onStderr, stopReading.Token);
        var writing = WriteAsync(process.Stdin, either.Token);
        try
        {
            await process.WaitForExitAsync(either.Token);
        }
        catch (OperationCanceledException exception)
        {
            await process.EndAsync(EndGracePeriod, timeProvider);
            await FinishAsync(stdout, stderr, stopReading);
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException(
                $"The command took longer than {timeout!.Value.TotalSeconds:0.###} s and was ended with all of its processes; what it did so far is unknown.", exception);
        }

        await FinishAsync(stdout, stderr, stopReading);
        await either.CancelAsync();
        await writing;
        return new LocalResult(process.ExitCode, await stdout, await stderr);
    }

    private async Task FinishAsync(Task<string> stdout, Task<string> stderr, CancellationTokenSource stopReading)
    {
        var both = Task.WhenAll(stdout, stderr);
        using var patience = new CancellationTokenSource(OutputGracePeriod, timeProvider);
        try
        {
            await both.WaitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            await stopReading.CancelAsync();
            await both;
        }
    }

    private async Task WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            await using (stream)
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(stdin ?? ""), cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // The command ended without reading all of its input, which is its own business.
        }
    }

    private static async Task<string> ReadAsync(Stream stream, Action<string> onLine, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var lineStart = 0;
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        var buffer = new char[4096];
        try
        {
            int length;
            while ((length = await reader.ReadAsync(buffer, cancellationToken)) > 0)
            {
                for (var i = 0; i < length; i++)
                {
                    text.Append(buffer[i]);
                    if (buffer[i] == '\n')
                    {
                        onLine(text.ToString(lineStart, text.Length - 1 - lineStart).TrimEnd('\r'));
                        lineStart = text.Length;
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Somebody else keeps the output open.
        }

        if (lineStart < text.Length)
        {
            onLine(text.ToString(lineStart, text.Length - lineStart));
        }

        return text.ToString();
    }
}

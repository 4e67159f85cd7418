using System.Runtime.InteropServices;
using System.Text;

namespace AppStack.Ssh;

/// <summary>What a remote command reads from its standard input.</summary>
public sealed class SshInput
{
    private readonly Func<CancellationToken, Task<Stream>> _open;

    private SshInput(Func<CancellationToken, Task<Stream>> open) => _open = open;

    /// <summary>A text, sent as UTF-8.</summary>
    public static SshInput Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>Bytes.</summary>
    public static SshInput Of(ReadOnlyMemory<byte> content)
    {
        var bytes = MemoryMarshal.TryGetArray(content, out var segment) ? segment : content.ToArray();
        return Of(() => new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false));
    }

    /// <summary>A stream, opened when the command starts and disposed when it ends.</summary>
    public static SshInput Of(Func<Stream> open) => new(_ => Task.FromResult(open()));

    /// <summary>A stream that takes time to open.</summary>
    public static SshInput Of(Func<CancellationToken, Task<Stream>> open) => new(open);

    /// <summary>Opens the input for reading; whoever opens it disposes the stream.</summary>
    public Task<Stream> OpenAsync(CancellationToken cancellationToken = default) => _open(cancellationToken);
}

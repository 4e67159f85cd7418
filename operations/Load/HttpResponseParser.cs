using System.Buffers.Text;
using System.Text;

namespace AppStack.Operations.Load;

/// <summary>
/// Reads one HTTP/1.1 response piece by piece, only as far as a load generator needs it: status, length of the body, whether the
/// connection stays open. Reset and reused for the next response of a connection.
/// </summary>
internal sealed class HttpResponseParser
{
    private const int MaximumHead = 16 * 1024;
    private readonly byte[] _head = new byte[MaximumHead];
    private int _headLength;
    private long _bodyLeft;
    private bool _bodyUntilClose;
    private bool _inBody;

    /// <summary>The status code, once the head was read.</summary>
    public int Status { get; private set; }

    /// <summary>Whether the server keeps the connection open after this response.</summary>
    public bool KeepsAlive { get; private set; }

    /// <summary>Whether any byte of the response has arrived.</summary>
    public bool Started => _headLength > 0;

    /// <summary>Prepares for the next response.</summary>
    public void Reset()
    {
        _headLength = 0;
        _bodyLeft = 0;
        _bodyUntilClose = false;
        _inBody = false;
        Status = 0;
        KeepsAlive = true;
    }

    /// <summary>Takes bytes that arrived.</summary>
    /// <returns>Whether the response is complete.</returns>
    /// <exception cref="FormatException">The bytes are not a response that this client understands.</exception>
    public bool Feed(ReadOnlySpan<byte> bytes)
    {
        if (!_inBody)
        {
            var before = _headLength;
            if (!TryTakeHead(ref bytes, before))
            {
                return false;
            }
        }

        _bodyLeft -= bytes.Length;
        return !_bodyUntilClose && _bodyLeft <= 0;
    }

    /// <summary>Tells that the server closed the connection.</summary>
    /// <returns>Whether that completes the response.</returns>
    public bool Close() => _inBody && (_bodyUntilClose || _bodyLeft <= 0);

    private bool TryTakeHead(ref ReadOnlySpan<byte> bytes, int before)
    {
        var take = Math.Min(bytes.Length, MaximumHead - before);
        bytes[..take].CopyTo(_head.AsSpan(before));
        _headLength += take;
        var searchFrom = Math.Max(0, before - 3);
        var end = _head.AsSpan(searchFrom, _headLength - searchFrom).IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return _headLength < MaximumHead ? false : throw new FormatException("the head of the response is longer than 16 KiB");
        }

        var headEnd = searchFrom + end + 4;
        bytes = bytes[(headEnd - before)..];
        _inBody = true;
        ParseHead(_head.AsSpan(0, headEnd - 2));
        return true;
    }

    private void ParseHead(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("HTTP/1."u8) || head.Length < 14 || !Utf8Parser.TryParse(head[9..], out int status, out _))
        {
            throw new FormatException("not an HTTP/1.1 response");
        }

        Status = status;
        _bodyUntilClose = true;
        KeepsAlive = head[7] == '1';
        head = head[(head.IndexOf("\r\n"u8) + 2)..];
        while (!head.IsEmpty)
        {
            var lineEnd = head.IndexOf("\r\n"u8);
            var line = head[..lineEnd];
            head = head[(lineEnd + 2)..];
            var colon = line.IndexOf((byte)':');
            if (colon <= 0)
            {
                continue;
            }

            var value = line[(colon + 1)..].Trim((byte)' ');
            if (Ascii.EqualsIgnoreCase(line[..colon], "content-length"u8))
            {
                _bodyLeft = Utf8Parser.TryParse(value, out long length, out _) ? length : throw new FormatException("bad Content-Length");
                _bodyUntilClose = false;
            }
            else if (Ascii.EqualsIgnoreCase(line[..colon], "connection"u8))
            {
                KeepsAlive = !Ascii.EqualsIgnoreCase(value, "close"u8);
            }
            else if (Ascii.EqualsIgnoreCase(line[..colon], "transfer-encoding"u8))
            {
                throw new FormatException("chunked responses are not understood; ask for a static file");
            }
        }

        KeepsAlive &= !_bodyUntilClose;
    }
}

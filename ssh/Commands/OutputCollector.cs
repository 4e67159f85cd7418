using System.Buffers;
using System.Text;

namespace AppStack.Ssh.Commands;

/// <summary>Keeps what a command writes, and tells each whole line as soon as it is there.</summary>
internal sealed class OutputCollector(Action<string>? onLine)
{
    private readonly ArrayBufferWriter<byte> _all = new();
    private int _lineStart;

    public ReadOnlyMemory<byte> Written => _all.WrittenMemory;

    public void Add(ReadOnlySpan<byte> data)
    {
        _all.Write(data);
        if (onLine is null)
        {
            return;
        }

        int length;
        while ((length = _all.WrittenSpan[_lineStart..].IndexOf((byte)'\n')) >= 0)
        {
            Tell(length);
            _lineStart += length + 1;
        }
    }

    /// <summary>Tells a last line that has no line feed.</summary>
    public void Complete()
    {
        if (onLine is not null && _lineStart < _all.WrittenCount)
        {
            Tell(_all.WrittenCount - _lineStart);
            _lineStart = _all.WrittenCount;
        }
    }

    private void Tell(int length) => onLine!(Encoding.UTF8.GetString(_all.WrittenSpan.Slice(_lineStart, length)).TrimEnd('\r'));
}

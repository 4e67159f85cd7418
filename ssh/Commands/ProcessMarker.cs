using System.Buffers;
using System.Globalization;
using System.Text;
using AppStack.Ssh.Connections;

namespace AppStack.Ssh.Commands;

/// <summary>
/// Learns the process id of a command. The shell is made to write it as its first line on standard error, marked by a word that cannot
/// be guessed; this takes that line out of the stream. sshd gives each command a session of its own, so the shell's process id is also
/// the number of the group of all its processes.
/// </summary>
internal sealed class ProcessMarker
{
    // What start-up files of the shell may write before the mark.
    private const int LongestNoise = 64 * 1024;

    private readonly byte[] _mark;
    private readonly string _word = RandomName.Next();
    private readonly ArrayBufferWriter<byte> _held = new();
    private readonly TaskCompletionSource<int?> _processId = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _found;

    public ProcessMarker() => _mark = Encoding.ASCII.GetBytes($"\u0001{_word} ");

    /// <summary>The process id; <see langword="null"/> when the command ended without telling it.</summary>
    public Task<int?> ProcessId => _processId.Task;

    /// <summary>The command with the mark before it, on the same line so that the shell's line numbers stay right.</summary>
    public string Mark(string command) => $"printf '\\001%s %s\\n' {_word} \"$$\" >&2; {command}";

    /// <summary>Passes on what the command itself wrote.</summary>
    public void Filter(ReadOnlySpan<byte> data, OutputCollector output)
    {
        if (_found)
        {
            output.Add(data);
            return;
        }

        _held.Write(data);
        var start = _held.WrittenSpan.IndexOf(_mark);
        var length = start < 0 ? -1 : _held.WrittenSpan[start..].IndexOf((byte)'\n');
        if (length >= 0)
        {
            var number = _held.WrittenSpan[(start + _mark.Length)..(start + length)];
            _processId.TrySetResult(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null);
            output.Add(_held.WrittenSpan[..start]);
            output.Add(_held.WrittenSpan[(start + length + 1)..]);
            _found = true;
        }
        else if (_held.WrittenCount > LongestNoise)
        {
            Complete(output);
        }
    }

    /// <summary>Passes on what was held back; there is no mark in it.</summary>
    public void Complete(OutputCollector output)
    {
        if (!_found)
        {
            _found = true;
            output.Add(_held.WrittenSpan);
            _processId.TrySetResult(null);
        }
    }
}

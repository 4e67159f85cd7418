using System.Text;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Command;

/// <summary>Passes a command's output on as it arrives, as far as the <c>logging</c> input wants it, and keeps both streams together for messages.</summary>
internal sealed class CommandOutputLog(IOperationLog log, string? logging, SecretTexts secrets)
{
    // Enough to see what went wrong, and short enough for a terminal.
    private const int LongestKept = 16 * 1024;

    private readonly Lock _lock = new();
    private readonly StringBuilder _combined = new();

    /// <summary>The last of what the command wrote, in the order of arrival, without secrets.</summary>
    public string Combined
    {
        get
        {
            lock (_lock)
            {
                var text = _combined.ToString().TrimEnd('\n');
                return text.Length <= LongestKept ? text : "[...]\n" + text[^LongestKept..];
            }
        }
    }

    public void Stdout(string line) => Take(line, LoggingMode.ShowsStdout(logging));

    public void Stderr(string line) => Take(line, LoggingMode.ShowsStderr(logging));

    private void Take(string line, bool show)
    {
        var masked = secrets.MaskIn(line);
        lock (_lock)
        {
            _combined.Append(masked).Append('\n');
            if (_combined.Length > 2 * LongestKept)
            {
                _combined.Remove(0, _combined.Length - LongestKept - 1);
            }
        }

        if (show)
        {
            log.Write(LogSeverity.Info, masked);
        }
    }
}

using System.Globalization;

namespace AppStack.Ssh.Commands;

/// <summary>Renders the shell command that ends a group of processes: first asking, after a while not asking.</summary>
internal static class EndScript
{
    public static string Render(int processId, TimeSpan gracePeriod)
    {
        var group = (-processId).ToString(CultureInfo.InvariantCulture);
        var tenths = Math.Max(1, (int)(gracePeriod.TotalSeconds * 10));
        return $"kill -s TERM -- {group} 2>/dev/null; i=0; "
            + $"while kill -s 0 -- {group} 2>/dev/null && [ $i -lt {tenths.ToString(CultureInfo.InvariantCulture)} ]; do sleep 0.1; i=$((i+1)); done; "
            + $"kill -s KILL -- {group} 2>/dev/null; exit 0";
    }
}

using System.Globalization;

namespace AppStack.Cli.Display;

/// <summary>Durations as displays show them.</summary>
internal static class ElapsedText
{
    /// <summary>Milliseconds below a second, hundredths below ten seconds, whole seconds and minutes above.</summary>
    public static string Of(TimeSpan elapsed) => elapsed.TotalSeconds switch
    {
        < 1 => $"{elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)}ms",
        < 10 => $"{elapsed.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture)}s",
        < 60 => $"{elapsed.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)}s",
        _ => $"{(int)elapsed.TotalMinutes}m{elapsed.Seconds.ToString("00", CultureInfo.InvariantCulture)}s",
    };
}

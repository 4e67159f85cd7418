using System.Globalization;

namespace AppStack.Stacks.Environments.Reading;

/// <summary>Durations as they are written in descriptors: a whole number and its unit.</summary>
public static class Durations
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>Reads a duration such as <c>100ms</c>, <c>9s</c>, <c>5m</c>, <c>1h</c> or <c>15d</c>.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        foreach (var (unit, length) in Units)
        {
            if (text[digits..] == unit && long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                && count <= TimeSpan.MaxValue / length)
            {
                duration = count * length;
                return true;
            }
        }

        duration = default;
        return false;
    }

    /// <summary>Writes a duration with the largest unit that leaves a whole number.</summary>
    public static string Format(TimeSpan duration)
    {
        foreach (var (unit, length) in Units.Reverse())
        {
            if (duration.Ticks % length.Ticks == 0 && duration >= length)
            {
                return $"{duration.Ticks / length.Ticks}{unit}";
            }
        }

        return $"{duration.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)}ms";
    }
}

namespace AppStack.Engine.State;

/// <summary>Times in state: RFC 3339 in UTC, decimals without trailing zeros.</summary>
internal static class Timestamps
{
    public static string Format(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        var text = utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture);
        return text.TrimEnd('0').TrimEnd('.') + "Z";
    }

    public static long UnixNanoseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * 100;
}

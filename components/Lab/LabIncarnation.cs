using System.Globalization;

namespace AppStack.Components.Lab;

/// <summary>
/// Which life of a thing of the lab is meant. It is an input of the resource, so that a thing that died without our doing
/// (the host rebooted, its session was killed) shows as a change, and <c>up</c> brings it back in place; a thing that lives
/// has the incarnation that was recorded when it was brought up, so that nothing changes.
/// </summary>
internal static class LabIncarnation
{
    /// <summary>The incarnation that a thing shall have after the next <c>up</c>.</summary>
    /// <param name="recorded">What the script recorded after the last success; <see langword="null"/> when there is nothing.</param>
    /// <param name="alive">Whether the thing is there and runs.</param>
    /// <param name="fresh">Gives an identity that was never used, for a thing that does not exist.</param>
    /// <returns>The recorded one when alive, its successor when dead, a new one when absent.</returns>
    public static string Next(string? recorded, bool alive, Func<string> fresh)
    {
        if (string.IsNullOrWhiteSpace(recorded))
        {
            return $"{fresh()}.1";
        }

        if (alive)
        {
            return recorded;
        }

        var dot = recorded.LastIndexOf('.');
        return dot > 0 && int.TryParse(recorded.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? $"{recorded[..dot]}.{count + 1}"
            : $"{recorded}.1";
    }
}

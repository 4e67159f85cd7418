using System.Globalization;

namespace AppStack.Engine.Providers.Kubernetes.Objects;

/// <summary>Amounts as Kubernetes writes them: <c>500m</c>, <c>1Gi</c>, <c>2e3</c>. The API server rewrites them to its own form.</summary>
internal static class Quantity
{
    private static readonly Dictionary<string, decimal> Units = new(StringComparer.Ordinal)
    {
        ["n"] = 1e-9m, ["u"] = 1e-6m, ["m"] = 1e-3m, [""] = 1, ["k"] = 1e3m, ["M"] = 1e6m, ["G"] = 1e9m, ["T"] = 1e12m, ["P"] = 1e15m, ["E"] = 1e18m,
        ["Ki"] = 1L << 10, ["Mi"] = 1L << 20, ["Gi"] = 1L << 30, ["Ti"] = 1L << 40, ["Pi"] = 1L << 50, ["Ei"] = 1L << 60,
    };

    /// <summary>Whether two texts are the same amount.</summary>
    public static bool AreSame(string left, string right) => TryParse(left) is { } amount && amount == TryParse(right);

    private static decimal? TryParse(string text)
    {
        var end = text.Length;
        while (end > 0 && char.IsAsciiLetter(text[end - 1]))
        {
            end--;
        }

        // `2e3` ends in a digit: its exponent belongs to the number.
        return Units.TryGetValue(text[end..], out var unit)
            && decimal.TryParse(text[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && Math.Abs(number) < 1e9m / Math.Max(unit / 1e18m, 1e-9m)
            ? number * unit
            : null;
    }
}

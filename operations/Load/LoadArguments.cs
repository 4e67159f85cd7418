using System.Globalization;
using System.Net;

namespace AppStack.Operations.Load;

/// <summary>Turns <see cref="LoadOptions"/> into the arguments of the hidden verb <c>load</c> and back.</summary>
/// <remarks>
/// The verb is called by other commands, never by people, and its start-up time is part of every drill: it is parsed here, before
/// anything of the command-line library is loaded.
/// </remarks>
public static class LoadArguments
{
    /// <summary>Renders the arguments that <see cref="TryParse"/> reads back to equal options.</summary>
    public static IReadOnlyList<string> Format(LoadOptions options)
    {
        var arguments = new List<string>
        {
            "--target", options.Target.ToString(),
            "--path", options.Path,
            "--rate", options.Rate.ToString(CultureInfo.InvariantCulture),
            "--connections", options.Connections.ToString(CultureInfo.InvariantCulture),
            "--timeout-ms", options.Timeout.TotalMilliseconds.ToString(CultureInfo.InvariantCulture),
            "--user-agent", options.UserAgent,
        };
        if (options.Duration is { } duration)
        {
            arguments.AddRange(["--duration-ms", duration.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)]);
        }

        return arguments;
    }

    /// <summary>Reads arguments.</summary>
    /// <param name="arguments">Pairs of a name and a value, in any order.</param>
    /// <param name="options">The options, when every argument is right.</param>
    /// <param name="problems">Every problem of the arguments, with what would be right.</param>
    /// <returns>Whether <paramref name="options"/> was set.</returns>
    public static bool TryParse(IReadOnlyList<string> arguments, out LoadOptions? options, out IReadOnlyList<string> problems)
    {
        var found = new List<string>();
        var result = new LoadOptions { Target = new IPEndPoint(IPAddress.None, 0) };
        var hasTarget = false;
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var value = i + 1 < arguments.Count ? arguments[i + 1] : "";
            switch (arguments[i])
            {
                case "--target" when IPEndPoint.TryParse(value, out var target) && target.Port > 0:
                    result = result with { Target = target };
                    hasTarget = true;
                    break;
                case "--path" when value.StartsWith('/') && !value.Contains(' ', StringComparison.Ordinal):
                    result = result with { Path = value };
                    break;
                case "--rate" when TryPositive(value, out var rate):
                    result = result with { Rate = rate };
                    break;
                case "--connections" when int.TryParse(value, CultureInfo.InvariantCulture, out var count) && count >= 0:
                    result = result with { Connections = count };
                    break;
                case "--timeout-ms" when TryPositive(value, out var milliseconds):
                    result = result with { Timeout = TimeSpan.FromMilliseconds(milliseconds) };
                    break;
                case "--duration-ms" when TryPositive(value, out var milliseconds):
                    result = result with { Duration = TimeSpan.FromMilliseconds(milliseconds) };
                    break;
                case "--user-agent" when value.Length > 0 && !value.Any(char.IsControl):
                    result = result with { UserAgent = value };
                    break;
                default:
                    found.Add($"load: argument '{arguments[i]}' with value '{value}' is not understood; use --target ADDRESS:PORT, " +
                        "--path /P, --rate N, --connections N, --timeout-ms N, --duration-ms N, --user-agent TEXT");
                    break;
            }
        }

        if (!hasTarget)
        {
            found.Add("load: --target ADDRESS:PORT is missing (IPv6 as [ADDRESS]:PORT)");
        }

        options = found.Count == 0 ? result : null;
        problems = found;
        return found.Count == 0;
    }

    private static bool TryPositive(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value > 0 && double.IsFinite(value);
}

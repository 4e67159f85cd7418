using System.Text.RegularExpressions;

namespace AppStack.Components.Kubernetes.Waf;

/// <summary>
/// Regular expressions of services. The engine (3.0.9) takes expressions that PCRE cannot read without a word, and they then match nothing; so only
/// what .NET and PCRE read alike is let through, and .NET reads it.
/// </summary>
internal static class WafPattern
{
    private static readonly string[] Groups = ["(?:", "(?=", "(?!", "(?>", "(?i)", "(?i:"];

    /// <summary>What keeps a text from being an expression here; null: nothing does.</summary>
    public static string? Problem(string pattern)
    {
        if (pattern.Length == 0)
        {
            return "it is empty";
        }

        if (!pattern.All(letter => letter is >= ' ' and <= '~'))
        {
            return @"it has characters beyond printable ASCII; write their bytes, é is \xC3\xA9";
        }

        if (pattern.Contains("%{", StringComparison.Ordinal))
        {
            return @"%{ begins a variable of the rule language; write \x25{";
        }

        if (Odd(pattern) is { } odd)
        {
            return $"'{odd}' is not read alike by all engines; there are the groups {string.Join(' ', Groups)} and, of letters after a backslash, d D w W s S b B t r n f and xHH";
        }

        try
        {
            // By itself, so that a bracket does not close ours; and as it is used.
            _ = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            _ = new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return null;
        }
        catch (RegexParseException exception)
        {
            return exception.Message;
        }
    }

    // The first part that engines read differently: an escape, a group, or in a class one that is taken away from it ([a-z-[b]]) or named ([[:alpha:]]).
    private static string? Odd(string pattern)
    {
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var rest = pattern.AsSpan(i);
            if (rest[0] == '\\')
            {
                var length = Escape(rest);
                if (length == 0)
                {
                    return rest[..Math.Min(2, rest.Length)].ToString();
                }

                i += length - 1;
            }
            else if (inClass)
            {
                if (rest.StartsWith("-[", StringComparison.Ordinal) || rest.StartsWith("[:", StringComparison.Ordinal))
                {
                    return rest[..2].ToString();
                }

                inClass = rest[0] != ']';
            }
            else if (rest[0] == '[')
            {
                inClass = true;
                // A bracket that comes first is one of the class.
                i += rest.StartsWith("[^]", StringComparison.Ordinal) ? 2 : rest.StartsWith("[]", StringComparison.Ordinal) ? 1 : 0;
            }
            else if (rest.StartsWith("(?", StringComparison.Ordinal) && !Groups.Any(group => pattern.AsSpan(i).StartsWith(group, StringComparison.Ordinal)))
            {
                return rest[..Math.Min(4, rest.Length)].ToString();
            }
        }

        return null;
    }

    // The rule language takes away a backslash before a quotation mark.
    private static int Escape(ReadOnlySpan<char> text) => text switch
    {
        ['\\', 'x', var high, var low, ..] when char.IsAsciiHexDigit(high) && char.IsAsciiHexDigit(low) => 4,
        ['\\', 'd' or 'D' or 'w' or 'W' or 's' or 'S' or 'b' or 'B' or 't' or 'r' or 'n' or 'f', ..] => 2,
        ['\\', var other, ..] when !char.IsAsciiLetterOrDigit(other) && other != '"' => 2,
        _ => 0,
    };
}

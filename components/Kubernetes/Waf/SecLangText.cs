using System.Collections.Immutable;
using System.Text;

namespace AppStack.Components.Kubernetes.Waf;

/// <summary>Writes values into rules, so that they mean there what they meant before.</summary>
internal static class SecLangText
{
    /// <summary>A value between the quotes of an operator.</summary>
    public static string Operator(string value) => value.Replace("\"", "\\\"", StringComparison.Ordinal);

    /// <summary>A regular expression (without anchors) of any of the texts, each as it is.</summary>
    public static string AnyOf(IEnumerable<string> values) => string.Join('|', values.Select(Literal));

    /// <summary>A regular expression of one text as it is.</summary>
    public static string Literal(string value)
    {
        var text = new StringBuilder(value.Length + 8);
        foreach (var letter in value)
        {
            // What is no letter or digit is itself after a backslash, whatever it means otherwise.
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('/' or '-' or '_'))
            {
                text.Append('\\');
            }

            text.Append(letter);
        }

        return text.ToString();
    }

    /// <summary>A sentence on a line of its own.</summary>
    public static string Comment(string text) => "# " + string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>A list between bars and blanks, as CRS compares media types: <c>|a| |b|</c>.</summary>
    public static string Barred(ImmutableArray<string> values) => string.Join(' ', values.Select(value => $"|{value}|"));
}

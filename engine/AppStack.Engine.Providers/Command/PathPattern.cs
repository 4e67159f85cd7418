using System.Text;
using System.Text.RegularExpressions;

namespace AppStack.Engine.Providers.Command;

/// <summary>Path patterns as <c>assetPaths</c> and <c>archivePaths</c> take them.</summary>
/// <remarks>
/// <c>*</c> and <c>?</c> match anything but <c>/</c>, <c>**</c> matches anything, <c>[ab]</c>, <c>[a-z]</c> and <c>[!a]</c> one character,
/// <c>{a,b}</c> alternatives; a backslash takes the next character as it is.
/// </remarks>
internal sealed class PathPattern
{
    private readonly Regex _regex;

    private PathPattern(Regex regex, bool excludes)
    {
        _regex = regex;
        Excludes = excludes;
    }

    /// <summary>Whether it takes matching paths out; such a pattern begins with <c>!</c>.</summary>
    public bool Excludes { get; }

    public static PathPattern Parse(string pattern)
    {
        var excludes = pattern.StartsWith('!');
        var body = excludes ? pattern[1..] : pattern;
        return new PathPattern(new Regex($"^{Translate(body)}$", RegexOptions.CultureInvariant | RegexOptions.Singleline), excludes);
    }

    public bool Matches(string path) => _regex.IsMatch(path);

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder();
        var depth = 0;
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*' when i + 1 < pattern.Length && pattern[i + 1] == '*':
                    regex.Append(".*");
                    i++;
                    break;
                case '*':
                    regex.Append("[^/]*");
                    break;
                case '?':
                    regex.Append("[^/]");
                    break;
                case '[' when pattern.IndexOf(']', i + 1) is > 0 and var end:
                    var set = pattern[(i + 1)..end];
                    regex.Append('[').Append(set.StartsWith('!') ? "^" + Regex.Escape(set[1..]) : Regex.Escape(set)).Append(']');
                    i = end;
                    break;
                case '{':
                    regex.Append("(?:");
                    depth++;
                    break;
                case '}' when depth > 0:
                    regex.Append(')');
                    depth--;
                    break;
                case ',' when depth > 0:
                    regex.Append('|');
                    break;
                case '\\' when i + 1 < pattern.Length:
                    regex.Append(Regex.Escape(pattern[++i].ToString()));
                    break;
                default:
                    regex.Append(Regex.Escape(pattern[i].ToString()));
                    break;
            }
        }

        return regex.ToString();
    }
}

using System.Collections.Immutable;
using System.Text;

namespace AppStack.Components.Postgres.Databases;

/// <summary>
/// Finds where statements begin, so that whoever runs a file can say which of them failed. Knows what a semicolon is not the end of: texts, quoted names, dollar
/// quotes, comments, parentheses (rules of several commands), and bodies of SQL functions (<c>BEGIN ATOMIC ... END</c>).
/// </summary>
public static class SqlStatements
{
    /// <summary>The positions of the first characters of all statements, counted as PostgreSQL does: from 1, in code points.</summary>
    /// <param name="sql">The script.</param>
    /// <returns>The positions, in order; empty when there is nothing but space and comments.</returns>
    public static ImmutableArray<int> Starts(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        var starts = ImmutableArray.CreateBuilder<int>();
        var (begun, parentheses, blocks) = (false, 0, 0);
        var word = "";
        for (var at = 0; at < sql.Length;)
        {
            if (char.IsWhiteSpace(sql[at]))
            {
                at++;
                continue;
            }

            var end = Comment(sql, at);
            if (end > at)
            {
                at = end;
                continue;
            }

            if (sql[at] == ';' && parentheses == 0 && blocks == 0)
            {
                (begun, word, at) = (false, "", at + 1);
                continue;
            }

            if (!begun)
            {
                begun = true;
                starts.Add(CodePoints(sql, at) + 1);
            }

            end = Token(sql, at);
            var token = sql[at..end];
            parentheses = Math.Max(0, parentheses + (token == "(" ? 1 : token == ")" ? -1 : 0));
            blocks += Is(token, "ATOMIC") && Is(word, "BEGIN") ? 1
                : blocks > 0 && Is(token, "CASE") ? 1
                : blocks > 0 && Is(token, "END") ? -1 : 0;
            (word, at) = (token, end);
        }

        return starts.ToImmutable();
    }

    private static bool Is(string token, string word) => token.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static int CodePoints(string sql, int length)
    {
        var count = 0;
        foreach (var _ in sql.AsSpan(0, length).EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    /// <summary>The end of the comment that begins here; the same place when none does. Comments between slashes and stars hold others.</summary>
    private static int Comment(string sql, int at)
    {
        if (Begins(sql, at, "--"))
        {
            var line = sql.IndexOf('\n', at);
            return line < 0 ? sql.Length : line + 1;
        }

        if (!Begins(sql, at, "/*"))
        {
            return at;
        }

        var depth = 0;
        while (at < sql.Length)
        {
            if (Begins(sql, at, "/*"))
            {
                (depth, at) = (depth + 1, at + 2);
            }
            else if (Begins(sql, at, "*/"))
            {
                (depth, at) = (depth - 1, at + 2);
                if (depth == 0)
                {
                    break;
                }
            }
            else
            {
                at++;
            }
        }

        return at;
    }

    /// <summary>The end of the token that begins here.</summary>
    private static int Token(string sql, int at)
    {
        var first = sql[at];
        if (first is '\'' or '"')
        {
            return Quoted(sql, at, first, backslashes: false);
        }

        // E'...' knows backslashes.
        if (first is 'e' or 'E' && at + 1 < sql.Length && sql[at + 1] == '\'')
        {
            return Quoted(sql, at + 1, '\'', backslashes: true);
        }

        if (first == '$' && DollarQuote(sql, at) is { } quote)
        {
            var close = sql.IndexOf(quote, at + quote.Length, StringComparison.Ordinal);
            return close < 0 ? sql.Length : close + quote.Length;
        }

        var end = at + 1;
        if (IsWord(first))
        {
            while (end < sql.Length && (IsWord(sql[end]) || sql[end] == '$'))
            {
                end++;
            }
        }

        return end;
    }

    private static int Quoted(string sql, int at, char quote, bool backslashes)
    {
        for (at++; at < sql.Length; at++)
        {
            if (backslashes && sql[at] == '\\')
            {
                at++;
            }
            else if (sql[at] == quote)
            {
                // Twice is one of them inside.
                if (at + 1 >= sql.Length || sql[at + 1] != quote)
                {
                    return at + 1;
                }

                at++;
            }
        }

        return sql.Length;
    }

    private static string? DollarQuote(string sql, int at)
    {
        var end = at + 1;
        while (end < sql.Length && IsWord(sql[end]))
        {
            end++;
        }

        return end < sql.Length && sql[end] == '$' && (end == at + 1 || !char.IsAsciiDigit(sql[at + 1])) ? sql[at..(end + 1)] : null;
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character is '_' or >= '\u0080';

    private static bool Begins(string sql, int at, string text) => string.CompareOrdinal(sql, at, text, 0, text.Length) == 0;
}

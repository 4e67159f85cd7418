using System.Collections.Immutable;

namespace AppStack.Components.Tests.Kubernetes.Waf;

/// <summary>A reader of SecLang for tests, written from the language's description and not from the compiler.</summary>
internal sealed record SecLang(string Name, ImmutableArray<string> Arguments)
{
    /// <summary>Reads directives; each stands on one line.</summary>
    public static ImmutableArray<SecLang> Read(string text) =>
        [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(Directive)];

    /// <summary>The actions of a rule, apart at the commas that no quotes hold together.</summary>
    public static ImmutableArray<string> Actions(string actions)
    {
        var (found, start, quoted) = (ImmutableArray.CreateBuilder<string>(), 0, false);
        for (var i = 0; i < actions.Length; i++)
        {
            quoted ^= actions[i] == '\'';
            if (actions[i] == ',' && !quoted)
            {
                found.Add(actions[start..i]);
                start = i + 1;
            }
        }

        Assert.False(quoted, $"a quotation mark is open: {actions}");
        return [.. found, actions[start..]];
    }

    private static SecLang Directive(string line)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == ' ')
            {
                continue;
            }

            var word = new System.Text.StringBuilder();
            if (line[i] != '"')
            {
                for (; i < line.Length && line[i] != ' '; i++)
                {
                    word.Append(line[i]);
                }
            }
            else
            {
                for (i++; line[i] != '"'; i++)
                {
                    // Only a quotation mark is said by a backslash; every other backslash is the value's own.
                    i += line[i] == '\\' && line[i + 1] == '"' ? 1 : 0;
                    word.Append(line[i]);
                }
            }

            words.Add(word.ToString());
        }

        return new(words[0], [.. words.Skip(1)]);
    }
}

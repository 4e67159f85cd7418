namespace AppStack.Ssh;

/// <summary>Writes text so that a POSIX shell reads it as one word.</summary>
public static class ShellText
{
    /// <summary>The text in single quotes.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A command that runs a script of the POSIX shell with arguments, whatever the login shell is.</summary>
    /// <param name="script">The script; it finds the arguments as <c>$1</c> and so on.</param>
    /// <param name="arguments">The arguments. Every user of the node can see them.</param>
    public static string Script(string script, params ReadOnlySpan<string> arguments)
    {
        var command = new System.Text.StringBuilder($"sh -c {Quote(script)} appstack");
        foreach (var argument in arguments)
        {
            command.Append(' ').Append(Quote(argument));
        }

        return command.ToString();
    }
}

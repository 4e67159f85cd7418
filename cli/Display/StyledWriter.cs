namespace AppStack.Cli.Display;

/// <summary>
/// Writes lines with their colours as ANSI sequences, or without. Spectre would wrap long lines at a width that a pipe does not have, and
/// loading it costs the time of a command that only prints a few lines.
/// </summary>
internal sealed class StyledWriter(TextWriter output, bool colours)
{
    /// <summary>Writes one line.</summary>
    public void Write(Styled line)
    {
        if (colours && Code(line.Colour) is { } code)
        {
            output.WriteLine($"\u001b[{code}m{line.Text}\u001b[0m");
        }
        else
        {
            output.WriteLine(line.Text);
        }
    }

    /// <summary>Writes lines.</summary>
    public void Write(IEnumerable<Styled> lines)
    {
        foreach (var line in lines)
        {
            Write(line);
        }
    }

    private static string? Code(string colour) => colour switch
    {
        "red" => "31",
        "green" => "32",
        "yellow" => "33",
        "magenta" => "35",
        "aqua" => "36",
        "grey" => "90",
        "bold" => "1",
        _ => null,
    };
}

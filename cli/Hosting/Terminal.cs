using AppStack.Cli.Display;

namespace AppStack.Cli.Hosting;

/// <summary>Where a command reads and writes; tests give their own.</summary>
internal sealed record Terminal
{
    /// <summary>Standard output.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard output as bytes, for JSON.</summary>
    public required Stream OutBytes { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard input.</summary>
    public required TextReader In { get; init; }

    /// <summary>Whether output goes to a person's terminal.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>Whether somebody can answer questions.</summary>
    public bool CanAsk { get; init; }

    /// <summary>Whether lines have colours.</summary>
    public bool Colours { get; init; }

    /// <summary>Output in lines.</summary>
    public StyledWriter Lines => new(Out, Colours);

    /// <summary>Errors in lines.</summary>
    public StyledWriter ErrorLines => new(Error, Colours);

    /// <summary>The process's own streams.</summary>
    public static Terminal OfProcess()
    {
        var terminal = !Console.IsOutputRedirected;
        return new Terminal
        {
            Out = Console.Out,
            OutBytes = Console.OpenStandardOutput(),
            Error = Console.Error,
            In = Console.In,
            OutIsTerminal = terminal,
            CanAsk = terminal && !Console.IsInputRedirected,
            // https://no-color.org
            Colours = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
        };
    }
}

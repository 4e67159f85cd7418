using AppStack.Stacks.Environments;
using Spectre.Console;

namespace AppStack.Operations;

/// <summary>Where operations look and where they write.</summary>
public sealed record OperationsContext
{
    /// <summary>The environment.</summary>
    public required EnvironmentSpec Environment { get; init; }

    /// <summary>The folder of the repository: where the launcher, the lab's script and the environments are.</summary>
    public required string RepositoryRoot { get; init; }

    /// <summary>For people: tables and progress. With <c>--json</c> on stderr, so that stdout holds nothing but the object.</summary>
    public required IAnsiConsole Console { get; init; }

    /// <summary>For programs: the JSON.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Tells people why a command did not do what it should.</summary>
    /// <returns>The exit code, to return it.</returns>
    internal int Complain(string command, int exitCode, string message)
    {
        Console.MarkupLine($"[red]{command}:[/] {Markup.Escape(message)}");
        return exitCode;
    }
}

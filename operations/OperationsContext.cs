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
}

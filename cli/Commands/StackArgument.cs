using System.CommandLine;

namespace AppStack.Cli.Commands;

/// <summary>The stack as the first argument of a command: <c>appstack up local</c>.</summary>
internal static class StackArgument
{
    /// <summary>Makes the argument; it may be left out when <c>--stack</c> is given.</summary>
    public static Argument<string?> Create() => new("stack")
    {
        Description = "The stack: an environment's name, or the path of its descriptor.",
        Arity = ArgumentArity.ZeroOrOne,
    };
}

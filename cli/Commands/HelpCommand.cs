using System.CommandLine;

namespace AppStack.Cli.Commands;

/// <summary><c>appstack help [VERB...]</c>: as git and kubectl understand it, beside <c>--help</c>.</summary>
internal static class HelpCommand
{
    public static Command Create(RootCommand root)
    {
        var verbs = new Argument<string[]>("verb") { Description = "the command; without: all commands", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("help", "Show what a command can do.") { verbs };
        command.SetAction(parsed => root.Parse([.. parsed.GetValue(verbs) ?? [], "--help"]).Invoke(parsed.InvocationConfiguration));
        return command;
    }
}

using System.CommandLine;
using AppStack.Cli.Commands;
using AppStack.Cli.Display;
using AppStack.Cli.Hosting;
using AppStack.Engine.Diagnostics;
using AppStack.Engine.Imports;
using AppStack.Engine.Plans;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Cli;

/// <summary>The command <c>appstack</c>: all verbs, and what their exceptions mean to the caller.</summary>
internal static class AppStackCommand
{
    /// <summary>Makes the command.</summary>
    public static RootCommand Create(CommandContext context)
    {
        var root = new RootCommand("AppStack: the platform that a public administration runs its digital services on.\n\n" + ExitCodes.Help);
        root.Options.Add(CommandContext.Stack);
        root.Options.Add(CommandContext.Cwd);
        foreach (var command in OperationCommands.Create(context))
        {
            root.Subcommands.Add(command);
        }

        root.Subcommands.Add(RepairCommand.Create(context));
        root.Subcommands.Add(ImportCommand.Create(context));
        root.Subcommands.Add(StackCommand.Create(context));
        root.Subcommands.Add(StateCommand.Create(context));
        root.Subcommands.Add(CancelCommand.Create(context));
        root.Subcommands.Add(ConfigCommand.Create(context));
        foreach (var command in PlatformCommands.Create(context))
        {
            root.Subcommands.Add(command);
        }

        root.Subcommands.Add(NewCommand.Create(context));
        root.Subcommands.Add(WafCommand.Create(context));
        root.Subcommands.Add(SchemaCommand.Create(context));
        root.Subcommands.Add(DashboardsCommand.Create(context));
        root.Subcommands.Add(HelpCommand.Create(root));
        return root;
    }

    /// <summary>Runs one command line.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, CommandContext context)
    {
        try
        {
            var parsed = Create(context).Parse(arguments);
            if (parsed.Errors.Count > 0)
            {
                context.Terminal.ErrorLines.Write(parsed.Errors.Select(error => new Styled($"error: {error.Message}", "red")));
                context.Terminal.ErrorLines.Write(new Styled($"See: appstack {string.Join(' ', Verbs(parsed))} --help"));
                return ExitCodes.BadInput;
            }

            var configuration = new InvocationConfiguration
            {
                Output = context.Terminal.Out,
                Error = context.Terminal.Error,
                EnableDefaultExceptionHandler = false,
                // Signals are handled here, in steps: see Interruption.
                ProcessTerminationTimeout = null,
            };
            return await parsed.InvokeAsync(configuration, context.Interruption.Stop);
        }
        catch (DescriptorException exception)
        {
            context.Terminal.ErrorLines.Write(ProblemText.Of(exception));
            return ExitCodes.BadInput;
        }
        catch (CommandException exception)
        {
            return Fail(context, exception.Message, exception.ExitCode);
        }
        catch (StackLockedException exception)
        {
            return Fail(context, exception.Message, ExitCodes.Locked);
        }
        catch (InvalidImportException exception)
        {
            context.Terminal.ErrorLines.Write(exception.Problems.Select(problem => new Styled($"error: {problem}", "red")));
            return ExitCodes.BadInput;
        }
        catch (InvalidPlanException exception)
        {
            return Fail(context, exception.Message, ExitCodes.BadInput);
        }
        catch (StackException exception)
        {
            return Fail(context, exception.Message, ExitCodes.Failed);
        }
        catch (OperationCanceledException) when (context.Interruption.Stop.IsCancellationRequested)
        {
            return Fail(context, "Interrupted.", ExitCodes.Interrupted);
        }
        catch (IOException exception)
        {
            return Fail(context, exception.Message, ExitCodes.Failed);
        }
        catch (UnauthorizedAccessException exception)
        {
            return Fail(context, exception.Message, ExitCodes.Failed);
        }
    }

    private static int Fail(CommandContext context, string message, int exitCode)
    {
        context.Terminal.ErrorLines.Write(new Styled($"error: {message}", "red"));
        return exitCode;
    }

    private static IEnumerable<string> Verbs(ParseResult parsed)
    {
        var names = new List<string>();
        for (var result = parsed.CommandResult; result.Command is not RootCommand; result = (System.CommandLine.Parsing.CommandResult)result.Parent!)
        {
            names.Insert(0, result.Command.Name);
        }

        return names;
    }
}

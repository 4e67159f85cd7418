using System.CommandLine;
using AppStack.Cli.Display;
using AppStack.Cli.Display.Graph;
using AppStack.Cli.Hosting;

namespace AppStack.Cli.Commands;

/// <summary><c>stack graph</c>: the resources as Graphviz text, or as a picture.</summary>
internal static class StackGraph
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var words = StackCommand.Words("The stack (unless --stack names it), then the file: .dot, .svg or .html. Without a file, DOT goes to standard output.");
        var command = new Command("graph", "Draw the resources: what is part of what, and what needs what.") { words };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (stack, rest) = StackCommand.Split(parsed, words, most: 1);
            var session = context.Open(parsed, stack);
            var graph = ResourceGraph.Of(session.Name, await session.Manager.ReadSealedSnapshotAsync(cancellationToken));
            if (rest is not [var file])
            {
                context.Terminal.Out.Write(DotText.Of(graph));
                return;
            }

            var text = Path.GetExtension(file) switch
            {
                ".dot" or ".gv" => DotText.Of(graph),
                ".svg" => GraphPicture.Svg(graph) + "\n",
                ".html" => GraphPicture.Page(graph),
                _ => throw new CommandException(ExitCodes.BadInput, $"'{file}' does not end in .dot, .svg or .html, so it is not known what to write."),
            };
            await File.WriteAllTextAsync(file, text, cancellationToken);
            context.Terminal.Lines.Write(new Styled($"{graph.Nodes.Count()} resources are drawn in {file}."));
        });
        return command;
    }
}

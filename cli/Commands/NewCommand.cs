using System.CommandLine;
using AppStack.Cli.Display;
using AppStack.Cli.Hosting;
using AppStack.Stacks.Services;

namespace AppStack.Cli.Commands;

/// <summary><c>new service</c>.</summary>
internal static class NewCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("name") { Description = "The service's name." };
        var service = new Command("service", "A service: stacks/services/NAME/service.yaml and what belongs to it. Overwrites nothing.") { name };
        service.SetAction((parsed, cancellationToken) => ServiceAsync(context, CommandContext.Root(parsed), parsed.GetValue(name)!, cancellationToken));
        return new Command("new", "Write files to start from.") { service };
    }

    private static async Task<int> ServiceAsync(CommandContext context, string root, string name, CancellationToken cancellationToken)
    {
        if (NewService.Problem(name) is { } problem)
        {
            throw new CommandException(ExitCodes.BadInput, problem);
        }

        var folder = Path.Combine(ServiceFiles.Folder(root), name);
        if (Directory.Exists(folder) || File.Exists(folder))
        {
            throw new CommandException(ExitCodes.BadInput, $"{Path.GetRelativePath(root, folder)} is there already, and nothing is overwritten. Take another name.");
        }

        foreach (var (path, content) in NewService.Files(name))
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, content, cancellationToken);
            context.Terminal.Lines.Write(new Styled(Path.GetRelativePath(root, file)));
        }

        context.Terminal.Lines.Write(new Styled($"Say what {name} needs in {ServiceFiles.Find(root, name).ShownAs}, then: ./appstack up ENVIRONMENT-{name}"));
        return ExitCodes.Done;
    }
}

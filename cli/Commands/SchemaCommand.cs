using System.CommandLine;
using AppStack.Cli.Hosting;
using AppStack.Stacks.Environments.Schema;

namespace AppStack.Cli.Commands;

/// <summary><c>schema environment</c>.</summary>
internal static class SchemaCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var environment = new Command("environment", "Of stacks/environments/<name>.yaml.");
        environment.SetAction(_ => context.Terminal.Out.Write(EnvironmentSchema.Write()));
        return new Command("schema", "Write the JSON Schema of a descriptor, for editors.") { environment };
    }
}

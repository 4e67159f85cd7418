using System.CommandLine;
using AppStack.Cli.Hosting;
using AppStack.Stacks.Environments.Schema;

namespace AppStack.Cli.Commands;

/// <summary><c>schema environment|service</c>.</summary>
internal static class SchemaCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var environment = new Command("environment", "Of stacks/environments/<name>.yaml.");
        environment.SetAction(_ => context.Terminal.Out.Write(EnvironmentSchema.Write()));
        var service = new Command("service", "Of stacks/services/<name>/service.yaml.");
        service.SetAction(_ => context.Terminal.Out.Write(ServiceSchema.Write()));
        return new Command("schema", "Write the JSON Schema of a descriptor, for editors.") { environment, service };
    }
}

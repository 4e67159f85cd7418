using System.CommandLine;
using AppStack.Cli.Hosting;
using AppStack.Components.Monitoring;

namespace AppStack.Cli.Commands;

/// <summary><c>dashboards FOLDER</c>.</summary>
internal static class DashboardsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandContext context)
    {
        var folder = new Argument<string>("folder") { Description = "Where to write them; made when it is not there." };
        var command = new Command("dashboards", "Write the platform's dashboards for Grafana, a JSON file each.") { folder };
        command.SetAction(parsed =>
        {
            var path = CommandContext.FilePath(parsed, parsed.GetRequiredValue(folder));
            Directory.CreateDirectory(path);
            foreach (var dashboard in PlatformDashboards.All)
            {
                var file = Path.Combine(path, $"{dashboard.Name}.json");
                File.WriteAllText(file, GrafanaRenderer.Render(dashboard));
                context.Terminal.Out.WriteLine(file);
            }
        });
        return command;
    }
}

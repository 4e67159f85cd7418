using AppStack.Components.Lab;
using AppStack.Operations.Verification;
using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Services;
using Spectre.Console;

namespace AppStack.Operations.Drills.Services;

/// <summary>Runs a drill of the sample service and reports.</summary>
internal sealed class ServiceDrillCommand(OperationsContext context)
{
    /// <summary>The service that drills know how to ask.</summary>
    private const string Service = "dilosi";

    public async Task<int> RunAsync(ServiceDrillScenario scenario, DrillSettings settings, bool json, CancellationToken cancellationToken)
    {
        if (Target(out var problem) is not { } target)
        {
            return context.Complain("drill", OperationsExitCode.BadInput, problem);
        }

        var environment = context.Environment;
        await using var ssh = DrillSsh.Client();
        var endpoints = NodeEndpoints.For(environment);
        var verifier = new Verifier(ssh, PlatformExpectations.From(environment), endpoints);
        await using var platform = new ServiceDrillPlatform(target, new LabControl(environment.Lab!.Name), ssh, endpoints, verifier);
        try
        {
            using var turn = DrillLock.Take(environment.Lab.Name);
            Tell($"{scenario.Name}: {scenario.Summary} ({settings.Rate ?? ServiceDrillScenarios.Rate:0} documents/s through {target.Address})");
            var report = await new ServiceDrillRunner(platform, Tell).RunAsync(scenario, environment.Name, settings, cancellationToken);
            if (json)
            {
                await context.Out.WriteLineAsync(ServiceDrillReportWriter.ToJson(report));
            }
            else
            {
                ServiceDrillReportWriter.Write(context.Console, report);
            }

            return report.Passed ? OperationsExitCode.Ok : OperationsExitCode.Off;
        }
        catch (Exception exception) when (exception is DrillException or LabException or InvalidOperationException)
        {
            return context.Complain("drill", OperationsExitCode.Off, exception.Message);
        }
    }

    private ServiceDrillTarget? Target(out string problem)
    {
        var environment = context.Environment;
        var service = ServiceFiles.Find(context.RepositoryRoot, Service);
        var client = environment.NodesOf(NodeRole.Client).FirstOrDefault();
        var frontend = environment.Edge?.Frontends.FirstOrDefault(found => environment.Edge.Backends.Single(backend => backend.Name == found.Backend).Servers.Any(server => server.Role == NodeRole.Worker));
        var cluster = environment.Clusters.FirstOrDefault(found => frontend is not null && environment.Edge!.Backends.Single(backend => backend.Name == frontend.Backend).Servers.Any(found.Workers.Contains));
        var database = environment.Databases.FirstOrDefault(found => found.Services.Any(admitted => admitted.Name == Service));
        problem = environment.Lab is null ? $"the nodes of {environment.Name} are not machines of a lab: nothing here can take their power away"
            : !service.Exists ? $"there is no service {Service}, which the drill would ask"
            : client is null ? $"{environment.Name} has no node of the role client, from which citizens would come"
            : frontend is null || cluster is null ? $"{environment.Name} has no frontend that leads to a Kubernetes cluster"
            : database is null ? $"{environment.Name} has no database for {Service} (databases[].services)"
            : "";
        var stack = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(environment.File, context.RepositoryRoot))!, $"{environment.Name}-{Service}");
        return problem.Length > 0 ? null
            : new(context.RepositoryRoot, stack, service, new UriBuilder("http", frontend!.Vip.V4.ToString(), frontend.Port).Uri, client!.Name, cluster!.ControlPlanes[0].Name, database!);
    }

    private void Tell(string line) => context.Console.MarkupLine(Markup.Escape(line));
}

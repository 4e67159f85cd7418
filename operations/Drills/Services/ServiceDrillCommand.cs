using AppStack.Components.Lab;
using AppStack.Operations.Verification;
using AppStack.Stacks.Environments;
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
        await using var ssh = NodeSsh.Client();
        var endpoints = NodeEndpoints.For(environment);
        var verifier = new Verifier(ssh, PlatformExpectations.From(environment), endpoints);
        await using var platform = new ServiceDrillPlatform(target, new LabControl(environment.Lab!.Name), ssh, endpoints, verifier);
        try
        {
            using var turn = DrillLock.Take(environment.Lab.Name);
            Tell($"{scenario.Name}: {scenario.Summary} ({settings.Rate ?? ServiceDrillScenarios.Rate:0} documents/s through {target.ConnectTo}, {target.Address})");
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
        catch (Exception exception) when (DrillErrors.Expected(exception))
        {
            return context.Complain("drill", OperationsExitCode.Off, exception.Message);
        }
    }

    private ServiceDrillTarget? Target(out string problem)
    {
        var environment = context.Environment;
        var service = ServiceFiles.Find(context.RepositoryRoot, Service);
        var client = environment.NodesOf(NodeRole.Client).FirstOrDefault();
        var definition = service.Exists ? service.Read() : null;
        var route = definition?.Spec.Routes.FirstOrDefault(found => found.Tls is { Issued: true });
        var cluster = environment.Clusters.FirstOrDefault(found => found.Ingress is not null && (definition?.Cluster ?? found.Name) == found.Name);
        var frontend = environment.Edge?.Frontends.FirstOrDefault(found => cluster is not null && found.Backend == ClusterIngressSpec.HttpsBackend(cluster.Name));
        var database = environment.Databases.FirstOrDefault(found => found.Services.Any(admitted => admitted.Name == Service));
        problem = environment.Lab is null ? $"the nodes of {environment.Name} are not machines of a lab: nothing here can take their power away"
            : !service.Exists ? $"there is no service {Service}, which the drill would ask"
            : client is null ? $"{environment.Name} has no node of the role client, from which citizens would come"
            : route is null ? $"{Service} has no route with a certificate of the platform's authority ({service.ShownAs}: routes)"
            : frontend is null || cluster is null ? $"{environment.Name} has no frontend that leads to the HTTPS port of a Kubernetes cluster's ingress"
            : database is null ? $"{environment.Name} has no database for {Service} (databases[].services)"
            : "";
        var stack = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(environment.File, context.RepositoryRoot))!, $"{environment.Name}-{Service}");
        return problem.Length > 0 ? null
            : new(
                context.RepositoryRoot,
                stack,
                service,
                environment.Name,
                new UriBuilder("https", route!.Hosts[0], frontend!.Port).Uri,
                frontend.Vip.V4.ToString(),
                client!.Name,
                cluster!.ControlPlanes[0].Name,
                database!);
    }

    private void Tell(string line) => context.Console.MarkupLine(Markup.Escape(line));
}

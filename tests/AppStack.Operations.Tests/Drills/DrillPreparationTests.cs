using System.Runtime.CompilerServices;
using AppStack.Operations.Drills;
using AppStack.Stacks.Environments;
using AppStack.Stacks.Environments.Reading;

namespace AppStack.Operations.Tests.Drills;

public sealed class DrillPreparationTests
{
    [Theory]
    [InlineData("local", "lb-node-loss", "edge-lb-1 10.87.100.1:80 gov-http")]
    [InlineData("local", "worker-loss", "gov-worker-1 10.87.100.1:80 welcome")]
    [InlineData("edge", "backend-loss", "web-backend-1 10.81.100.1:80 web")]
    public void A_scenario_is_done_to_the_first_node_of_its_role_while_the_first_frontend_is_asked(string environment, string scenario, string expected)
    {
        var prepared = Prepare(environment, scenario, new DrillSettings(), out var problem)!;

        Assert.Equal((expected, ""), ($"{prepared.Target.Node} {prepared.Frontend} {prepared.Target.Service}", problem));
    }

    [Theory]
    [InlineData("local", "backend-loss", null, "backend-loss needs 2 nodes of the role backend; local has 0. Its worker nodes serve: appstack drill local worker-loss")]
    [InlineData("edge", "worker-loss", null, "worker-loss needs 2 nodes of the role worker; edge has 0")]
    [InlineData("local", "control-plane-loss", null, "control-plane-loss needs 3 nodes of the role control-plane; local has 1")]
    [InlineData("edge", "lb-drain", "web-backend-1", "lb-drain needs one of the nodes edge-lb-1, edge-lb-2; not 'web-backend-1'")]
    [InlineData("prod.example", "lb-drain", null, "prod.example has no node of the role client, from which the load would come")]
    public void Where_a_scenario_cannot_be_run_it_says_why_and_what_can(string environment, string scenario, string? node, string expected)
    {
        Assert.Null(Prepare(environment, scenario, new DrillSettings { Node = node }, out var problem));

        Assert.Equal(expected, problem);
    }

    private static DrillPreparation? Prepare(string environment, string scenario, DrillSettings settings, out string problem) =>
        DrillPreparation.Of(DrillScenarios.Find(scenario)!, settings, EnvironmentReader.ReadFile(Descriptor(environment)), out problem);

    private static string Descriptor(string name, [CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, $"../../../stacks/environments/{name}.yaml");
}

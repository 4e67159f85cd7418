using AppStack.Cli.Display.Graph;
using AppStack.Engine.State;

namespace AppStack.Cli.Tests.Display;

public sealed class GraphTests
{
    [Fact]
    public void Dot() => Testing.Snapshot.Verify(DotText.Of(Graph()), "dot");

    [Fact]
    public void Page() => Testing.Snapshot.Verify(GraphPicture.Page(Graph()), "html");

    [Fact]
    public void Parts_lie_inside_of_their_parents_and_siblings_do_not_overlap()
    {
        var graph = Graph();
        var layout = GraphLayout.Of(graph);

        foreach (var node in graph.Nodes)
        {
            var (inner, outer) = (layout[node], layout[node.Parent!]);
            Assert.True(inner.X >= outer.X && inner.Y >= outer.Y && inner.X + inner.Width <= outer.X + outer.Width && inner.Y + inner.Height <= outer.Y + outer.Height, node.Urn);
            foreach (var other in node.Parent!.Children.Where(other => other != node).Select(other => layout[other]))
            {
                Assert.True(inner.X + inner.Width <= other.X || other.X + other.Width <= inner.X || inner.Y + inner.Height <= other.Y || other.Y + other.Height <= inner.Y, node.Urn);
            }
        }
    }

    [Fact]
    public void Needs_that_follow_from_others_are_not_drawn() =>
        Assert.DoesNotContain(Graph().Edges, edge => edge.From.Name == "password" && edge.To.Name == "edge-bundle");

    private static ResourceGraph Graph()
    {
        var stack = State("pulumi:pulumi:Stack", "appstack-local", null, custom: false);
        var provider = State("pulumi:providers:random", "default", null, custom: true);
        var password = State("random:index/randomPassword:RandomPassword", "password", stack.Urn, custom: true);
        var group = State("appstack:loadbalancing:LoadBalancerGroup", "edge", stack.Urn, custom: false);
        var key = State("command:local:Command", "key<&>", group.Urn, custom: true) with { Dependencies = [password.Urn] };
        var bundle = State("command:remote:Command", "edge-bundle", group.Urn, custom: true) with { Dependencies = [key.Urn, password.Urn] };
        var old = State("command:local:Command", "old", stack.Urn, custom: true) with { Delete = true };
        return ResourceGraph.Of("local", Engine.State.Snapshot.Empty with { Resources = [stack, provider, password, group, key, bundle, old] });
    }

    private static ResourceState State(string type, string name, string? parent, bool custom) =>
        new() { Urn = Urns.Create("local", "appstack", parent, type, name), Type = type, Custom = custom, Parent = parent };
}

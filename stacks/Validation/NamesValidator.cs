using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments.Validation;

/// <summary>Everything is named once, and the environment is named as its file.</summary>
internal sealed class NamesValidator : IEnvironmentValidator
{
    public void Validate(EnvironmentValidation context)
    {
        var environment = context.Environment;
        if (environment.Name is { } name && name != context.FileName)
        {
            context.Problems.Add("name", $"the environment '{name}' is in a file named '{context.FileName}'", $"name: {context.FileName}, or another file name");
        }

        context.ReportTwice("site", EnvironmentValidation.Each("sites", environment.Sites).Select(found => ($"{found.Path}.name", found.Item.Name)));
        foreach (var (path, site) in EnvironmentValidation.Each("sites", environment.Sites))
        {
            context.ReportTwice("rack", EnvironmentValidation.Each($"{path}.racks", site.Racks).Select(found => (found.Path, (string?)found.Item)));
        }

        context.ReportTwice("network", EnvironmentValidation.Each("networks", environment.Networks).Select(found => ($"{found.Path}.name", found.Item.Name)));
        context.ReportTwice("node", context.Nodes().Select(found => (found.Path, NodeName(found.Node))));
        context.ReportTwice("cluster", EnvironmentValidation.Each("clusters", environment.Clusters).Select(found => ($"{found.Path}.name", found.Item.Name)));
        context.ReportTwice("database cluster", EnvironmentValidation.Each("databases", environment.Databases).Select(found => ($"{found.Path}.name", found.Item.Name)));
        if (environment.Edge is { } edge)
        {
            context.ReportTwice("virtual address", EnvironmentValidation.Each("edge.vips", edge.Vips).Select(found => ($"{found.Path}.name", found.Item.Name)));
            context.ReportTwice("frontend", EnvironmentValidation.Each("edge.frontends", edge.Frontends).Select(found => ($"{found.Path}.name", found.Item.Name)));
            context.ReportTwice("backend", EnvironmentValidation.Each("edge.backends", edge.Backends).Select(found => ($"{found.Path}.name", found.Item.Name)));
        }
    }

    private static string? NodeName(NodeDescriptor node) =>
        node is { Cluster: { } cluster, Role: { } role, Seq: { } seq } ? NodeSpec.NameOf(cluster, role, seq) : null;
}

using AppStack.Components.Nodes;

namespace AppStack.Components.Monitoring;

/// <summary>Validates what nodes show.</summary>
public static class NodeMetricsValidator
{
    /// <summary>Checks a node.</summary>
    /// <param name="spec">What it shows.</param>
    /// <returns>All problems; empty when there is none.</returns>
    public static IReadOnlyList<SpecProblem> Validate(NodeMetricsSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var problems = new NetworkProblems();
        problems.Name("name", spec.Name);
        problems.Address("address", spec.Address);
        problems.AddIf(spec.Exporters.IsDefaultOrEmpty, "exporters", "is empty; there would be nothing to see");
        problems.Unique("exporters", "kind", spec.Exporters.Select(exporter => exporter.Module));
        foreach (var (exporter, i) in spec.Exporters.Select((exporter, i) => (exporter, i)))
        {
            problems.Address($"exporters[{i}].address", exporter.Address);
            problems.AddIf(
                exporter.Address != ExporterSpec.Loopback && ExporterCatalog.Of(exporter.Kind).Unit is not null,
                $"exporters[{i}].address",
                $"the exporter of '{exporter.Job}' listens on {ExporterSpec.Loopback} only");
        }

        return problems.All;
    }
}

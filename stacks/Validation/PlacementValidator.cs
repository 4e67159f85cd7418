namespace AppStack.Stacks.Environments.Validation;

/// <summary>Every node stands in a rack of a site that is declared.</summary>
internal sealed class PlacementValidator : IEnvironmentValidator
{
    public void Validate(EnvironmentValidation context)
    {
        var sites = context.Environment.Sites;
        foreach (var (path, node) in context.Nodes())
        {
            if (node.Site is null)
            {
                continue;
            }

            var site = sites.FirstOrDefault(found => found?.Name == node.Site);
            if (site is null)
            {
                context.ReportUnknown($"{path}.site", $"there is no site '{node.Site}'", node.Site, sites.Select(found => found?.Name));
            }
            else if (node.Rack is { } rack && !site.Racks.Contains(rack))
            {
                context.ReportUnknown($"{path}.rack", $"the site {node.Site} has no rack '{rack}'", rack, site.Racks);
            }
        }
    }
}

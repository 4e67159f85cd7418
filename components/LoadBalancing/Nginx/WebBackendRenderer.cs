using AppStack.Components.Nodes.Bundles;
using AppStack.Components.Nodes.Firewall;

namespace AppStack.Components.LoadBalancing.Nginx;

/// <summary>Renders what a web backend gets on its node.</summary>
public static class WebBackendRenderer
{
    /// <summary>Name of the role on the node.</summary>
    public const string Role = "web-backend";

    private const string Unit = "nginx.service";

    /// <summary>The bundle of the backend.</summary>
    /// <param name="spec">The backend; must be valid.</param>
    /// <returns>The bundle.</returns>
    public static Bundle Bundle(WebBackendSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var bundle = new Bundle
        {
            Role = Role,
            Packages = [new("nginx")],
            Files = [new() { Path = NginxRenderer.Path, Content = NginxRenderer.Render(spec), Group = "nginx" }],
            FileGroups = [new() { Name = "nginx", Check = $"nginx -t -q -c {{{NginxRenderer.Path}}}", Activation = BundleActivation.Reload(Unit) }],
            Units = [new(Unit)],
        };
        var rules = new List<FirewallRule>
        {
            new() { Purpose = "load balancers", Protocol = "tcp", Ports = [spec.Port], Sources = spec.LoadBalancerNetworks, Untracked = true },
        };
        if (spec.DirectPort is { } direct && !spec.DirectNetworks.IsEmpty)
        {
            rules.Add(new() { Purpose = "direct", Protocol = "tcp", Ports = [direct], Sources = spec.DirectNetworks, Untracked = true });
        }

        return FirewallRenderer.AddTo(new() { Role = Role, Access = spec.Access, Rules = [.. rules] }, bundle);
    }
}

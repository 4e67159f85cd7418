using System.Collections.Immutable;

namespace AppStack.Components.Monitoring;

/// <summary>The platform's dashboards, in the order of a request's way.</summary>
public static class PlatformDashboards
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<Dashboard> All { get; } = [EdgeDashboard.Page, IngressDashboard.Page, WafDashboard.Page, ServicesDashboard.Page, KubernetesDashboard.Page, DatabaseDashboard.Page, NodesDashboard.Page];
}

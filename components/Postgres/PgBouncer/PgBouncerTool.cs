using AppStack.Components.Nodes.Bundles;

namespace AppStack.Components.Postgres.PgBouncer;

/// <summary>The node's tool and follower, put together from its parts.</summary>
internal static class PgBouncerTool
{
    private static readonly string[] Parts = ["00-head", "10-endpoints", "20-console", "30-verbs", "40-daemon", "50-pausing", "60-answers", "70-metrics", "90-main"];

    /// <summary>The Perl script.</summary>
    public static string Text { get; } = string.Concat(Parts.Select(part => NodeScripts.Read($"{part}.pl", "Postgres.Scripts.Pooler")));
}

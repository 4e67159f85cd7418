namespace AppStack.Components.Tests.Postgres.Cluster;

/// <summary>A test in a network namespace with rules of its own: needs root and nftables. Without them the test is skipped, visibly.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class GateFactAttribute : FactAttribute
{
    public GateFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/sbin/nft"))
        {
            Skip = "Needs root and the package nftables.";
        }
    }
}

using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments.Validation;

/// <summary>What is in effect when a key is absent. The same values stand, as they would be written, in the keys' descriptions.</summary>
internal static class Defaults
{
    public const string SshUser = "root";
    public const int SshPort = 22;
    public const int MaxConnections = 20_000;
    public const RolloutPolicy Rollout = RolloutPolicy.OneByOne;
    public const int BfdMultiplier = 3;
    public const string CheckPath = "/health";
    public const int CheckFall = 2;
    public const int CheckRise = 2;
    public const int DatabaseConnections = 200;
    public const int DatabaseReservedConnections = 20;
    public const int DatabasePool = 10;
    public const int DatabaseReadOnlyPool = 5;
    public const int MailPort = 25;
    public const int NodeMemory = 1024;
    public const int NodeCores = 2;
    public const int NamespaceCores = 2;
    public const int NamespaceMemory = 2048;
    public const int NamespacePods = 50;
    public const string PackageRevision = "1.1";
    public const int IngressHttp = 30080;
    public const int IngressHttps = 30443;

    public static readonly TimeSpan HoldTime = TimeSpan.FromSeconds(9);
    public static readonly TimeSpan Keepalive = TimeSpan.FromSeconds(3);
    public static readonly TimeSpan BfdInterval = TimeSpan.FromMilliseconds(100);
    public static readonly TimeSpan CheckInterval = TimeSpan.FromMilliseconds(500);
    public static readonly TimeSpan Retention = TimeSpan.FromDays(15);
    public static readonly TimeSpan ScrapeInterval = TimeSpan.FromSeconds(15);
}

using System.Globalization;
using AppStack.Ssh;

namespace AppStack.Engine.Providers.Tests.Ssh;

/// <summary>A process of its own that connects to a node, tells where its control socket is, and stays until it is killed.</summary>
internal static class HeldConnection
{
    public static async Task<int> Main(string[] arguments)
    {
        var node = new SshEndpoint
        {
            Host = arguments[0],
            Port = int.Parse(arguments[1], CultureInfo.InvariantCulture),
            User = arguments[2],
            HostKeys = [arguments[3]],
            PrivateKeyPath = arguments[4],
        };
        await using var client = new SshClient();
        await client.RunAsync(node, "true");
        Console.WriteLine(FindSocket());
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    public static ProcessGroup Start(SshEndpoint node, string keyPath) => ProcessGroup.Start(
        "dotnet",
        [
            typeof(HeldConnection).Assembly.Location, node.Host, node.Port.ToString(CultureInfo.InvariantCulture), node.User, node.HostKeys[0], keyPath,
        ]);

    /// <summary>The control socket of the ssh process that is a child of this one.</summary>
    private static string? FindSocket()
    {
        foreach (var directory in Directory.EnumerateDirectories("/proc").Where(path => File.Exists(Path.Combine(path, "stat"))))
        {
            try
            {
                var stat = File.ReadAllText(Path.Combine(directory, "stat"));
                var parent = stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1];
                var words = File.ReadAllText(Path.Combine(directory, "cmdline")).Split('\0');
                if (parent == Environment.ProcessId.ToString(CultureInfo.InvariantCulture) && words[0] == "ssh")
                {
                    return words[Array.IndexOf(words, "-S") + 1];
                }
            }
            catch (IOException)
            {
                // It has ended.
            }
        }

        return null;
    }
}

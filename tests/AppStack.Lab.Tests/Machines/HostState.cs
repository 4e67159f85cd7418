using System.Text;

namespace AppStack.Lab.Tests.Machines;

/// <summary>What a lab could leave on the host or change in it, as text, to be compared before and after.</summary>
internal static class HostState
{
    /// <summary>Only of this lab and of the host as such: other labs may come and go meanwhile.</summary>
    public static async Task<string> ReadAsync()
    {
        var text = new StringBuilder();
        Add("mounts", (await File.ReadAllLinesAsync("/proc/self/mounts")).Where(Ours));
        Add("namespaces", Entries("/run/netns").Where(Ours));
        Add("interfaces", Entries("/sys/class/net").Where(name => !name.StartsWith("as-", StringComparison.Ordinal)));
        Add("nspawn", Entries("/run/systemd/nspawn/propagate").Where(Ours));
        Add("cgroups", Directory.GetDirectories("/sys/fs/cgroup").SelectMany(root => Entries($"{root}/appstack")).Where(Ours));
        Add("folders", Entries("/var/lib/appstack/labs").Concat(Entries("/run/appstack/labs")).Where(Ours));
        Add("sysctls", await SysctlsAsync());
        return text.ToString();

        void Add(string what, IEnumerable<string> lines) => text.Append(what).Append('\n').AppendJoin('\n', lines.Order(StringComparer.Ordinal)).Append('\n');
    }

    private static bool Ours(string line) => line.Contains(TwoMachineLab.Name, StringComparison.Ordinal);

    private static IEnumerable<string> Entries(string folder)
        => Directory.Exists(folder) ? Directory.GetFileSystemEntries(folder).Select(path => Path.GetFileName(path)!) : [];

    private static async Task<IEnumerable<string>> SysctlsAsync()
    {
        string[] names = ["net/ipv4/ip_forward", "net/ipv6/conf/all/forwarding", "net/bridge/bridge-nf-call-iptables", "net/bridge/bridge-nf-call-ip6tables"];
        List<string> values = [];
        foreach (var file in names.Select(name => $"/proc/sys/{name}").Where(File.Exists))
        {
            values.Add($"{file} {(await File.ReadAllTextAsync(file)).Trim()}");
        }

        return values;
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using AppStack.Components.Kubernetes.Cluster;

namespace AppStack.Components.Tests.Kubernetes;

/// <summary>What a control plane asks before a node is drained for another version: the node's own function, with an API that says what a test wants.</summary>
public sealed class UpgradeRulesTests
{
    private const string Harness = """
        set -euo pipefail
        die() { printf '%s\n' "$*"; exit 1; }
        MEMBERS=cp-1=https://a:2380,cp-2=https://b:2380
        api() { case "$*" in *version*) printf '{ "gitVersion": "v%s" }\n' "$API" ;; *) printf '%s\n' $KUBELETS | sed 's/=/ v/' ;; esac; }
        eval "$(sed -n '/^may_upgrade()/,/^}/p' "$SCRIPT")"
        may_upgrade "$@"
        """;

    [Theory]
    [InlineData("cp-1", "1.34.2", "1.33.5", "cp-1=1.33.5 w=1.33.5", "")]
    [InlineData("cp-1", "1.34.3", "1.34.2", "cp-1=1.34.2 w=1.34.2", "")]
    [InlineData("cp-2", "1.34.2", "1.34.2", "cp-1=1.34.2 cp-2=1.33.5 w=1.33.5", "")]
    [InlineData("w", "1.34.2", "1.34.2", "w=1.33.5", "")]
    [InlineData("cp-1", "1.34.2", "1.33.5", "cp-1=1.33.5 w=1.31.0", "")]
    [InlineData("cp-1", "1.34.2", "1.33.5", "cp-1=1.33.5 w=1.30.9", "kubelet 1.30 of w is too old for 1.34.2, which speaks to 1.31 and later; upgrade that node first")]
    [InlineData("cp-1", "1.27.1", "1.26.5", "cp-1=1.26.5 w=1.24.9", "kubelet 1.24 of w is too old for 1.27.1, which speaks to 1.25 and later; upgrade that node first")]
    [InlineData("cp-1", "1.34.2", "1.32.5", "cp-1=1.32.5", "from 1.32.5 to 1.34.2 is more than one minor version; go one at a time")]
    [InlineData("cp-1", "1.33.9", "1.34.2", "cp-1=1.34.2", "1.33.9 is older than the cluster's 1.34.2; Kubernetes cannot go back, restore a snapshot into a new cluster instead")]
    [InlineData("cp-1", "1.34.9", "1.34.10", "cp-1=1.34.10", "1.34.9 is older than the cluster's 1.34.10; Kubernetes cannot go back, restore a snapshot into a new cluster instead")]
    [InlineData("w", "1.34.2", "1.33.5", "w=1.33.5", "the API servers run 1.33.5; a worker follows them and is never newer than they are")]
    public async Task Nothing_goes_where_Kubernetes_skew_policy_does_not_let_it(string node, string version, string api, string kubelets, string expected)
    {
        var wanted = KubernetesVersion.TryParse(version)!;
        var start = new ProcessStartInfo("bash", ["-c", Harness, "rules", node, version, string.Join(',', wanted.MinorsBefore), $"{wanted.OldestKubelet}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["API"] = api, ["KUBELETS"] = kubelets, ["SCRIPT"] = Script() },
        };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal((expected, expected.Length == 0), (said.Trim(), process.ExitCode == 0));
    }

    private static string Script([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../../../components/Kubernetes/Cluster/Scripts/appstack-kubernetes.sh");
}

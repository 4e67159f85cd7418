using System.Globalization;
using AppStack.Components.Lab;

namespace AppStack.Lab.Tests.Machines;

/// <summary>The lab's script on this host, with real machines.</summary>
public sealed class LabMachinesTests
{
    // When PID 1 started: another one after each boot.
    private const string BootId = "cut -d' ' -f22 /proc/1/stat";

    [RootFact]
    public async Task A_lab_lives_through_everything_and_leaves_nothing()
    {
        var before = await HostState.ReadAsync();
        await using (var lab = await TwoMachineLab.InstallAsync())
        {
            await lab.UpAsync();
            await MachinesReachEachOther(lab);
            await ASecondUpChangesNothing(lab);
            await ARebootBringsTheMachineBackWithItsDisk(lab);
            await APowerOffLeavesTheMachineOff(lab);
            await AKilledSessionIsRecovered(lab);
            await ALostNamespaceIsRecovered(lab);
            await AMissingPackageIsNamed(lab);
        }

        Assert.Empty(await new LabControl(TwoMachineLab.Name).LeftoversAsync());
        Assert.Equal(before, await HostState.ReadAsync());
        // The last lab of a host puts its setting back; here others may be up.
        Assert.True(Directory.Exists("/var/lib/appstack/labs") || !File.Exists("/run/appstack/max_user_instances"));
    }

    [RootFact]
    public async Task A_network_of_the_host_is_not_taken_over()
    {
        await using var lab = await TwoMachineLab.InstallAsync();
        await lab.ScriptAsync("network-up", TwoMachineLab.Name, "rack", "--host", "10.119.7.1/24");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => lab.ScriptAsync("network-up", TwoMachineLab.Name, "other", "--host", "10.119.0.1/16"));

        Assert.Contains("10.119.0.1/16 overlaps with the host's route '10.119.7.0/24", error.Message, StringComparison.Ordinal);
    }

    private static async Task MachinesReachEachOther(TwoMachineLab lab)
    {
        Assert.Equal("first", await lab.SshAsync(TwoMachineLab.FirstAddress, "hostname"));
        Assert.Equal("second", await lab.SshAsync("fd77:77::12", "hostname"));
        await lab.SshAsync(TwoMachineLab.FirstAddress, $"ping -qc 1 -W 2 {TwoMachineLab.SecondAddress} && ping -qc 1 -W 2 fd77:77::12");
        Assert.Contains("0 loaded units", await lab.SshAsync(TwoMachineLab.FirstAddress, "systemctl --failed"), StringComparison.Ordinal);
        // A namespace of its own, in which a role may set what it needs.
        await lab.SshAsync(TwoMachineLab.FirstAddress, "sysctl -w net.ipv4.ip_forward=1 && nft add table inet probe");
    }

    private static async Task ASecondUpChangesNothing(TwoMachineLab lab)
    {
        var started = await lab.SshAsync(TwoMachineLab.FirstAddress, BootId);
        await lab.UpAsync();
        Assert.Equal(started, await lab.SshAsync(TwoMachineLab.FirstAddress, BootId));
    }

    private static async Task ARebootBringsTheMachineBackWithItsDisk(TwoMachineLab lab)
    {
        var started = await lab.SshAsync(TwoMachineLab.FirstAddress, BootId);
        await lab.SshAsync(TwoMachineLab.FirstAddress, "touch /root/survives && systemctl --no-block reboot");
        await lab.SshUntilAsync(TwoMachineLab.FirstAddress, BootId, answer => answer != started);
        await lab.SshAsync(TwoMachineLab.FirstAddress, "test -e /root/survives");
    }

    private static async Task APowerOffLeavesTheMachineOff(TwoMachineLab lab)
    {
        await lab.SshAsync(TwoMachineLab.SecondAddress, "systemctl --no-block poweroff");
        await UntilAsync(() => !lab.Control.IsRunning("second"));
        await lab.Control.PowerOnAsync("second");
        Assert.Equal("second", await lab.SshAsync(TwoMachineLab.SecondAddress, "hostname"));

        await lab.Control.PowerOffAsync("second");
        Assert.False(lab.Control.IsRunning("second"));
        await lab.Control.PowerOnAsync("second");
        Assert.Equal("second", await lab.SshAsync(TwoMachineLab.SecondAddress, "hostname"));
    }

    // What is left when the host's session is killed: mounts, namespaces, locks and files that say that machines run.
    private static async Task AKilledSessionIsRecovered(TwoMachineLab lab)
    {
        var disk = await lab.ScriptAsync("machine-up", TwoMachineLab.Name, "first", "--link", $"rack={TwoMachineLab.FirstAddress}/24,fd77:77::11/64");
        foreach (var machine in new[] { "first", "second" })
        {
            await TwoMachineLab.RunAsync("bash", "-c", $"find /sys/fs/cgroup -path '*/{TwoMachineLab.Name}/{machine}/*' -name cgroup.procs -o -path '*/{TwoMachineLab.Name}/{machine}/cgroup.procs' | xargs cat 2>/dev/null | sort -u | xargs -r kill -9; true");
            await UntilAsync(() => !lab.Control.IsRunning(machine));
        }

        await lab.UpAsync();
        Assert.Equal("first", await lab.SshAsync(TwoMachineLab.FirstAddress, "test -e /root/survives && hostname"));
        Assert.Equal(disk, await lab.ScriptAsync("machine-up", TwoMachineLab.Name, "first", "--link", $"rack={TwoMachineLab.FirstAddress}/24,fd77:77::11/64"));
    }

    private static async Task ALostNamespaceIsRecovered(TwoMachineLab lab)
    {
        await TwoMachineLab.RunAsync("ip", "netns", "del", lab.Paths.SwitchNamespace);
        await lab.UpAsync();
        Assert.Equal("second", await lab.SshAsync(TwoMachineLab.SecondAddress, "hostname"));
    }

    private static async Task AMissingPackageIsNamed(TwoMachineLab lab)
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => lab.ScriptAsync("machine-up", TwoMachineLab.Name, "third", "--packages", "no-such-package", "--link", "rack=10.119.7.13/24"));
        Assert.Contains("Unable to locate package no-such-package", error.Message, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
